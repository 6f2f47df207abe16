"""What the browser tests share: the product started as a user starts it, and Debian's Chromium, told to call nobody."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from settings import CHECKOUT

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@contextmanager
def served(data: Path, **settings: str) -> Iterator[str]:
    """The address of `python ui.py` with an empty data folder, once it answers."""
    with started(data, **settings) as (_, address):
        yield address


@contextmanager
def started(data: Path, **settings: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The process of `python ui.py` with an empty data folder, and its address, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = {f"CERTGUIDE_{name.upper()}": value for name, value in settings.items()}
    environment = {**os.environ, "CERTGUIDE_DATA": str(data), "CERTGUIDE_PORT": str(port), **names}
    process = subprocess.Popen([sys.executable, "ui.py"], cwd=CHECKOUT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/api/ready", process)
        yield process, address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert process.poll() is None, "ui.py ended before it served"
        try:
            with urlopen(address) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.3)
    raise TimeoutError(address)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Fails, and does not skip, where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium here: apt-get install chromium fonts-noto-cjk"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def open_chat(page: Page, address: str) -> None:
    """The chat, once its scripts run and what the browser kept is shown."""
    page.goto(address)
    page.wait_for_selector("#question textarea")
    page.wait_for_selector("html[data-ready]")


def ask(page: Page, question: str) -> None:
    """Types a question, sends it, and waits until the answer is whole."""
    before = page.locator("#talk .answer[data-answer]").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('#talk .answer[data-answer]').length > before", arg=before
    )


def said(page: Page) -> str:
    """The text of the last answer."""
    return page.locator("#talk .said").last.inner_text()
