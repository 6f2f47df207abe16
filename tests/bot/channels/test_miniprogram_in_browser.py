"""The sample mini program's way of asking, against a real server: chunks cut anywhere, no chunks at all, refusals."""

import pytest

from settings import CHECKOUT
from tests.browser import chromium

pytestmark = pytest.mark.browser

SCRIPT = (CHECKOUT / "examples" / "miniprogram" / "ask.js").read_text(encoding="utf-8")

WX = """
window.wx = {
  chunked: true, cut: false, asked: [],
  canIUse() { return this.chunked; },
  request({ url, data, enableChunked, success, fail }) {
    this.asked.push(url.split("/").pop());
    let take = () => {};
    const run = async () => {
      const response = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (!enableChunked) return success({ statusCode: response.status, data: JSON.parse(new TextDecoder().decode(bytes)) });
      if (this.cut) return fail({});
      for (let at = 0; at < bytes.length; at += 7) take({ data: bytes.slice(at, at + 7).buffer });
      success({ statusCode: response.status, data: "" });
    };
    run();
    return { onChunkReceived(given) { take = given; } };
  },
};
"""
"""What a mini program asks with: here each chunk has 7 bytes, so that characters and events are cut."""

ASK = """
async ([script, question, chunked, cut]) => {
  const module = {};
  new Function("module", "exports", script)(module, {});
  Object.assign(wx, { chunked, cut, asked: [] });
  const pieces = [];
  const told = { pieces, asked: wx.asked };
  try {
    told.answer = await module.exports.ask({ server: location.origin, body: { question }, onPiece: (piece) => pieces.push(piece) });
  } catch (error) { Object.assign(told, { status: error.status, message: error.message }); }
  return told;
}
"""


@pytest.fixture(scope="module")
def ask(address):
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}/h5")
        page.evaluate(WX)
        yield lambda question, chunked=True, cut=False: page.evaluate(ASK, [SCRIPT, question, chunked, cut])


def test_pieces_come_whole_out_of_chunks_cut_anywhere(ask):
    told = ask("3C是什么")
    assert "".join(told["pieces"]) == told["answer"]["answer"]
    assert len(told["pieces"]) > 1
    assert told["asked"] == ["stream"]


def test_without_chunks_the_whole_answer_is_asked_for(ask):
    told = ask("3C是什么", chunked=False)
    assert told["answer"]["citations"]
    assert told["asked"] == ["ask"]


def test_a_stream_that_is_cut_is_asked_again_in_one_piece(ask):
    told = ask("3C是什么", cut=True)
    assert told["answer"]["citations"]
    assert told["asked"] == ["stream", "ask"]


@pytest.mark.parametrize("chunked", [True, False])
def test_a_refusal_comes_with_the_servers_words_and_is_not_asked_again(ask, chunked):
    told = ask("问" * 600, chunked=chunked)
    assert told["status"] == 413
    assert "字" in told["message"]
    assert len(told["asked"]) == 1
