"""What is done to a question before it is read or stored: length, invisible characters, personal data masked.

Hostile orders are not judged here yet; with the quote writer nothing in a question is ever obeyed.
"""

import re
import unicodedata
from collections.abc import Sequence

from corpus.figures import plain_text

LONGEST_QUESTION = 500
"""Characters; a pasted document is no question."""

_GAP = r"[ \-—.]?"
"""What people part long numbers with."""
_MOBILE = re.compile(rf"(?<!\d)(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")
_IDENTITY_CARD = re.compile(
    rf"(?<!\d)\d{{6}}{_GAP}(?:19|20)\d{{2}}{_GAP}(?:0[1-9]|1[0-2]){_GAP}(?:0[1-9]|[12]\d|3[01]){_GAP}\d{{3}}{_GAP}[\dXx](?!\d)"
)  # GB 11643
_BANK_CARD = re.compile(rf"(?<!\d)(?:\d{{4}}{_GAP}){{4}}\d{{0,3}}(?!\d)")
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范石廖贾夏韦傅邹孟熊秦邱江尹薛闫段雷侯史陶黎贺顾毛郝龚邵钱严覃武戴莫]"
)
"""The hundred commonest: a name is masked only where it begins with one, else half of what people say would be."""
_NAME = re.compile(
    rf"(?:(?<=我叫|我是|名叫|法人)|(?<=联系人|经办人|负责人)){_SURNAME}[\u4e00-\u9fff]{{1,2}}(?=[，,。！!；;、\s（(]|$)"  # introduced: 我叫王小明，
    rf"|(?<=姓名[:：是]|系人[:：是]){_SURNAME}[\u4e00-\u9fff]{{1,2}}"
    rf"|{_SURNAME}[\u4e00-\u9fff]{{1,2}}(?=的?[（(，,]?(?:身份证|证件号|手机号?|电话))"  # beside a number
)
_ADDRESS = re.compile(r"[\u4e00-\u9fff]{1,4}(?:村|路|街|巷|弄|小区)(?:\d+(?:组|号|幢|栋|单元|室|弄|楼)){1,4}")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+")
"""As long as RFC 5321 and 1035 allow: without an end each place in a long text would be searched to its end."""
_PRIVATE = (
    (_IDENTITY_CARD, "[证件号]"),
    (_BANK_CARD, "[卡号]"),
    (_MOBILE, "[手机号]"),
    (_EMAIL, "[邮箱]"),
    (_NAME, "[姓名]"),
    (_ADDRESS, "[住址]"),
)


def cleaned(text: str) -> str:
    """The text without control and invisible format characters; line ends stay."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")).strip()


def masked(text: str) -> str:
    """The text without invisible characters, and with telephone, identity card, bank card numbers, mail and house addresses, and
    names that are introduced as such replaced: the form that is stored. In full width they are found too; all else stays as typed."""
    text = cleaned(text)
    plain = "".join(map(_ordinary, text))
    for pattern, name in _PRIVATE:
        found = [match.span() for match in pattern.finditer(plain)]
        text, plain = (_replaced(one, found, name) for one in (text, plain))
    return text


def _replaced(text: str, spans: Sequence[tuple[int, int]], name: str) -> str:
    """The text with `name` in place of each span, made in one pass: a text may be all telephone numbers."""
    ends, starts = (0, *(end for _, end in spans)), (*(start for start, _ in spans), len(text))
    return name.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _ordinary(character: str) -> str:
    """A character as it is read, one for one: Ｘ is X; what would become several stays, so that places in the text are kept."""
    plain = plain_text(character)
    return plain if len(plain) == 1 else character
