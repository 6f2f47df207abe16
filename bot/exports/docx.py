"""A conversation as a Word document, by python-docx."""

from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from bot.transcript import Line, Transcript

NAME = "Word"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

FONT = "Microsoft YaHei"
GREY = RGBColor(0x55, 0x55, 0x55)
STYLES = {"title": "Title", "question": "Heading 1", "heading": "Heading 2", "quote": "Quote"}
SMALL = {"note": 9.0, "detail": 9.0, "mark": 9.0}
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def export(transcript: Transcript) -> bytes:
    """The transcript as the bytes of a .docx file, the mark in its footer and its metadata."""
    document = docx.Document()
    _prepare(document, transcript)
    for line in transcript.lines:
        _add(document, line)
    document.sections[0].footer.paragraphs[0].text = transcript.mark
    _tell_aigc(document, transcript.aigc)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: Document, transcript: Transcript) -> None:
    """Title and mark as ordinary metadata; one font for Latin and Chinese."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = transcript.title, "CertGuide", transcript.mark
    properties.language = transcript.language
    for name in ("Normal", *STYLES.values()):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        fonts.set(qn("w:eastAsia"), FONT)


def _add(document: Document, line: Line) -> None:
    paragraph = document.add_paragraph(style=STYLES.get(line.kind))
    run = paragraph.add_run(line.text)
    run.bold = True if line.kind == "source" else None
    if line.kind in SMALL:
        run.font.size, run.font.color.rgb = Pt(SMALL[line.kind]), GREY


def _tell_aigc(document: Document, aigc: str) -> None:
    """The implicit mark as a custom property of the file; python-docx knows only the core properties."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="{CUSTOM}" xmlns:vt="{TYPES}">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="AIGC"><vt:lpwstr>{escape(aigc)}</vt:lpwstr>'
        "</property></Properties>"
    )
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CONTENT, xml.encode(), package)
    package.relate_to(part, RELATION)
