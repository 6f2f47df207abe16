"""Takes the pictures in docs/pictures/ anew: `python -m tests.pictures` (or make pictures), the product as it is, in a real browser."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from settings import CHECKOUT
from tests.browser import ask, chromium, open_chat, served

FOLDER = CHECKOUT / "docs" / "pictures"
LARGEST = 150_000
"""Bytes of a picture."""
COLOURS = 96
PHONE, DESKTOP = (390, 844), (1280, 860)
QUESTION, CHOICE, SCORE = "德清首次通过绿色产品认证奖多少", "鼓楼区有什么补贴", "民宿服务认证多少分算过"


def main() -> None:
    """Starts the product with an empty data folder and takes each picture in a browser that was never there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        served(Path(data), embedder="hashing") as address,
        chromium() as browser,
    ):
        for name, (size, query, act) in PICTURES.items():
            with _page(browser, size) as page:
                open_chat(page, f"{address}/{query}")
                act(page)
                page.wait_for_timeout(900)  # colours and scrolling settle
                _save(page.screenshot(), FOLDER / f"{name}.png")


@contextmanager
def _page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def _save(shot: bytes, path: Path) -> None:
    """As a PNG of few colours, which text needs no more of."""
    Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    assert size <= LARGEST, f"{path.name} has {size} bytes, more than {LARGEST}"
    print(f"{path.relative_to(CHECKOUT)}  {size // 1000} kB")


def _nothing(_page: Page) -> None:
    """The page as it opens."""


def _asked(*questions: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        for question in questions:
            ask(page, question)

    return act


def _source(page: Page) -> None:
    ask(page, QUESTION)
    page.locator("a.cite").first.click()
    expect(page.locator("details.source blockquote").first).to_be_visible()


def _dark(page: Page) -> None:
    _source(page)
    page.click("[data-look=dark]")


PICTURES: dict[str, tuple[tuple[int, int], str, Callable[[Page], None]]] = {
    "phone-first": (PHONE, "", _nothing),
    "phone-answer": (PHONE, "?region=德清", _asked(QUESTION)),
    "phone-source": (PHONE, "?region=德清", _source),
    "phone-choices": (PHONE, "", _asked(CHOICE)),
    "desktop-answer": (DESKTOP, "?region=德清", _asked(SCORE, "绿色产品认证怎么申请")),
    "desktop-dark": (DESKTOP, "?region=德清", _dark),
    "desktop-english": (DESKTOP, "?lang=en&region=德清", _asked(QUESTION)),
    "desktop-big": (DESKTOP, "?big&region=德清", _asked(SCORE)),
}

if __name__ == "__main__":
    main()
