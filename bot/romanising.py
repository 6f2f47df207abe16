"""Names of divisions in Latin letters (Hanyu Pinyin, GB/T 28039), as English readers write them."""

import re

from pypinyin import lazy_pinyin

_DIVISIONS = {"省": "Province", "市": "City", "县": "County", "区": "District"}


def romanised(region: str) -> str:
    """浙江省湖州市德清县: Deqing County, Huzhou City, Zhejiang Province."""
    if region == "全国":
        return "all of China"
    parts = [part for part in re.split(r"(?<=[省市县区])", region) if part]
    return ", ".join(_romanised(part) for part in reversed(parts))


def _romanised(part: str) -> str:
    division = _DIVISIONS.get(part[-1], "")
    name = "".join(lazy_pinyin(part[:-1] if division and len(part) > 2 else part)).capitalize()
    return f"{name} {division}".strip()
