"""Files of a conversation, reopened by other libraries: question, answer, sources and the mark are in them, to read and in the metadata."""

import io
import json
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import docx2txt
import pypdfium2
import pytest

from bot.exports import docx, forms, pdf
from bot.records.store import Kept
from bot.transcript import transcript
from bot.words import load_wording

QUESTIONS = ("德清首次通过绿色产品认证奖多少", "绿色产品认证怎么申请")
ASKED = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(ask):
    return [Kept(question, ASKED, ask(question)) for question in QUESTIONS]


@pytest.fixture(scope="module")
def whole(kept):
    return transcript(kept, load_wording())


def word_text(data):
    return docx2txt.process(io.BytesIO(data))


def pdf_text(data):
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


def tight(text):
    return "".join(text.split()).replace("\ufffe", "")


@pytest.mark.parametrize(("form", "read"), [(docx, word_text), (pdf, pdf_text)])
def test_a_file_holds_question_answer_sources_and_mark(form, read, kept, whole):
    text = tight(read(form.export(whole)))
    for one in kept:
        assert tight(one.question) in text
        assert one.answer["notice"] in text
        for citation in one.answer["citations"]:
            assert tight(citation["title"]) in text
            assert all(tight(line) in text for line in citation["quote"].split("\n"))
    assert "奖励20万元" in text
    assert "6.加施绿色产品标识" in text
    assert "2026-11-2409:30" in text


def aigc(kept):
    return {"Label": "1", "ContentProducer": "CertGuide", "ProduceID": " ".join(one.answer["id"] for one in kept)}


def test_the_metadata_of_word_carry_the_mark(whole, kept):
    with zipfile.ZipFile(io.BytesIO(docx.export(whole))) as file:
        custom, core = (ElementTree.fromstring(file.read(f"docProps/{name}.xml")) for name in ("custom", "core"))
        assert "custom-properties+xml" in file.read("[Content_Types].xml").decode()
    (mark,) = (one for one in custom if one.get("name") == "AIGC")
    assert aigc(kept).items() <= json.loads("".join(mark.itertext())).items()
    assert whole.mark in "".join(core.itertext())


def test_the_metadata_of_pdf_carry_the_mark(whole, kept):
    data = pdf.export(whole)
    told = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert told["Title"] == whole.title
    assert told["Subject"] == whole.mark
    assert aigc(kept).items() <= json.loads(told["Keywords"].removeprefix("AIGC=")).items()
    assert b"<tc260:AIGC>" in data


def test_the_mark_stands_on_every_page_of_pdf_with_its_font_embedded(kept):
    long = transcript(kept * 6, load_wording())
    data = pdf.export(long)
    pages = pypdfium2.PdfDocument(data)
    assert len(pages) > 2
    assert all(long.mark in page.get_textpage().get_text_bounded() for page in pages)
    assert b"/FontFile3" in data


def test_a_question_of_odd_characters_is_no_obstacle(kept):
    odd = Kept(
        "\x00\x0b\u200b<b>&德清\ud83d\udc4d".encode("utf-16", "surrogatepass").decode("utf-16") + "\ufffe",
        ASKED,
        kept[0].answer,
    )
    whole = transcript([odd], load_wording())
    assert "<b>&德清" in word_text(docx.export(whole))
    assert "<b>&德清" in pdf_text(pdf.export(whole))


def test_an_answer_without_sources_is_a_document_too(ask):
    whole = transcript([Kept("你好", ASKED, ask("你好"))], load_wording("en"))
    assert "CertGuide" in word_text(docx.export(whole))
    assert whole.language == "en"


def test_in_english_places_are_named_in_english(desk, ask):
    whole = transcript([Kept("奖多少", ASKED, ask("德清绿色产品认证奖多少"))], desk.bot.wordings["en"])
    noted = [line.text for line in whole.lines if line.kind in ("note", "detail")]
    assert sum("Deqing County, Huzhou City, Zhejiang Province" in text for text in noted) > 1
    assert not any("浙江省湖州市德清县" in text for text in noted)


def test_every_form_has_a_name_and_a_type():
    assert set(forms()) == {"docx", "pdf"}
    for module in forms().values():
        assert module.NAME
        assert "/" in module.MIME
