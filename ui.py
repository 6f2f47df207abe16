"""Starts everything: the API and the pages on one address. `python ui.py` builds or refreshes the index first if it must."""

import os
import sys

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: it looks once
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

import gradio as gr
from fastapi import FastAPI

from bot.assemble import reception
from bot.capacity import THREADS
from bot.public import logs
from bot.reception import Reception
from bot.secret import secret
from bot.server import api, serve
from corpus import registry
from corpus.registry import UnknownPlugin
from corpus.rows import MalformedFile
from index.__main__ import refresh
from index.dense import VectorsUnavailable
from index.embedders._e5 import WeightsUnavailable
from pages import FONTS, SHARED_CSS
from settings import InvalidSetting, from_environment, keep_private

MOST_QUEUED = 2 * THREADS
"""Events of one page that wait for a thread."""
MOST_SESSIONS = 1000
"""Open pages whose conversation is held in memory; those unused longest are brought back by their browser."""


def application(desk: Reception) -> FastAPI:
    """The API with every page of pages/ mounted on it."""
    pages = registry.load_all("pages")
    app = api(desk, scripts="".join(getattr(module, "HEAD", "") for module in pages))
    for module in reversed(pages):
        blocks = module.page(desk)
        blocks.max_threads, blocks.state_session_capacity = THREADS, MOST_SESSIONS
        blocks.queue(max_size=MOST_QUEUED)
        gr.mount_gradio_app(
            app,
            blocks,
            path=module.PATH,
            theme=gr.themes.Default(font=FONTS, font_mono=FONTS),
            css=SHARED_CSS + module.CSS,
            head=getattr(module, "HEAD", None),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            allowed_paths=[],
            enable_monitoring=False,
        )
    return app


def main() -> int:
    """Builds or refreshes the index, then serves until interrupted. Returns the exit status."""
    try:
        settings = from_environment()
        keep_private()
        logs.begin(settings, secret(settings))
        refresh(settings)
        serve(application(reception(settings)), settings)
    except (InvalidSetting, MalformedFile, UnknownPlugin, VectorsUnavailable, WeightsUnavailable, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
