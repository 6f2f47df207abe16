"""Puts the parts together, in one place; every part can be replaced by argument. Tests and evals start the same program as users."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from bot.answering import Bot, Knowing
from bot.evidence.gather import Ground
from bot.evidence.relevance import Rarity, topics_of
from bot.reading.vocabulary import Vocabulary, objects_of, pattern_of
from bot.reception import Reception
from bot.records.store import open_records
from bot.words import load_wording
from corpus import registry
from corpus.document import Passage
from corpus.originals import load_originals
from corpus.regions import Regions
from corpus.terms import load_terms
from index.embedding import embedder
from index.search import Index
from settings import Settings

HOME = "浙江省"
"""The home province: what holds there is shown to whoever names no region."""


def assemble(settings: Settings, tool_folders: tuple[str, ...] = ()) -> Bot:
    """The bot over the index in `settings.data`; the model loads in the background. Raises UnknownPlugin, NoIndex."""
    wording = load_wording()
    names = load_terms(settings.corpus).names
    model = embedder(settings.embedder, settings.data)
    index = Index.open(settings.index, lambda: model, settings.chroma, names)
    return Bot(
        index=index,
        know=knowing(settings, index),
        writer=registry.load(settings.writer, "bot.writers").create(wording),
        tools=tuple(module.create(wording) for module in registry.load_all("bot.tools", *tool_folders)),
        wording=wording,
    )


def reception(settings: Settings) -> Reception:
    """The bot with its records: what the doors are opened on."""
    return Reception(assemble(settings), open_records(settings.records), load_originals(settings.corpus))


def _heads(passages: Iterable[Passage]) -> frozenset[str]:
    """The first passage of each section of each document."""
    first: dict[tuple[str, str], str] = {}
    for passage in passages:
        first.setdefault((passage.document, passage.heading), passage.id)
    return frozenset(first.values())


def knowing(settings: Settings, index: Index) -> Callable[[], Knowing]:
    """What the bot knows, made once for each version of the index."""
    regions, terms, wording = Regions.load(settings.corpus[0] / "words"), load_terms(settings.corpus), load_wording()
    default = regions.find(settings.region) if settings.region else None
    home = regions.find(HOME)

    @lru_cache(maxsize=2)
    def of_version(_version: str) -> Knowing:
        passages = tuple(index.passages.values())
        objects = objects_of(passages, index.facts)
        vocabulary = Vocabulary(terms, regions, wording, objects, pattern_of(objects), home, default)
        topics = {passage.id: topics_of(passage, terms, regions) for passage in passages}
        ground = Ground(
            index, Rarity(passage.searchable for passage in passages), regions, terms, home, topics, _heads(passages)
        )
        return Knowing(vocabulary, ground)

    return lambda: of_version(index.version)
