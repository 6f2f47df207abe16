"""What must be said with a sentence because of when it holds or how it was checked: unconfirmed money, hearsay, drafts, the past."""

from collections.abc import Sequence

from bot.conversation import Need, Statement
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


def one_sentence(parts: Sequence[str]) -> str:
    """Sentences as one, so that a label or a place's name at its head holds for all of them."""
    return "；".join([*(part.rstrip("。；") for part in parts[:-1]), parts[-1]])


def named_state(statement: Statement, need: Need, wording: Wording) -> str:
    """How it stands with the statement on the day asked for: what was in force on a day gone by may not be so today."""
    name = wording.say(f"status.{statement.state}")
    return wording.say("then", state=name) if need.then and statement.state == "in_force" else name


def _unconfirmed(statement: Statement) -> bool:
    """Money of a scheme of which nobody knows whether it still runs."""
    return statement.state == "unknown" and any(fact.kind == "subsidy" and fact.is_money for fact in statement.facts)


def _office(statement: Statement, wording: Wording) -> str:
    offices: list[Fact] = [fact for fact in statement.facts if fact.confirm_with]
    return (offices[0].confirm_with if offices else None) or wording.say("office_default")
