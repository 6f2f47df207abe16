"""`make soak` (python -m tests.wechat.soak): 10,000 messages with 2,000 texts at WeChat's own clock, workers killed at random.

`--rate 15 --seconds 60` measures instead: different questions at that pace, nobody killed, how soon the first reply is there.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path

from bot.assemble import reception
from bot.channels._wechat.envelope import Incoming
from bot.channels._wechat.speaking import Speaker
from corpus.load import load
from corpus.rows import read_yaml
from index import store
from index.embedding import embedder
from settings import CHECKOUT, Settings
from tests.wechat.peer import message
from tests.wechat.simulator import WeChat, flood, killing, serving

ODD = ("]]>", "😀", "𠮷👨‍👩‍👧", "<xml>&amp;", "]]]]><![CDATA[>")


def questions(number, rng):
    """So many different texts as owners type them, one in ten with something odd in it."""
    files = sorted((CHECKOUT / "corpus" / "questions").glob("*.yaml"))
    asked = (one for file in files for row in read_yaml(file.read_text("utf-8"), file) for one in row["ask"])
    chosen = rng.sample(sorted(set(asked)), number)
    return [one + rng.choice(ODD) if rng.random() < 0.1 else one for one in chosen]


def messages(number, texts, desk, rng, kinds=(80, 10, 5, 5)):
    """Messages, each from a sender of its own, so that nothing said before matters, with what each is answered when nothing else goes on.

    `kinds` weighs text, speech, new followers and pictures. New followers come each from a workshop of its own, which the greeting names.
    """
    speaker = Speaker.of(desk)

    @cache
    def reference(kind, said):
        event = "subscribe" if kind == "event" else ""
        return speaker.say(Incoming("", "", "", "", kind, 0, said, event, said), {}).text

    def made(n, kind, said):
        said = f"330521-第{n}期培训班" if kind == "event" else said
        fields = {
            "text": {"Content": said},
            "voice": {"MediaId": "m", "Format": "amr", "Recognition": said},
            "event": {"Event": "subscribe", "EventKey": f"qrscene_{said}", "Ticket": "t"},
            "image": {"PicUrl": "http://x/y", "MediaId": "m"},
        }
        number = {} if kind == "event" else {"MsgId": n + 1}
        return message(f"asker-{n}", kind, expected=reference(kind, said), **fields[kind], **number)

    drawn = rng.choices(("text", "voice", "event", "image"), kinds, k=number)
    return [made(n, kind, texts[n % len(texts)]) for n, kind in enumerate(drawn)]


def verdict(chat, busy):
    """What became of all messages, in numbers."""
    counted = Counter()
    for outcome in chat.outcomes:
        counted["messages"] += 1
        counted["replies"] += len(outcome.bodies)
        counted["lost"] += outcome.brought > 0 and not outcome.bodies
        counted["never brought"] += not outcome.brought and not outcome.bodies
        counted["changed between attempts"] += len(set(outcome.bodies)) > 1
        if outcome.bodies:
            reply = chat.peer.read(outcome.bodies[0])
            counted["told to ask again"] += reply.content == busy
            own = reply.target == outcome.message.fields["FromUserName"]
            counted["of another"] += not own or reply.content not in (outcome.message.expected, busy)
    forged = sum(chat.refusals.values())
    return {**counted, "forgeries": forged, "forgeries let in": forged - chat.refusals[403]}


def percentiles(chat):
    """Seconds to the first reply: median, p95, most."""
    took = sorted(outcome.took for outcome in chat.outcomes if outcome.bodies)
    cuts = statistics.quantiles(took, n=20)
    return {"p50": round(cuts[9], 3), "p95": round(cuts[18], 3), "most": round(took[-1], 3)}


async def soak(data, sent, speed=1.0, at_once=12, kills=(5.0, 20.0), most=1000, seed=0, embedder="hashing"):
    """Brings all messages to two workers of which one is killed now and then; the simulator with its outcomes."""
    async with serving(data, speed, embedder) as workers:
        chat = WeChat(workers, speed, seed)
        killer = asyncio.create_task(killing(workers, chat.rng, kills, most))
        await flood(chat, sent, at_once)
        if not killer.cancel():
            killer.result()
    return chat


async def paced(data, sent, rate, embedder):
    """Brings messages at a pace, to two workers that live."""
    async with serving(data, 1.0, embedder) as workers:
        chat = WeChat(workers)
        await flood(chat, sent[:20], 2, attacks=0.0)  # what is made at the first question is made
        chat.outcomes.clear()
        running = []
        for message in sent[20:]:
            running.append(asyncio.create_task(chat.deliver(message)))
            await asyncio.sleep(chat.rng.expovariate(rate))
        await asyncio.gather(*running)
    return chat


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.wechat.soak", description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--rate", type=float, help="messages a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--embedder", default="trained")
    parser.add_argument("--data", type=Path, help="a folder with an index to go on with; built anew otherwise")
    chosen = parser.parse_args()
    rng = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=chosen.data or Path(folder), embedder=chosen.embedder)
        store.build(settings.index, load(settings.corpus), embedder(settings.embedder, settings.data))
        desk = reception(settings)
        desk.bot.index.wait()
        number = int(chosen.rate * chosen.seconds) + 20 if chosen.rate else chosen.messages
        texts = questions(min(number, chosen.texts), rng)
        sent = messages(number, texts, desk, rng, (1, 0, 0, 0) if chosen.rate else (80, 10, 5, 5))
        began = time.monotonic()
        if chosen.rate:
            chat = asyncio.run(paced(settings.data, sent, chosen.rate, chosen.embedder))
        else:
            chat = asyncio.run(soak(settings.data, sent, seed=chosen.seed, embedder=chosen.embedder))
        told = {"seed": chosen.seed, "seconds": round(time.monotonic() - began), **percentiles(chat)}
        counted = verdict(chat, desk.bot.wording.say("wechat.busy"))
        back = [seconds for worker in chat.workers for seconds in worker.back]
        killed = {
            "kills": sum(worker.deaths for worker in chat.workers),
            "back within": round(max(back, default=0.0), 1),
        }
        print(json.dumps({**told, **killed, **counted}, ensure_ascii=False, indent=1))
        wrong = ("lost", "changed between attempts", "of another", "forgeries let in")
        return int(any(counted[name] for name in wrong))


if __name__ == "__main__":
    raise SystemExit(main())
