"""The threshold lab: move some parameters, and see at once which past cases would be decided differently.

What a table needs of each case is read once and kept for a while (`lab_shelf`); then a step is a look-up and a count.
Cases are counted on the system's behalf: whoever changes rules may see no record, and is shown references alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.programme import Programme
from frontdoor.domain.small_numbers import threshold_of
from frontdoor.services import configure, lab_counting, lab_shelf, programmes
from frontdoor.services.configurable import Setting
from frontdoor.services.lab_cells import MOST
from frontdoor.services.lab_columns import Columns
from frontdoor.services.lab_counting import Tried
from frontdoor.services.lab_shelf import Wanted
from frontdoor.store import cases, facts_columns, snapshots
from frontdoor.store import organisations as organisations_kept
from frontdoor.store.jobs import Job

LISTED = 200  # references on one page


@dataclass(frozen=True)
class Movable:
    """A decision table and the parameters that can move what it decides, by id."""

    code: str
    title: Mapping[str, str]
    parameters: Mapping[str, Setting]


@dataclass(frozen=True)
class Setup:
    """What is moved: what is live, one table, and the parameters by name, the first of which is swept."""

    live: Programme
    table: Movable
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The parameter that is swept."""
        return self.names[0]

    @property
    def setting(self) -> Setting:
        """That parameter."""
        return self.table.parameters[self.name]

    @property
    def others(self) -> dict[str, Setting]:
        """The parameters that are moved besides, by name."""
        return {name: self.table.parameters[name] for name in self.names[1:]}

    @property
    def addable(self) -> dict[str, Setting]:
        """The parameters that could be moved as well."""
        if len(self.names) == MOST:
            return {}
        return {name: one for name, one in self.table.parameters.items() if name not in self.names}

    @property
    def now(self) -> dict[str, Any]:
        """The values that are live."""
        return {name: self.table.parameters[name].value for name in self.names}


@dataclass(frozen=True)
class Waiting:
    """The cases are on their way, or reading them was stopped."""

    setup: Setup
    job: Job

    @property
    def going(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.job.state in ("waiting", "running")


@dataclass(frozen=True)
class Bench(Setup):
    """What the lab stands on: what is moved, and the cases in memory."""

    columns: Columns
    read_at: datetime

    @property
    def threshold(self) -> int:
        """Below which no count of a group is told."""
        return threshold_of(self.live.tree)


@dataclass(frozen=True)
class Mover:
    """A case that would be decided differently; `openable` by the reader."""

    reference: str
    was: str
    now: str
    openable: bool


def movable(viewer: Viewer, programme: str, *, at: datetime, language: str = "en") -> list[Movable]:
    """Return the tables of a programme whose decisions some parameter can move, with these parameters."""
    _may(viewer)
    live = programmes.live(viewer.authority, programme, at)
    settings = {
        one.pointer: one
        for one in configure.settings(snapshots.live(viewer.authority, programme, at), language)
        if one.group == "parameters"
    }
    by_name = {pointer.split("/")[4]: one for pointer, one in settings.items()}
    found = []
    for code, table in live.rules.decisions.items():
        reads = table.reads.union(*(fact.reads for fact in live.rules.needed(table.reads)))
        names = [name for name in live.rules.parameters if f"parameters.{name}" in reads and name in by_name]
        if names:
            found.append(Movable(code, table.title, {name: by_name[name] for name in names}))
    return found


def setup(
    viewer: Viewer, programme: str, code: str, names: Sequence[str], *, at: datetime, language: str = "en"
) -> Setup:
    """Return one table and some of its parameters, at most four. Errors: `NotAllowed`; `NotFound` for any of these."""
    table = next((one for one in movable(viewer, programme, at=at, language=language) if one.code == code), None)
    moved = tuple(dict.fromkeys(names))
    if table is None or not 0 < len(moved) <= MOST or any(name not in table.parameters for name in moved):
        raise NotFound("No such decision can be moved by such a value. Choose again from the list.")
    return Setup(programmes.live(viewer.authority, programme, at), table, moved)


def opened(viewer: Viewer, on: Setup, *, at: datetime, afresh: bool = False) -> Bench | Waiting:
    """Return the lab with this on it, or how far reading the cases is."""
    _may(viewer)
    found = lab_shelf.look(_wanted(on), at, viewer.account, afresh=afresh)
    return Waiting(on, found) if isinstance(found, Job) else Bench(on.live, on.table, on.names, *found)


def read_on(viewer: Viewer, on: Setup, *, at: datetime) -> None:
    """Have the cases read, after it was stopped."""
    _may(viewer)
    lab_shelf.begin(_wanted(on), at, viewer.account)


def stop_reading(viewer: Viewer, on: Setup, *, at: datetime) -> None:
    """Stop reading the cases; what was read by then is not kept."""
    _may(viewer)
    lab_shelf.stop(_wanted(on), at)


def _wanted(on: Setup) -> Wanted:
    return Wanted(on.live, on.table.code, frozenset(on.names))


def typed(setting: Setting, text: str) -> Any:
    """Return the value that was typed or chosen for a parameter. Errors: `AnswersRejected` at `/value`."""
    return configure.read_value(setting, text)


def attempt(bench: Bench, values: Mapping[str, Any]) -> Tried:
    """Return what values of the parameters would do, together, to all past cases; one that is not named is as now."""
    return lab_counting.tried(bench.columns, {**bench.now, **values}, bench.threshold)


def who(viewer: Viewer, bench: Bench, values: Mapping[str, Any]) -> tuple[Sequence[Mover], int]:
    """Return the first of the cases that would be decided differently, as references, and how many may be named.

    Those that the viewer may open are marked. Restricted cases are never among them.
    """
    found = list(lab_counting.who_moved(bench.columns, {**bench.now, **values}))
    shown = found[:LISTED]
    mine: Iterable[str] = ()
    if viewer.may("see_case"):
        mine = [case.reference for case in cases.several(viewer, [reference for reference, _, _ in shown])]
    openable = frozenset(mine)
    return [Mover(one, was, now, one in openable) for one, was, now in shown], len(found)


def past_cases(viewer: Viewer, programme: str) -> int:
    """Return how many past cases of a programme there are to try a change on."""
    _may(viewer)
    return facts_columns.how_many(system_viewer(viewer.authority), programme)


def organisations(viewer: Viewer) -> dict[str, str]:
    """Return the names of partner organisations by id: they are nobody's personal data."""
    _may(viewer)
    return {one.id: one.name for one in organisations_kept.all_of(system_viewer(viewer.authority))}


def _may(viewer: Viewer) -> None:
    if not viewer.may("approve_change"):
        viewer.need("edit_change")
