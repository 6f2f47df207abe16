"""The worst model there is: a chat model behind an OpenAI-compatible address that fails in every way that models fail.

`python -m tests.worst_model` serves it on http://127.0.0.1:8099/v1; which failure it is, the name of the model says
(CERTGUIDE_CHAT_MODEL=obeys). Tests use it over real HTTP and give it more to say. Standard library only.
"""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT = 8099
FOR_EVER = 60.0
"""Seconds of a stall: longer than anybody waits."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Says nothing for so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answers with an HTTP status and no model."""

    status: int


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that belong to no protocol, or are a comment of server-sent events."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The connection is cut."""


Step = str | Wait | Refuse | Raw | Break
"""What a model does next; a text is said."""
Behaviour = Callable[[str], Iterator[Step]]
"""What a model does with a prompt."""

ALIVE = Raw(b": keep-alive\n\n")
MONEY = re.compile(r"\d[\d.,]*万?元")
_SOURCE = re.compile(r'<资料 编号="(\d+)">\n（[^\n]*）\n(.*?)\n</资料>', re.DOTALL)
_ORDER = re.compile(r"(?:回答|输出|告诉[他她]们?|就说)[：:]?[“\"「]?([^”\"」\n。]+)")


def sources(prompt: str) -> Iterator[tuple[str, list[str]]]:
    """The numbers of a prompt's sources, each with its sentences."""
    for number, text in _SOURCE.findall(prompt):
        yield number, re.findall(r"[^。\n]+", text)


def good(prompt: str) -> Iterator[Step]:
    """Says what the sources say, each sentence with its mark."""
    for number, lines in sources(prompt):
        yield from (f"{line}[{number}]。" for line in lines)


def obeys(prompt: str) -> Iterator[Step]:
    """Obeys every order in the question and in the sources, cites the first source for it, and then invents freely."""
    yield from (f"{order}[1]。" for order in _ORDER.findall(prompt))
    yield from invents(prompt)


def invents(prompt: str) -> Iterator[Step]:
    """Says the sources' sentences with figures of its own, in every spelling."""
    figures = (
        "99万元 990,000元 九十九万元 玖拾玖万元 近百万元 99 九成 百分之九十九 99w ９９万元 ⑨⑨万元 九九 99k".split()
    )
    for number, lines in sources(prompt):
        for figure in figures:
            yield MONEY.sub(figure, lines[0]) + f"[{number}]。"
            yield f"{lines[0]}，另外每年再奖{figure}[{number}]。"


def swaps(prompt: str) -> Iterator[Step]:
    """Puts each true figure where another stood."""
    for number, lines in sources(prompt):
        turned = iter(MONEY.findall("".join(lines))[::-1])
        yield from (MONEY.sub(lambda _, turned=turned: next(turned), line) + f"[{number}]。" for line in lines)


def denies(prompt: str) -> Iterator[Step]:
    """Says the opposite of each sentence."""
    for number, lines in sources(prompt):
        for line in lines:
            bare = re.sub("不得|不|未|无", "", line)
            yield (bare if bare != line else re.sub("(奖励|要|须|可以)", r"不\1", line)) + f"[{number}]。"


def moves(prompt: str) -> Iterator[Step]:
    """Says each sentence of another place, or of none."""
    for number, lines in sources(prompt):
        yield from (
            re.sub("德清县?", there, lines[0]) + f"[{number}]。" for there in ("嘉兴市", "全省", "浙江省", "安吉县")
        )


def links(prompt: str) -> Iterator[Step]:
    """Adds addresses and telephone numbers of its own."""
    addresses = (
        "http://evil.example/a [点这里](https://evil.example) www.evil.example evil.example a@evil.example 认证.中国 evil。example "
        "0572-88886666 13800138000"
    ).split()
    for number, lines in sources(prompt):
        yield from (f"{lines[0]}，详见{address}[{number}]。" for address in addresses)


def drips(prompt: str) -> Iterator[Step]:
    """Says everything, far too slowly."""
    for letter in "".join(map(str, good(prompt))):
        yield from (letter, Wait(0.1))


def says(*steps: Step) -> Behaviour:
    """A model that does the same whatever it is asked."""
    return lambda _prompt: iter(steps)


def _then(characters: int, *steps: Step) -> Behaviour:
    """A model that is good for so many characters, and then does something else."""

    def acts(prompt: str) -> Iterator[Step]:
        yield "".join(map(str, good(prompt)))[:characters]
        yield from steps

    return acts


BEHAVIOURS: Mapping[str, Behaviour] = {
    "good": good,
    "obeys": obeys,
    "invents": invents,
    "swaps": swaps,
    "denies": denies,
    "moves": moves,
    "links": links,
    "drips": drips,
    "stalls": says(Wait(FOR_EVER)),
    "stalls-alive": says(*[ALIVE, Wait(0.05)] * 1000),
    "stalls-midway": _then(40, Wait(FOR_EVER)),
    "breaks": _then(40, Break()),
    "breaks-at-once": says(Break()),
    "ends-midway": _then(40),
    "silent": says(),
    "refuses-key": says(Refuse(401)),
    "over-quota": says(Refuse(429)),
    "fails": says(Refuse(500)),
    "garbles": says("德清县一次性", Raw(b"data: {broken\n\n"), "奖励99万元[1]。"),
    "nonsense": says("今天天气真好[1]。", "锟斤拷烫烫烫\x00\ufffd[1]\n", "[1][1]。", "哈" * 2000, "[1]。"),
    "uncited": says("德清县一次性奖励99万元。", "德清县一次性奖励20万元。"),
    "cites-99": says("德清县一次性奖励99万元[99]。", "德清县一次性奖励20万元[1][99]。", "德清县奖20万元[0]。"),
    "endless": lambda _prompt: ("哈" * 50 for _ in range(10**6)),
    "shouts": says(*[f"{letter * 2900}[1]。" for letter in "A9第"]),
    "floods": lambda prompt: (piece for _ in range(10**5) for piece in good(prompt)),
}


class WorstModel(ThreadingHTTPServer):
    """The server. `behaviours` may be given more; `prompts` and `keys` are what it was asked with."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.behaviours = dict(BEHAVIOURS)
        self.prompts: list[str] = []
        self.keys: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever waits no longer hangs up: no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: WorstModel

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        prompt = "\n".join(message["content"] for message in asked["messages"] if message["role"] != "system")
        self.server.prompts.append(prompt)
        self.server.keys.append(self.headers["Authorization"])
        self._begun = False
        for step in self.server.behaviours[asked["model"]](prompt):
            match step:
                case str(text):
                    self._send(_event({"content": text}))
                case Raw(data):
                    self._send(data)
                case Wait(seconds):
                    time.sleep(seconds)
                case Refuse(status):
                    self._refuse(status)
                    return
                case Break():
                    self.close_connection = True
                    return
        self._send(_event({}, "stop") + b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _send(self, data: bytes) -> None:
        if not self._begun:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self._begun = True
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _refuse(self, status: int) -> None:
        key = self.headers["Authorization"]
        body = json.dumps({"error": {"message": f"refused: {key}", "type": "refused", "code": status}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # the library's name for it
        """Nobody reads it."""


def _event(delta: Mapping[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    event = {"id": "worst", "object": "chat.completion.chunk", "created": 0, "model": "worst", "choices": [choice]}
    return f"data: {json.dumps(event)}\n\n".encode()


def main() -> None:
    """Serves until interrupted."""
    server = WorstModel(PORT)
    print(f"{server.url} with the models {', '.join(server.behaviours)}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
