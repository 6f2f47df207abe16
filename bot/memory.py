"""What is remembered of an asker between questions: taken from an answer, shown, forgotten when asked to."""

from collections.abc import Mapping
from typing import Any

from corpus.regions import NATION, AmbiguousRegion, Regions, UnknownRegion

CERTIFICATES = "certificates"
REMEMBERED = ("region", "industry", "size", CERTIFICATES)
LONGEST_REGION, LONGEST_NAME, LONGEST_CERTIFICATE, MOST_CERTIFICATES = 60, 20, 60, 10
"""Characters of a region, of an industry or a size, of a certificate's subject; and how many certificates somebody may hold."""


def remembered(answer: Mapping[str, Any], profile: Mapping[str, Any], regions: Regions) -> dict[str, Any]:
    """The profile with what an answer object understood in passing; the region that it was given for is the region from now on."""
    understood = answer["session"].get("profile") or {}
    told: dict[str, Any] = {name: understood[name] for name in REMEMBERED if understood.get(name)}
    said = told.pop("region", "")
    place = answer["region"] or said
    if place and place != NATION and is_division(place, regions):
        told["region"] = place
    return {**profile, **told}


def is_division(name: str, regions: Regions) -> bool:
    """Whether a name is that of one division, which a chooser can show."""
    try:
        return bool(regions.find(name).code)
    except (UnknownRegion, AmbiguousRegion):
        return False


def chips(profile: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is remembered as (part of the profile, its value), a certificate each."""
    shown = list[tuple[str, str]]()
    for name in REMEMBERED:
        value = profile.get(name) or ()
        shown += [(name, one) for one in ((value,) if isinstance(value, str) else value)]
    return shown


def forgotten(
    name: str, value: str, profile: Mapping[str, Any], session: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Profile and session without a part of the profile; a region that was said is gone from the turns too."""
    kept = _without(name, value, profile)
    if session is None:
        return kept, None
    turns = session.get("turns", [])
    if name == "region":
        turns = [{**turn, "region": ""} for turn in turns]
    return kept, {**session, "turns": turns, "profile": _without(name, value, session.get("profile", {}))}


def _without(name: str, value: str, profile: Mapping[str, Any]) -> dict[str, Any]:
    held = profile.get(name)
    left = [one for one in held if one != value] if value and isinstance(held, list | tuple) else None
    empty: Any = [] if isinstance(held, list | tuple) else ""
    return {**profile, name: empty if left is None else left}
