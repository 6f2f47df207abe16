"""What a sentence names stands in what it cites: document numbers, titles, places, organisations, names in letters."""

import re
from collections.abc import Iterator

from bot.grounding.clauses import canonical, pairs, share, words
from corpus.figures import document_numbers, plain_text
from corpus.regions import Mention, Region, Regions
from corpus.segments import word_bounds

_TITLE = re.compile(r"《([^《》]+)》")
_STATE = re.compile(r"^中华人民共和国")
_LATIN = re.compile(r"[A-Za-z][A-Za-z+]+(?:[A-Za-z0-9+]*)")
_SAME_LETTERS = {"ccc": "3c", "wifi": "wi-fi"}
_HALF, _NEARLY_ALL = 0.5, 0.9
"""Shares that what is cited must have of a source's name, and of a title that leaves a word out."""
_HAN = "[\u4e00-\u9fff]"
_RANKS = (
    "委员会|管委会|监督管理局|监管局|管理局|总局|监管部门|主管部门|部门|机关|大队|支队|分局|派出所|厅|局|署|法院|检察院|办公室|政府(?!采购|质量|性|投资|绿色)|"
    f"(?<={_HAN}{{2}})委(?![托员派任会屈])|"
    + "|".join(
        f"(?<={matter})部"
        for matter in "公安 财政 商务 工信 农村 住建 环境 旅游 文旅 教育 人社 保障 科技 建设 化".split()
    )
)
_OFFICE = re.compile(_RANKS)
_BODY = re.compile(
    "协会|学会|联合会|促进会|研究会|商会|联盟|基金会|研究院|研究所|研究中心|中心|公司|集团|银行|大学|学院|出版社|日报|晚报|新闻网|实验室|标委会|机构|事务所"
)
_LONGEST_STEM = 8
_ATTRIBUTED = re.compile(
    r"(?:(?<![证数依根票收])据|根据|按照|依据|依照|来源[:：]|引自)\s*([^,，。()（）]{2,20}?)(?=的(?:说法|规定|介绍|消息|统计)|[,，。)）]|$)|^([^,，。:：]{2,14}?)(?:规定|称|表示|指出|认为)[,，]"
)
_ANYBODY = re.compile(
    "公开|有关|相关|报道|了解|介绍|统计|规定|要求|政策|标准|情况|实际|文件|通知|口径|资料|办法|条例|规则|需要|以下|上述|自身|国家|法律|法规|新规|当地|地方|现行|目前|最新|官方|不完全"
)
_STOP = re.compile(
    r"[^\u4e00-\u9fff]|[的得由向到在和与及跟是据按找经给对把被从或]|各个|各地|当地|所在地|有关|相关|每家|一家|有家|某家|这家|这个|哪家|县里|当年|其他|别的|多家|几家|取得|通过|获得|拿到|指定|或者|以及|可以|应当|必须|直接|负责|先去|先问|先找|根据|依据|来自|咨询|联系|报告|报送|负责"
)
_PLAIN = frozenset(
    "认证 发证 评定 主管 监管 检测 检验 金融 专业 第三方 上级 行政 管理 社会 市场 本 人 两 三 审批 执法 政府 职能 国家 地方 基层 会 都 该 组织".split()
) | {""}
"""What stands before 机构, 部门 … without naming one."""


def unnamed(text: str, around: str, foreign: bool = False) -> Iterator[str]:
    """The names of `text`, other than places, that `around` has not; of a foreign text numbers and titles alone."""
    plain, there = plain_text(text), plain_text(around)
    bare = _bare(there)
    yield from (number for number in document_numbers(plain) if not _number_stands(_bare(number), bare))
    yield from (title for title in _TITLE.findall(plain) if not _title_stands(title, bare))
    if foreign:
        return
    yield from _offices(canonical(plain), canonical(there))
    yield from _bodies(plain, there)
    yield from _sources(plain, there)
    lower = there.lower()
    for match in _LATIN.finditer(_without_numbers(plain)):
        word = match[0].lower()
        if word not in lower and _SAME_LETTERS.get(word, word) not in lower:
            yield match[0]


