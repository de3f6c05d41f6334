"""Decisions that read a protected characteristic, or what stands in for one: each says why it may (ADR 0023).

Protected is what a form marks as `protected`, and age: the date of birth that the intake names, and `age_on` of any
date. A postcode or an address stands in for race and religion, so a decision by place has to be justified too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem
from frontdoor.services.checks import places
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.needs import needed, place_of
from frontdoor.services.checks.places import Place
from frontdoor.services.checks.reads import nodes, reads

_PROXIES = frozenset({"postcode", "address"})


def check(names: Names) -> Iterator[Problem]:
    """Yield a problem for each fact, and each table, that needs a `justification` and has none."""
    births = frozenset(_births(names))
    open_tables = {code for code, one in names.decisions.items() if "justification" not in one}
    readers: dict[str, list[str]] = {}
    for code in sorted(open_tables):
        for key in needed(names, code):
            readers.setdefault(key, []).append(code)
    for name, document in names.rule_sets.items():
        at = pointer(("rules", name))
        for key, fact in document.get("facts", {}).items():
            what = _protected(place_of(fact), names, births) if key in readers else ""
            if what and "justification" not in fact:
                decisions = " and ".join(f"`{code}`" for code in readers[key])
                message = f"`{key}` reads {what}, for {decisions}: write in `justification` why it may"
                yield Problem(f"{at}/facts/{key}", "unjustified", message)
        for code in sorted(open_tables & set(document.get("decisions", {}))):
            here = f"{at}/decisions/{code}"
            found = (_protected(place, names, births) for place in places.of_decision(names.decisions[code], here))
            what = next(filter(None, found), "")
            if what:
                message = f"This table reads {what} itself: write in its `justification` why it may"
                yield Problem(here, "unjustified", message)


def _protected(place: Place, names: Names, births: frozenset[str]) -> str:
    """Return in words the first protected thing that a piece of logic reads itself; `""` for none."""
    if any(operator == "age_on" for operator, *_ in nodes(place.logic)):
        return "age, a protected characteristic"
    for read in reads(place.logic):
        full = place.full(read.path, read.of)
        if full in births:
            return "age, a protected characteristic"
        question = _question(full, names)
        if question.get("ui", {}).get("protected"):
            return f"`{read.path}`, a protected characteristic"
        if question.get("ui", {}).get("widget") in _PROXIES:
            return f"`{read.path}`, which can stand in for a protected characteristic"
    return ""


def _question(full: str, names: Names) -> Mapping[str, Any]:
    """Return the question that a path leads to, or into; empty for another."""
    steps = full.removeprefix("answers.").split(".") if full.startswith("answers.") else []
    found = (names.questions.get(".".join(steps[:size])) for size in range(len(steps), 1, -1))
    return next((one for one in found if one is not None), {})


def _births(names: Names) -> Iterator[str]:
    """Yield the paths of the dates of birth, as the intake names them."""
    intake = names.tree.get("rules", {}).get("pathway", {}).get("intake", {})
    subject = intake.get("subject", {})
    if "dob" in subject:
        group = f".{subject['members']}" if "members" in subject else ""
        yield f"answers.{intake.get('form')}{group}.{subject['dob']}"
