"""What is done to a question before it is read or stored: length, invisible characters, personal data masked.

Hostile orders are not judged here yet; with the quote writer nothing in a question is ever obeyed.
"""

import re
import unicodedata

LONGEST_QUESTION = 500
"""Characters; a pasted document is no question."""

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_IDENTITY_CARD = re.compile(
    r"(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)  # GB 11643
_BANK_CARD = re.compile(r"(?<!\d)\d{16,19}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


def cleaned(text: str) -> str:
    """The text without control and invisible format characters; line ends stay."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")).strip()


def masked(text: str) -> str:
    """The text with telephone, identity card, bank card numbers and mail addresses replaced: the form that is stored."""
    for pattern, name in (
        (_IDENTITY_CARD, "[证件号]"),
        (_BANK_CARD, "[卡号]"),
        (_MOBILE, "[手机号]"),
        (_EMAIL, "[邮箱]"),
    ):
        text = pattern.sub(name, text)
    return text
