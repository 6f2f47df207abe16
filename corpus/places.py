"""Places named in a question, and the question without them: where an answer holds is a condition, no likeness."""

import re

from corpus.regions import NATION, Mention, Regions
from corpus.terms import Terms

_COMES_FROM = re.compile(
    r"^(?:省|那边|那儿|那里|过)?(?:来的|籍的?|的?(?:阿姨|大姐|老乡|小伙|姑娘|帮工)|客人|厨师|老客|(?:做工|打工|干活|来玩|旅游)的)"
)
"""Behind the name of the place that somebody comes from, other than the asker."""
_SEATED = re.compile(r"总部(?:设?在|放在)$")
"""Before the name of the place of a head office: the asker's works may lie elsewhere."""
_CAME_BACK = re.compile(r"^(?:那边|那儿)?(?:辞了?职|辞了?工|回来|回乡|返乡|回老家|搬回|毕业)")
"""Behind the name of the place that the asker came back from: 从上海辞职回来."""
_I_AM = re.compile(r"(?:我|我们|本人|俺)(?:就?是|从)?$")
ELSEWHERE = "外地"
"""What such a name says: where an answer holds it does not tell."""


def without_places(text: str, terms: Terms, regions: Regions) -> tuple[str, tuple[Mention, ...]]:
    """The text without the names of places, and these. A place within a subject's name (浙江 in 浙江制造) stays and is
    none, and so does the nation, unless it is called 全国: 国家级 is no place. Where others come from is no place either: 安徽阿姨
    is an 外地阿姨."""
    text = _without_origins(text, regions)
    named = [(mention.start, mention.end) for mention in terms.subject_mentions(text)]
    found = [
        mention
        for mention in regions.mentions(text)
        if not any(start <= mention.start and mention.end <= end for start, end in named)
        and (text[mention.start : mention.end] == NATION or not (mention.region and mention.region.level == 0))
    ]
    for mention in reversed(found):
        text = text[: mention.start] + text[mention.end :]
    return text.strip(), tuple(found)


def _without_origins(text: str, regions: Regions) -> str:
    """The text with 外地 for where others come from."""
    for mention in reversed(regions.mentions(text)):
        before, after = text[: mention.start], text[mention.end :]
        came_back = before.endswith("从") and _CAME_BACK.match(after)
        if came_back or _SEATED.search(before) or (_COMES_FROM.match(after) and not _I_AM.search(before)):
            text = before + ELSEWHERE + after
    return text
