"""Names of divisions in Latin letters (Hanyu Pinyin, GB/T 28039), as English readers write them."""

from collections.abc import Mapping, Sequence

from pypinyin import lazy_pinyin

from corpus.regions import Region, short_name


def romanised(chain: Sequence[Region], names: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """A chain from its smallest part to its largest: Deqing County, Huzhou City, Zhejiang Province.

    `names` are those that have one of their own in the language, `kinds` the words for 省, 自治州 and so on.
    """
    parts = [region.name for region in chain if region.level] or [region.name for region in chain]
    return ", ".join(dict.fromkeys(names.get(name) or _spelled(name, kinds) for name in parts))


def _spelled(name: str, kinds: Mapping[str, str]) -> str:
    """A name by its sound and its kind. Read with its kind, 朝阳区 sounds right; one of a single character keeps it: 泾县 is Jingxian County."""
    kind, stem = max(filter(name.endswith, kinds), key=len, default=""), short_name(name)
    letters = lazy_pinyin(name)
    sound = "".join(letters[: len(stem)] if kind and len(stem) > 1 else letters).capitalize()
    return f"{sound} {kinds.get(kind, '')}".strip()
