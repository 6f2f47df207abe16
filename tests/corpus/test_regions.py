"""Names of places become divisions, and divisions know where they lie."""

import pytest

from corpus.regions import AmbiguousRegion, Regions, UnknownRegion
from settings import CHECKOUT

REGIONS = Regions.load(CHECKOUT / "corpus" / "words")
DEQING = "浙江省湖州市德清县"


@pytest.mark.parametrize(
    "name", ["德清", "德清县", "湖州德清", "浙江德清县", "浙江省湖州市德清县", "浙江省 湖州市 德清县", "330521"]
)
def test_a_region_is_found_by_any_of_its_names(name: str) -> None:
    assert REGIONS.find(name).full_name == DEQING


@pytest.mark.parametrize("name", ["x" * 200_000, "德清" * 100_000, "鼓楼区" + " " * 200_000])
def test_however_long_a_name_is_what_is_said_back_is_short(name: str) -> None:
    with pytest.raises((UnknownRegion, AmbiguousRegion)) as caught:
        REGIONS.find(name)
    assert len(str(caught.value)) < 300


def test_the_chain_goes_from_county_to_nation() -> None:
    chain = REGIONS.chain(REGIONS.find("德清"))
    assert [region.full_name for region in chain] == [DEQING, "浙江省湖州市", "浙江省", "全国"]


def test_an_ambiguous_name_gives_its_choices() -> None:
    with pytest.raises(AmbiguousRegion) as caught:
        REGIONS.find("鼓楼区")
    assert {"江苏省南京市鼓楼区", "福建省福州市鼓楼区"} <= {choice.full_name for choice in caught.value.choices}


def test_an_unknown_name_says_what_to_write() -> None:
    with pytest.raises(UnknownRegion, match="请写"):
        REGIONS.find("没有这个地方县")


def test_what_holds_above_covers_the_county_and_not_the_other_way_round() -> None:
    county, province = REGIONS.find("德清"), REGIONS.find("浙江")
    assert REGIONS.covers(province, county)
    assert not REGIONS.covers(county, province)
    assert REGIONS.within(county, province)


def test_a_list_of_regions_covers_the_counties_of_its_members() -> None:
    assert REGIONS.covers(REGIONS.find("长三角"), REGIONS.find("德清"))
    assert not REGIONS.covers(REGIONS.find("长三角"), REGIONS.find("韶关"))


def test_places_are_found_in_running_text_and_a_chain_counts_once() -> None:
    mentions = REGIONS.mentions("我在浙江省湖州市德清县开厂，嘉兴呢")
    assert [mention.region.full_name for mention in mentions if mention.region] == [DEQING, "浙江省嘉兴市"]


@pytest.mark.parametrize(
    ("text", "names"),
    [("长兴和安吉哪边多", ["长兴县", "安吉县"]), ("上海和静安", ["上海市", "静安区"]), ("天津和平区", ["和平区"])],
)
def test_and_between_two_places_belongs_to_neither(text: str, names: list[str]) -> None:
    assert [mention.region.name for mention in REGIONS.mentions(text) if mention.region] == names


@pytest.mark.parametrize("text", ["证书和标志怎么用", "民宿的朝阳房间", "今天天气怎么样"])
def test_ordinary_words_are_no_places(text: str) -> None:
    assert [m for m in REGIONS.mentions(text) if m.region and m.region.level == 3] == []


def test_the_divisions_below_are_those_directly_beneath() -> None:
    assert "浙江省湖州市" in {region.full_name for region in REGIONS.below(REGIONS.find("浙江"))}
    assert DEQING not in {region.full_name for region in REGIONS.below(REGIONS.find("浙江"))}


def test_text_without_its_places_keeps_everything_else() -> None:
    assert REGIONS.without("德清的绿色产品认证") == "的绿色产品认证"


def test_every_division_has_a_name_and_lies_in_a_province() -> None:
    below = [region for province in REGIONS.below(REGIONS.find("全国")) for region in REGIONS.below(province)]
    assert len(REGIONS.below(REGIONS.find("全国"))) == 34
    assert all(region.name and len(REGIONS.chain(region)) >= 2 for region in below)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("上海金山做纸箱", ["上海市金山区"]),
        ("我们常州新北那个奖", ["江苏省常州市新北区"]),
        ("常州市新北区", ["江苏省常州市新北区"]),
        ("金山银山", []),
        ("建德新安江边", ["浙江省杭州市建德市"]),
        ("余杭路12号", []),
        ("德清湖边民宿补多少", [DEQING]),
        ("安吉街道办", ["浙江省湖州市安吉县"]),
        ("德清路费谁出", [DEQING]),
        ("湖州路途远", ["浙江省湖州市"]),
        ("浙江河长制", ["浙江省"]),
        ("上海江桥镇", ["上海市"]),
        ("宁波江北那个奖", ["浙江省宁波市江北区"]),
        ("唐山路南那个奖", ["河北省唐山市路南区"]),
        ("浙江湖州德清县", [DEQING]),
        ("越南开了二厂", []),
        ("想知道县里给几万", []),
        ("五星的一间房县里补几千", []),
        ("隔壁的区和县有没有", []),
        ("在房县里开民宿", ["湖北省十堰市房县"]),
        ("和县里的民宿", ["安徽省马鞍山市和县"]),
        ("贷款的利息县里管不管", []),
        ("安吉的农户新建民宿", ["浙江省湖州市安吉县"]),
        ("宣传碳中和要啥", []),
        ("敲掉阳台中间那道墙", []),
        ("在云南大理开客栈", ["云南省大理白族自治州"]),
        ("甘孜州政府奖多少", ["四川省甘孜藏族自治州"]),
        ("全国的有效期", ["全国"]),
    ],
)
def test_a_part_is_known_behind_its_whole_and_a_river_is_no_county(text: str, named: list[str]) -> None:
    assert [mention.region.full_name for mention in REGIONS.mentions(text) if mention.region] == named
