"""Serves an application by HTTP until it is interrupted: what `ui.py` and `python -m bot serve` share."""

import uvicorn
from fastapi import FastAPI

from settings import Settings

FAREWELL = 3
"""Seconds that open streams get to end when the server is stopped."""


def serve(app: FastAPI, settings: Settings) -> None:
    """Serves at the address of the settings, which is the last thing printed."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        root_path=settings.root_path,
        http="h11",  # ends a head at 64 kB; httptools, which would be taken where it is installed, reads on for ever
        log_config=None,
        access_log=False,  # it would hold addresses and, in the query, questions
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=FAREWELL,
    )
    print(f"CertGuide 认证向导: http://{settings.host}:{settings.port}", flush=True)
    uvicorn.Server(config).run()
