"""Puts the parts together, in one place; every part can be replaced by argument. Tests and evals start the same program as users."""

from collections.abc import Callable
from functools import lru_cache

from threadpoolctl import threadpool_limits

from bot.answering import Bot, Knowing
from bot.capacity import Capacity
from bot.evidence.ground import ground_of
from bot.heap import give_memory_back
from bot.reading.profile import load_telling
from bot.reading.spelling import Speller
from bot.reading.vocabulary import Vocabulary, load_english, objects_of, pattern_of
from bot.reception import Reception
from bot.records.store import open_records
from bot.words import load_wording
from corpus import registry
from corpus.originals import load_originals
from corpus.regions import Regions
from corpus.terms import load_terms
from index.embedding import embedder
from index.search import Index
from settings import Settings

LANGUAGES = ("zh", "en")
HOME = "浙江省"
"""The home province: what holds there is shown to whoever names no region."""


def assemble(settings: Settings, index: Index | None = None) -> Bot:
    """The bot over an index that is open already, else over that in `settings.data`; the model loads in the background. Raises
    UnknownPlugin, NoIndex."""
    regions = Regions.load(settings.corpus[0] / "words")
    wordings = {language: load_wording(language, regions) for language in LANGUAGES}
    wording = wordings[LANGUAGES[0]]
    index = index or _opened(settings)
    return Bot(
        index=index,
        know=knowing(settings, index, regions),
        writer=registry.load(settings.writer, "bot.writers").create(wordings, settings),
        tools=tuple(module.create(wording) for module in registry.load_all("bot.tools")),
        wordings=wordings,
    )


def _opened(settings: Settings) -> Index:
    model = embedder(settings.embedder, settings.data)
    return Index.open(settings.index, lambda: model, settings.chroma)


def reception(settings: Settings, index: Index | None = None) -> Reception:
    """The bot with its records: what the doors are opened on. Over an index that is open already, if one is given."""
    one_thread_each()
    give_memory_back()
    bot = assemble(settings, index=index)
    capacity = Capacity(settings.at_once, bot.wording.say("public.busy", seconds="{seconds}"))
    return Reception(bot, open_records(settings.records), settings, capacity, load_originals(settings.corpus))


def one_thread_each() -> None:
    """Many questions at once keep the cores busy: BLAS's threads, that wait for each other, took a third of the throughput."""
    threadpool_limits(1, user_api="blas")


def knowing(settings: Settings, index: Index, regions: Regions) -> Callable[[], Knowing]:
    """What the bot knows, made once for each version of the index."""
    terms, wording = load_terms(settings.corpus), load_wording()
    default = regions.find(settings.region) if settings.region else None
    home, english, telling = regions.find(HOME), load_english(settings.corpus), load_telling(settings.corpus)

    @lru_cache(maxsize=2)
    def of_version(_version: str) -> Knowing:
        passages = tuple(index.passages.values())
        objects = objects_of(passages, index.facts)
        speller = Speller(
            (*terms.names, *objects),
            terms.field_words,
            terms.cues,
            " ".join(passage.searchable for passage in passages),
            regions,
        )
        recorded = frozenset(passage.region for passage in passages)
        vocabulary = Vocabulary(
            terms, regions, wording, objects, pattern_of(objects), home, speller, english, telling, default, recorded
        )
        return Knowing(vocabulary, ground_of(index, regions, terms, home))

    return lambda: of_version(index.version)
