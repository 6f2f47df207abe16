"""Small forms beside an answer: what did not help, an error in a source. A page's script hands in what they hold."""

from html import escape

from bot.words import Wording

LONGEST_REASON = 500


def complaint_form(answer: str, wording: Wording) -> str:
    """A fold in which to say why an answer did not help: a reason to tap, words of one's own."""
    reasons = "".join(
        f'<label class="choice"><input type="radio" name="why-{escape(answer)}" value="{escape(reason)}"> {escape(reason)}</label>'
        for reason in wording.list("page.reasons")
    )
    choices = f"<fieldset><legend>{escape(wording.say('page.why'))}</legend>{reasons}</fieldset>"
    return _fold(f"down-{answer}", "page.down", answer, "down", "", choices, wording)


def report_form(answer: str, number: int, passage: str, wording: Wording) -> str:
    """A fold in which to report an error in the passage of a source."""
    return _fold(f"report-{answer}-{number}", "page.report", answer, "error", passage, "", wording)


def _fold(identity: str, title: str, answer: str, vote: str, passage: str, choices: str, wording: Wording) -> str:
    said = escape(wording.say("page.reason"))
    return (
        f'<details class="feedback" id="{escape(identity)}"><summary>{escape(wording.say(title))}</summary>'
        f'<form data-answer="{escape(answer)}" data-vote="{vote}" data-passage="{escape(passage)}">{choices}'
        f'<label>{said}<textarea rows="2" maxlength="{LONGEST_REASON}"></textarea></label>'
        f'<button type="submit">{escape(wording.say("page.hand_in"))}</button></form></details>'
    )
