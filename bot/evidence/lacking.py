"""What a question asks for in plain words, and how a statement that answers it has to look: a telephone number has digits, a rate is a share."""

import re

from bot.conversation import Need

HOW_MANY = re.compile("多少个?家|几[十百千万]+家|[有共了过]几家|几家[了啊呀]?[？?]?$")
"""It is asked how many firms or houses there are."""
_NUMERAL = "(?:[0-9]|[一二两三四五六七八九十百千万])"
_ASKED_AND_HELD = (
    (
        re.compile("电话(?:号码)?(?:是|得)?(?:多少|几号|啥|什么)|(?:电话|手机)号|打(?:什么|哪个|啥)电话"),
        re.compile(r"(?<!\d)\d{5,}(?![\d元万])|\d{3,4}-\d{7,8}"),
    ),
    (HOW_MANY, re.compile(r"\d[万多余]*[家户间个张]|[两二三四五六七八九十百千万][多余]?[家户]")),
    (
        re.compile("几[个位名]?(?:检查|审核|评审|审查|核查)?(?:员|老师|专家)"),
        re.compile(f"{_NUMERAL}[多余]?[个位名人]"),
    ),
    (
        re.compile("(?:提前|提早)(?:几|多久|多长|多少)"),
        re.compile(f"前{_NUMERAL}|提前|{_NUMERAL}个?(?:工作)?[日天月年]之?前"),
    ),
    (re.compile("利率|几个点|百分之几"), re.compile("[%％]|百分|LPR|免息|利率[^，。；]{0,6}\\d")),
)
"""By what asks for it: telephones, firms or houses counted, people who come, how long before, a rate of interest or tax."""


def lacks_what_is_asked(need: Need, text: str) -> bool:
    """Whether a question asks for something of which a statement's text has none."""
    return any(asked.search(need.text) and not held.search(text) for asked, held in _ASKED_AND_HELD)
