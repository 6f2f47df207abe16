"""A conversation as a PDF with its Chinese font embedded, by fpdf2."""

from xml.sax.saxutils import escape

from fpdf import FPDF
from fpdf.enums import WrapMode
from pylopdf_fonts_zh_cn import sans_path

from bot.transcript import Line, Transcript

NAME = "PDF"
MIME = "application/pdf"

SIZES = {"title": 20.0, "question": 14.0, "heading": 11.5, "note": 9.0, "detail": 9.0, "mark": 8.5, "quote": 10.0}
SIZE, LEADING, MARGIN = 11.0, 0.62, 18.0
"""Points; height of a line as a share of its size in millimetres; millimetres."""
GREY, BLACK, BLUE = (85, 85, 85), (17, 17, 17), (29, 78, 137)
COLOURS = {"note": GREY, "detail": GREY, "mark": GREY, "question": BLUE}
SPACE_BEFORE = {"question": 6.0, "heading": 2.5, "source": 2.0, "mark": 2.0}


class _Sheet(FPDF):
    """Pages with the mark of generated content and their number at the foot."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark
        self.add_font("Sans", fname=sans_path())
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN + 6)

    def footer(self) -> None:
        """Called by fpdf2 at the end of each page."""
        self.set_y(-MARGIN)
        self.set_font("Sans", size=8)
        self.set_text_color(*GREY)
        self.multi_cell(0, 4, f"{self.mark}  {self.page_no()}", align="C")


def export(transcript: Transcript) -> bytes:
    """The transcript as the bytes of a .pdf file, the mark on each page and in its metadata."""
    sheet = _Sheet(transcript.mark)
    _tell(sheet, transcript)
    sheet.add_page()
    for line in transcript.lines:
        _add(sheet, line)
    return bytes(sheet.output())


def _add(sheet: _Sheet, line: Line) -> None:
    size = SIZES.get(line.kind, SIZE)
    sheet.ln(SPACE_BEFORE.get(line.kind, 1.0))
    sheet.set_font("Sans", size=size)
    sheet.set_text_color(*COLOURS.get(line.kind, BLACK))
    sheet.set_left_margin(MARGIN + (5 if line.kind == "quote" else 0))
    sheet.set_x(sheet.l_margin)
    sheet.multi_cell(0, size * LEADING, line.text, align="L", new_x="LMARGIN", new_y="NEXT", wrapmode=WrapMode.CHAR)
    sheet.set_left_margin(MARGIN)


def _tell(sheet: _Sheet, transcript: Transcript) -> None:
    """Metadata: title, mark, and the implicit mark both as XMP of its own name and among the keywords."""
    sheet.set_title(transcript.title)
    sheet.set_author("CertGuide")
    sheet.set_subject(transcript.mark)
    sheet.set_keywords(f"AIGC={transcript.aigc}")
    sheet.set_lang("zh-CN" if transcript.language == "zh" else transcript.language)
    sheet.set_xmp_metadata(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:tc260="http://www.tc260.org.cn/ns/AIGC/1.0/">'
        f"<tc260:AIGC>{escape(transcript.aigc)}</tc260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
