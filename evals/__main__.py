"""`python -m evals` runs the cases and prints the figures beside the baseline and a textbook pipeline; a fall exits 1. `lint` checks the cases; `questions` asks each
document's header questions, `retrieval --dataset FOLDER` searches a folder in the form of BEIR, `calibrate` fits ranking and what is enough on owners' questions; `attacks` tries hostile texts, and
exits 1 if one succeeds; `placed` asks for made-up money from everywhere and for every day, and exits 1 if lapsed or foreign money is given as the
asker's own; `reading` trains what reads question and sentence together, on what the assistant itself finds (an hour); `grounding` tells what the check before display strikes, `ablation` what each part of retrieval brings and costs."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.answering import Bot
from bot.assemble import assemble
from corpus.load import Knowledge, load
from corpus.regions import Regions
from corpus.rows import MalformedFile
from corpus.terms import load_terms
from evals import (
    ablation,
    attacks,
    calibrate,
    grounding,
    made_money,
    placed,
    questions,
    reading,
    report,
    retrieval,
    times,
    without,
)
from evals.case import Case, load_cases
from evals.lint import lint
from evals.questions import seek
from evals.run import Run, run_product, run_textbook
from evals.textbook import Textbook
from index import store
from index.adapter import SHIPPED, read_adapter, read_origin
from index.embedding import embedder
from index.progress import bar
from settings import CHECKOUT, InvalidSetting, Settings, from_environment

COMMANDS = (
    "run",
    "lint",
    "questions",
    "retrieval",
    "calibrate",
    "attacks",
    "placed",
    "grounding",
    "ablation",
    "reading",
)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("command", nargs="?", choices=COMMANDS, default="run")
    parser.add_argument("--times", action="store_true", help="print how fast it is, instead of how good")
    parser.add_argument("--passages", type=int, default=0, help="with --times: passages in all, the missing ones made")
    parser.add_argument(
        "--dataset", type=Path, help="with retrieval: a folder with corpus.jsonl, queries.jsonl, qrels/test.tsv"
    )
    parser.add_argument("--only", default="", help="cases whose id or tags hold this")
    parser.add_argument("--misses", action="store_true", help="print every wrong answer")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--without",
        metavar="FACT_ID|N",
        default="",
        help="ask with this fact taken out, or N random cases each without its facts",
    )
    parser.add_argument(
        "--write", action="store_true", help="with grounding, ablation: put the figures into the document in docs/"
    )
    parser.add_argument("--accept", action="store_true", help="write the figures into baseline.json")
    chosen = parser.parse_args(arguments)
    try:
        settings = replace(from_environment(), corpus=(CHECKOUT / "corpus",), region="", writer="quote")
        cases = [case for case in load_cases() if chosen.only in case.id or chosen.only in case.tags]
        knowledge = load(settings.corpus)
    except (InvalidSetting, MalformedFile) as error:
        print(error, file=sys.stderr)
        return 2
    return _chosen(cases, knowledge, settings, chosen)


def _chosen(cases: list[Case], knowledge: Knowledge, settings: Settings, chosen: argparse.Namespace) -> int:
    doing: dict[str, Callable[[], int]] = {
        "lint": lambda: _lint(cases, knowledge),
        "grounding": lambda: _grounding(knowledge, settings, chosen.write),
        "ablation": lambda: _ablation(cases, knowledge, settings, chosen.write),
        "retrieval": lambda: _retrieval(settings, chosen.dataset),
        "placed": lambda: _placed(settings, chosen.misses),
        "reading": lambda: _reading(knowledge, settings),
        "run": lambda: _asked(cases, knowledge, settings, chosen),
    }
    return doing.get(chosen.command, lambda: _besides(chosen.command, knowledge, settings))()


def _asked(cases: list[Case], knowledge: Knowledge, settings: Settings, chosen: argparse.Namespace) -> int:
    if chosen.without:
        return _without(cases, knowledge, settings, chosen.without)
    if chosen.times:
        return _times(cases, knowledge, settings, chosen.passages)
    return _run(cases, knowledge, settings, chosen)


def _lint(cases: list[Case], knowledge: Knowledge) -> int:
    problems = lint(cases, knowledge.passages)
    print("\n".join(problems) or f"{len(cases)} cases, nothing to mend")
    return 1 if problems else 0


def _grounding(knowledge: Knowledge, settings: Settings, write: bool) -> int:
    regions, terms = Regions.load(settings.corpus[0] / "words"), load_terms(settings.corpus)
    figures = grounding.table(grounding.measure(list(grounding.samples(knowledge, regions)), regions, terms))
    print(figures)
    if write:
        grounding.write(figures)
    return 0


def _ablation(cases: list[Case], knowledge: Knowledge, settings: Settings, write: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        apart = _apart(settings, Path(folder))
        bot = _bot(knowledge, apart)
        model, plain = (embedder(name, apart.data) for name in (apart.embedder, "sentence"))
        rankers = ablation.rankers(bot.know().ground, apart.index, model, plain)
        figures = ablation.table(ablation.measure(cases, bot, rankers))
    print(figures)
    if write:
        ablation.write(figures)
    return 0


def _reading(knowledge: Knowledge, settings: Settings) -> int:
    """Trains what reads question and sentence together, over the adapter in use, and writes the two beneath the data folder."""
    name, _, file = settings.embedder.partition(":")
    if name != "trained":
        print(
            "what reads is trained over an adapter: set CERTGUIDE_EMBEDDER to trained or trained:FILE", file=sys.stderr
        )
        return 2
    made, path = settings.data / "model", Path(file) if file else SHIPPED
    ways = [way for way in knowledge.ways if way.fact or way.gap]
    with tempfile.TemporaryDirectory() as folder:
        apart = _apart(settings, Path(folder))
        bot = _bot(knowledge, apart)
        shown = reading.examples(reading.found(ways, apart), bot.index)
    print(reading.train(shown, reading.digest(ways), read_adapter(path), read_origin(path), made))
    print(f"{made / 'adapter.npz'}: {len(shown)} questions; CERTGUIDE_EMBEDDER=trained:{made / 'adapter.npz'} uses it")
    return 0


def _retrieval(settings: Settings, folder: Path | None) -> int:
    """The dataset searched with the embedder of the settings and with the plain one."""
    try:
        dataset = retrieval.read_dataset(folder or Path())
    except retrieval.MalformedDataset as error:
        print(error, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as made:
        trained, plain = (
            retrieval.measure(dataset, embedder(name, settings.data), Path(made) / str(number))
            for number, name in enumerate((settings.embedder, "sentence"))
        )
    print(retrieval.report(trained, plain))
    return 0


def _besides(command: str, knowledge: Knowledge, settings: Settings) -> int:
    """What the documents' own header questions tell, or the owners' questions, or hostile texts."""
    if command == "attacks":
        return _attacks(settings)
    with tempfile.TemporaryDirectory() as folder:
        apart = _apart(settings, Path(folder))
        if command == "calibrate":
            print(calibrate.report(calibrate.examples(knowledge, _bot(knowledge, apart))))
        else:
            print(questions.report(seek(knowledge.documents, _bot(knowledge, apart))))
    return 0


def _attacks(settings: Settings) -> int:
    """All attacks, over the corpus with those hostile documents that can be loaded at all."""
    found = attacks.load_attacks()
    with tempfile.TemporaryDirectory() as folder:
        folders = []
        for identity, path in attacks.write_documents(found, Path(folder) / "documents"):
            try:
                load((*settings.corpus, path))
                folders.append(path)
            except MalformedFile as error:
                print(f"{identity} is not loaded: {error}")
        apart = replace(_apart(settings, Path(folder)), corpus=(*settings.corpus, *folders))
        bot = _bot(load(apart.corpus), apart)
        honest = attacks.load_attacks(attacks.FOLDER / "honest.yaml", "honest")
        text, through = attacks.report(found, honest, bot)
    print(text)
    return 1 if through else 0


def _placed(settings: Settings, misses: bool) -> int:
    """Made-up money, alone in a folder of its own beside the project's words."""
    words = settings.corpus[0] / "words"
    regions = Regions.load(words)
    cells = made_money.made_cells(regions)
    with tempfile.TemporaryDirectory() as folder:
        made_money.write(cells, Path(folder) / "made", words)
        apart = replace(_apart(settings, Path(folder)), corpus=(Path(folder) / "made",))
        found = placed.find(placed.askings(cells, regions), cells, _bot(load(apart.corpus), apart), regions)
        text, offending = placed.report(list(found), misses)
    print(text)
    return 1 if offending else 0


