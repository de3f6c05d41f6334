"""What a decision table needs: facts all the way down, the forms that they read, and earlier decisions."""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.services.checks import places
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.places import Place
from frontdoor.services.checks.reads import reads


def needed(names: Names, code: str) -> list[str]:
    """Return the ids of the facts that a table reads, directly or through others, sorted."""
    found: set[str] = set()
    todo = list(places.of_decision(names.decisions[code], ""))
    while todo:
        for key in _facts(todo.pop(), names):
            if key not in found:
                found.add(key)
                todo.append(place_of(names.facts[key]))
    return sorted(found)


def decisions_needed(names: Names, code: str) -> frozenset[str]:
    """Return the other decisions whose results a table reads, directly or through facts."""
    own = places.of_decision(names.decisions[code], "")
    pieces = [*own, *(place_of(names.facts[key]) for key in needed(names, code))]
    return frozenset().union(*(decisions_read(place) for place in pieces)) - {code}


def decisions_read(place: Place) -> frozenset[str]:
    """Return the decisions that one piece of logic reads itself."""
    paths = (read.path for read in reads(place.logic) if read.of is None)
    return frozenset(path.split(".")[1] for path in paths if path.startswith("decisions."))


def forms_read(fact: Mapping[str, Any]) -> frozenset[str]:
    """Return the forms whose answers a fact reads itself."""
    place = place_of(fact)
    paths = [place.full(read.path, read.of) for read in reads(place.logic)]
    return frozenset(path.split(".")[1] for path in paths if path.startswith("answers."))


def place_of(fact: Mapping[str, Any], where: str = "") -> Place:
    """Return a fact's logic, None for one that has none, as it stands in its rule set."""
    return Place(fact.get("logic"), where, str(fact.get("over", "")))


def _facts(place: Place, names: Names) -> Iterator[str]:
    """Yield the facts that one piece of logic reads itself, those of rows included."""
    for read in reads(place.logic):
        full = place.full(read.path, read.of)
        steps = full.split(".")
        if steps[0] == "facts" and len(steps) > 1 and steps[1] in names.facts:
            yield steps[1]
        of_row = names.facts.get(steps[3], {}) if steps[0] == "answers" and len(steps) > 3 else {}
        if of_row and "roll_up" not in of_row and of_row.get("over") == ".".join(steps[:3]):
            yield steps[3]
