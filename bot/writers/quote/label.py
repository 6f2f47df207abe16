"""What must be said with a sentence because of when it holds or how it was checked: unconfirmed money, hearsay, drafts, the past."""

from bot.conversation import Statement
from bot.words import Wording
from corpus.fact import Fact

_END = "。；！："


def labelled(sentence: str, statement: Statement, wording: Wording) -> str:
    """The sentence with its label, in the very sentence. Words of the sentence itself stay as they are."""
    bare, end = sentence.rstrip(_END), sentence[-1:] if sentence.endswith("：") else "。"
    validity = statement.passage.validity
    if statement.state == "not_yet":
        return wording.say("not_yet", since=validity.since, sentence=bare) + end
    if statement.state in ("lapsed", "draft"):
        return wording.say(statement.state, sentence=bare) + end
    if _unconfirmed(statement):
        return wording.say(
            "unconfirmed", source=statement.passage.source.title, sentence=bare, office=_office(statement, wording)
        )
    if any(fact.source.checked == "recalled" for fact in statement.facts):
        return wording.say("recalled", sentence=bare) + end
    return f"{bare}。" if sentence.endswith("；") else sentence


def _unconfirmed(statement: Statement) -> bool:
    """Money of a scheme of which nobody knows whether it still runs."""
    return statement.state == "unknown" and any(fact.kind == "subsidy" and fact.is_money for fact in statement.facts)


def _office(statement: Statement, wording: Wording) -> str:
    offices: list[Fact] = [fact for fact in statement.facts if fact.confirm_with]
    return (offices[0].confirm_with if offices else None) or wording.say("office_default")
