"""Places named in a question, and the question without them: where an answer holds is a condition, no likeness."""

from corpus.regions import NATION, Mention, Regions
from corpus.terms import Terms


def without_places(text: str, terms: Terms, regions: Regions) -> tuple[str, tuple[Mention, ...]]:
    """The text without the names of places, and these. A place within a subject's name (浙江 in 浙江制造) stays and is
    none, and so does the nation, unless it is called 全国: 国家级 is no place."""
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