def unplaced(text: str, around: str, regions: Regions) -> Iterator[str]:
    """The places of `text` that `around` does not name. One that only lies around a named place counts where the sentence
    names that place too: 浙江德清 of 德清, but not 浙江 alone."""
    text = _TITLE.sub(lambda match: " " * len(match[0]), text)
    bounds = word_bounds(text)
    said = [m for m in regions.mentions(text) if m.region and m.region.level and _is_name(m, text, bounds)]
    if not said:
        return
    there = regions.mentions(around)
    named = {region for mention in there for region in _meant(mention)}
    vouched = [m.region for m in said if m.region in named]
    above = {rung for region in vouched if region for rung in regions.chain(region)}
    short = {name for letter, name in words()["provinces"] if letter in around}
    yield from (
        text[m.start : m.end] for m in said if m.region not in named | above and text[m.start : m.end] not in short
    )


def _is_name(mention: Mention, text: str, bounds: frozenset[int]) -> bool:
    """Whether a short name stands as a word of its own: 农家乐都 names no 乐都, 来安排 no 来安."""
    said = text[mention.start : mention.end]
    spelled = mention.region is not None and said in (mention.region.name, mention.region.full_name)
    return spelled or {mention.start, mention.end} <= bounds


def _meant(mention: Mention) -> tuple[Region, ...]:
    return (mention.region,) if mention.region else mention.choices


def _number_stands(number: str, bare: str) -> bool:
    """Whether the number stands there whole, not as the beginning of a longer one."""
    return re.search(rf"{re.escape(number)}(?!\d)", bare) is not None


def _title_stands(title: str, bare: str) -> bool:
    plain = _bare(_STATE.sub("", title))
    return len(plain) > 1 and (plain in bare or share(pairs(plain), pairs(bare)) >= _NEARLY_ALL)


def _sources(plain: str, there: str) -> Iterator[str]:
    """Whom a sentence follows, by its own words (据…, …规定,), without what may be anybody's: 据报道, 法律规定."""
    for match in _ATTRIBUTED.finditer(plain):
        said = _ANYBODY.sub("", match[1] or match[2])
        if len(pairs(said)) > 1 and share(pairs(said), pairs(there)) < _HALF:
            yield said


def _offices(text: str, around: str) -> Iterator[str]:
    """Offices of the state, whose names have many forms."""
    for match in _OFFICE.finditer(text):
        stem = _stem(text, match.start())
        known = stem in _PLAIN or len(stem) < 2 or (match[0] == "政府" and match[0] in around)
        if not known and not _office_stands(stem, around):
            yield stem + match[0]


def _bodies(text: str, around: str) -> Iterator[str]:
    """Other organisations."""
    for match in _BODY.finditer(text):
        stem = _stem(text, match.start())
        if stem not in _PLAIN and not _body_stands(stem, match[0], around):
            yield stem + match[0]


def _stem(text: str, end: int) -> str:
    """The run of characters right before the word that makes it an organisation, up to what cannot belong to a name."""
    return _STOP.split(text[max(0, end - _LONGEST_STEM) : end])[-1]


def _office_stands(stem: str, there: str) -> bool:
    """An office is known by its matter, whatever its rank is called: 市场监管局, 市场监管部门, 市场监管总局."""
    matter = stem[-2:]
    return re.search(rf"{re.escape(matter)}{_HAN}{{0,3}}?(?:{_RANKS})", there) is not None or stem[-4:] in there


def _body_stands(stem: str, end: str, there: str) -> bool:
    if end == "机构" and stem[-2:] in there:
        return True
    return stem[-2:] + end in there or (stem[-4:] in there and end in there)


def _without_numbers(plain: str) -> str:
    for number in document_numbers(plain):
        plain = plain.replace(number, " ")
    return plain


def _bare(text: str) -> str:
    return re.sub(r"[\s—–-]", "", text)