def _without(cases: list[Case], knowledge: Knowledge, settings: Settings, what: str) -> int:
    """Random cases each without its facts, or the cases of one fact without it."""
    number = int(what) if what.isdigit() else 0
    asked = without.some(cases, number) if number else [c for c in cases if any(what in group for group in c.gold)]
    if not asked:
        print(f"no case has the gold fact {what}", file=sys.stderr)
        return 2

    with tempfile.TemporaryDirectory() as folder:
        bot = _bot(knowledge, _apart(settings, Path(folder)))
        print(without.report(without.left_out(asked, bot, "" if number else what)))
    return 0


def _times(cases: list[Case], knowledge: Knowledge, settings: Settings, passages: int) -> int:
    knowledge = times.made(knowledge, passages, Regions.load(settings.corpus[0] / "words").divisions)
    with tempfile.TemporaryDirectory() as folder:
        apart = _apart(settings, Path(folder))
        embedder(settings.embedder, apart.data).question("热身")  # the model is loaded before the clock runs
        started = time.perf_counter()
        bot = _bot(knowledge, apart)
        print(times.report(cases, bot, times.Built(time.perf_counter() - started, len(knowledge.passages))))
    return 0


def _run(cases: list[Case], knowledge: Knowledge, settings: Settings, chosen: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        ours, textbook = _runs(cases, knowledge, settings, Path(folder))
    now, baseline = report.figures(cases, ours), {} if chosen.only else report.read_baseline()
    if chosen.misses:
        print(report.misses(cases, ours) + "\n")
    if chosen.json:
        print(json.dumps(now, ensure_ascii=False, indent=1))
    else:
        print(f"{len(cases)} cases, {len(knowledge.passages)} passages, {settings.embedder}")
        print(report.table({"now": now, "baseline": baseline, "textbook": report.figures(cases, textbook)}))
    if chosen.accept:
        report.write_baseline(now)
        return 0
    fallen = report.falls(now, baseline)
    print("\n".join(f"fell: {line}" for line in fallen))
    return 1 if fallen else 0


def _runs(cases: list[Case], knowledge: Knowledge, settings: Settings, folder: Path) -> tuple[Run, Run]:
    """Both pipelines over an index of their own."""
    settings = _apart(settings, folder)
    bot = _bot(knowledge, settings)
    regions = Regions.load(settings.corpus[0] / "words")
    textbook = Textbook(knowledge.documents, embedder(settings.embedder, folder), folder / "textbook")
    return run_product(cases, bot), run_textbook(cases, textbook, regions)


def _apart(settings: Settings, folder: Path) -> Settings:
    """The settings with a data folder of their own; only a model that was unpacked is shared with the user's data."""
    (settings.data / "model").mkdir(parents=True, exist_ok=True)
    if not (folder / "model").exists():
        (folder / "model").symlink_to(settings.data / "model")
    return replace(settings, data=folder)


def _bot(knowledge: Knowledge, settings: Settings) -> Bot:
    """The bot over a fresh index of the knowledge, its model loaded."""
    with bar() as progress:
        store.build(settings.index, knowledge, embedder(settings.embedder, settings.data), progress=progress)
    bot = assemble(settings)
    bot.index.wait()
    if bot.index.failure:
        raise bot.index.failure
    return bot


if __name__ == "__main__":
    sys.exit(main())
