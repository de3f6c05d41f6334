"""An officer says that two contacts are from the same family, where neither birth date, identifier nor home told so.

Nothing is merged: each family keeps its record, and both carry a key of their own making (`same:…`) under which each is
found with the other from then on. Taking the word back takes the key away and leaves both as they were told.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from frontdoor.domain import references
from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.case import Case, Entry, Event
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem, WrongState
from frontdoor.domain.family import Family
from frontdoor.services import casefile, programmes
from frontdoor.services.casefile import CaseFile
from frontdoor.services.deciding import NewReceipt
from frontdoor.services.identity import new_id
from frontdoor.services.recognise import search_tokens
from frontdoor.services.redecide import redecided, stored
from frontdoor.store import cases, families, views
from frontdoor.store.cases import QueueRow
from frontdoor.store.connection import in_transaction
from frontdoor.store.families import BY_HAND

JOINED, PARTED = "family_joined", "family_parted"
_LONGEST = 2000  # characters of a reason


@dataclass(frozen=True)
class Kin:
    """The other contacts of a case's family: those known of, with whether a person said so, and those named alike."""

    file: CaseFile
    known: tuple[tuple[Case, bool], ...]
    alike: tuple[QueueRow, ...]


@dataclass(frozen=True)
class Pair:
    """A case and another contact with who is told of in each; `one` family, told `by_hand` when a person said so."""

    file: CaseFile
    other: Case
    mine: Family
    theirs: Family
    one: bool
    by_hand: bool


def kin(viewer: Viewer, reference: str, *, at: datetime) -> Kin:
    """Return the contacts that are known to be of a case's family, and up to 25 whose family is called alike."""
    viewer.need("join_families")
    file = casefile.open_file(viewer, reference, at=at)
    mine = _family(file.case)
    known = tuple((one, bool(_between(mine, _family(one)))) for one in file.earlier)
    seen = {reference, *(one.reference for one in file.earlier)}
    found = cases.search(viewer, file.case.title, search_tokens(file.case.title)).rows
    return Kin(file, known, tuple(row for row in found if row.reference not in seen))


def found(typed: str) -> str:
    """Return the reference that somebody typed. Errors: `AnswersRejected` for what no reference can be."""
    try:
        return str(references.parse(typed))
    except NotFound as refused:
        problem = Problem("/reference", "format", refused.message)
        raise AnswersRejected("Check the reference", problems=[problem]) from refused


def compare(viewer: Viewer, reference: str, other: str, *, at: datetime) -> Pair:
    """Return two contacts side by side. Errors: `NotFound` for one beyond the viewer's reach. Reading both is recorded.

    `WrongState` for a case with itself.
    """
    viewer.need("join_families")
    file = casefile.open_file(viewer, reference, at=at)
    second = cases.get(viewer, other)
    _two(file.case, second)
    views.add(viewer, "case", second.reference, at)
    mine, theirs = _family(file.case), _family(second)
    return Pair(file, second, mine, theirs, _one(mine, theirs), bool(_between(mine, theirs)))


def join(viewer: Viewer, reference: str, other: str, because: str, *, at: datetime, revision: int) -> Case:
    """Record that two contacts are from one family; whichever came later is decided afresh on what is known now.

    Errors: `AnswersRejected` without a reason; `WrongState` where that is known already; `Conflict` when stale.
    """

    def act(mine: Family, theirs: Family) -> tuple[Family, Family]:
        if _one(mine, theirs):
            raise WrongState("These two contacts are known to be from one family already. Go back to the case.")
        key = f"{BY_HAND}{new_id()}"
        return replace(mine, keys=(*mine.keys, key)), replace(theirs, keys=(*theirs.keys, key))

    return _say(viewer, (reference, other), (JOINED, because), act, at=at, revision=revision)


def part(viewer: Viewer, reference: str, other: str, because: str, *, at: datetime, revision: int) -> Case:
    """Take back that two contacts are from one family. Errors: as `join`; `WrongState` where no person said so."""

    def act(mine: Family, theirs: Family) -> tuple[Family, Family]:
        keys = _between(mine, theirs)
        if not keys:
            raise WrongState("Nobody joined these two by hand: what was told of them agrees. Go back to the case.")
        kept = [tuple(key for key in family.keys if key not in keys) for family in (mine, theirs)]
        return replace(mine, keys=kept[0]), replace(theirs, keys=kept[1])

    return _say(viewer, (reference, other), (PARTED, because), act, at=at, revision=revision)


_Act = Callable[[Family, Family], tuple[Family, Family]]


def _say(
    viewer: Viewer, pair: tuple[str, str], said: tuple[str, str], act: _Act, *, at: datetime, revision: int
) -> Case:
    """Change both families and both timelines in one transaction; return the case that the viewer was at."""
    viewer.need("join_families")
    what, because = said
    _reasoned(because)
    inside = system_viewer(viewer.authority)

    def whole() -> Case:
        case, other = cases.at_revision(viewer, pair[0], revision), cases.get(viewer, pair[1])
        _two(case, other)
        before = _family(case), _family(other)
        for family, now in zip(before, act(*before), strict=True):
            families.replace(inside, now, expected_revision=family.revision)
        # What came first was decided on what was known then: a later contact changes nothing about it.
        later = max(case, other, key=lambda one: (one.received_at, one.recorded_at))
        theirs, mine = (
            Entry(at, viewer.account, viewer.name, what, {"case": one.reference}, because.strip())
            for one in (case, other)
        )
        _noted(other, theirs, afresh=later is other)
        return _noted(case, mine, afresh=later is case)

    return in_transaction(whole)


def _noted(case: Case, entry: Entry, *, afresh: bool) -> Case:
    """Store a case with what was said of its family, decided afresh where that may tell."""
    inside = system_viewer(case.authority)
    after = case.noting(entry).telling(Event(new_id(), entry.what, entry.at, entry.detail))
    made: list[NewReceipt] = []
    if afresh:
        after, made = redecided(inside, programmes.of_case(after), after, entry.at)
    return stored(inside, case, after, made, at=entry.at)


def _family(case: Case) -> Family:
    """Return the family of a case that the viewer has reached already."""
    if case.family is None:
        raise NotFound("This case names no family. Go back to the case.")
    return families.get(system_viewer(case.authority), case.family)


def _between(mine: Family, theirs: Family) -> set[str]:
    """Return the keys that a person's word gave to both; none for contacts that share one record."""
    if mine.id == theirs.id:
        return set()
    return {key for key in {*mine.keys} & {*theirs.keys} if key.startswith(BY_HAND)}


def _one(mine: Family, theirs: Family) -> bool:
    inside = system_viewer(mine.authority)
    return theirs.id in {mine.id, *(family.id for family in families.matching(inside, mine.keys))}


def _two(case: Case, other: Case) -> None:
    if case.reference == other.reference:
        raise WrongState("That is this case itself. Choose another contact.")


def _reasoned(because: str) -> None:
    if not because.strip():
        problem = Problem("/because", "required", "Enter how you know")
        raise AnswersRejected("Say how you know", problems=[problem])
    if len(because) > _LONGEST:
        problem = Problem("/because", "too_long", f"Use {_LONGEST:,} characters or fewer")
        raise AnswersRejected("Use fewer words", problems=[problem])
