"""One process of the server, as several of them share a database: `python -m tests.wechat.worker PORT SPEED` with the settings in the environment.

SPEED is by how much the clock of retries is slowed down or sped up (1: WeChat's own seconds).
"""

import logging
import sys

import uvicorn

from bot.assemble import reception
from bot.channels._wechat.delivery import Clock
from bot.channels._wechat.door import door
from bot.server import api
from settings import from_environment
from tests.wechat.peer import SAFE

PATH = "wechat-of-the-tests"


def main(port, speed):
    logging.disable(logging.WARNING)  # each forgery is one
    desk = reception(from_environment())
    app = api(desk)
    desk.bot.index.wait()
    app.include_router(door(PATH, SAFE, desk, clock=Clock().times(speed)))
    uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error")).run()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
