"""The threshold lab: move a parameter, and see at once which past cases would be decided differently.

What a table needs of each case is read once into memory and kept for a while; then a step is a look-up and a count.
Cases are counted on the system's behalf: whoever changes rules may see no record, and is shown references alone.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.programme import Programme
from frontdoor.domain.small_numbers import threshold_of
from frontdoor.services import configure, lab_counting, lab_reading, programmes
from frontdoor.services.configurable import Setting
from frontdoor.services.keep_facts import rules_digest
from frontdoor.services.lab_columns import Columns
from frontdoor.services.lab_counting import Tried
from frontdoor.store import cases, facts_columns, snapshots
from frontdoor.store import organisations as organisations_kept

FRESH = timedelta(minutes=10)  # after which cases are read again
LISTED = 200  # references on one page
_KEPT = 6  # columns in memory: of 200,000 cases some 20 MB each
_POINTS = 31  # of a sweep
_SWEEPING = 2.0  # seconds of deciding within one request; the rest at the next


@dataclass(frozen=True)
class Movable:
    """A decision table and the parameters that can move what it decides, by id."""

    code: str
    title: Mapping[str, str]
    parameters: Mapping[str, Setting]


@dataclass(frozen=True)
class Bench:
    """What the lab stands on: what is live, one table, one parameter, and the cases in memory."""

    live: Programme
    table: Movable
    name: str
    columns: Columns
    read_at: datetime

    @property
    def setting(self) -> Setting:
        """The parameter that is moved."""
        return self.table.parameters[self.name]

    @property
    def threshold(self) -> int:
        """Below which no count of a group is told."""
        return threshold_of(self.live.tree)


@dataclass(frozen=True)
class Point:
    """One value of a sweep: how many cases would be decided how, and differently; empty while not counted yet."""

    value: Any
    totals: Mapping[str, int]
    moved: int
    live: bool
    known: bool = True


@dataclass(frozen=True)
class Mover:
    """A case that would be decided differently; `openable` by the reader."""

    reference: str
    was: str
    now: str
    openable: bool


@dataclass
class _Shelf:
    """The columns in memory, the oldest given up first."""

    held: OrderedDict[tuple[Any, ...], tuple[Columns, datetime]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)


_shelf = _Shelf()


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


def opened(
    viewer: Viewer, programme: str, code: str, name: str, *, at: datetime, language: str = "en", afresh: bool = False
) -> Bench:
    """Return the lab with one table and one parameter on it. Errors: `NotAllowed`; `NotFound` for either."""
    table = next((one for one in movable(viewer, programme, at=at, language=language) if one.code == code), None)
    if table is None or name not in table.parameters:
        raise NotFound("No such decision can be moved by such a value. Choose again from the list.")
    live = programmes.live(viewer.authority, programme, at)
    columns, read_at = _columns(live, code, name, at, afresh=afresh)
    return Bench(live, table, name, columns, read_at)


def typed(setting: Setting, text: str) -> Any:
    """Return the value that was typed or chosen for a parameter. Errors: `AnswersRejected` at `/value`."""
    return configure.read_value(setting, text)


def attempt(bench: Bench, value: Any) -> Tried:
    """Return what one value of the parameter would do to all past cases."""
    return lab_counting.tried(bench.columns, {bench.name: value}, bench.threshold)


def who(viewer: Viewer, bench: Bench, value: Any) -> tuple[Sequence[Mover], int]:
    """Return the first of the cases that would be decided differently, as references, and how many may be named.

    Those that the viewer may open are marked. Restricted cases are never among them.
    """
    found = list(lab_counting.who_moved(bench.columns, {bench.name: value}))
    shown = found[:LISTED]
    mine: Iterable[str] = ()
    if viewer.may("see_case"):
        mine = [case.reference for case in cases.several(viewer, [reference for reference, _, _ in shown])]
    openable = frozenset(mine)
    return [Mover(one, was, now, one in openable) for one, was, now in shown], len(found)


def sweep(bench: Bench, value: Any, *, seconds: float = _SWEEPING) -> list[Point]:
    """Return what each value of the parameter's range would do; what takes longer is left for the next asking."""
    began = time.monotonic()
    points = []
    for one in swept(bench.setting, value):
        parameters = {bench.name: one}
        if not bench.columns.is_known(parameters) and time.monotonic() - began > seconds:
            points.append(Point(one, {}, 0, live=one == bench.setting.value, known=False))
            continue
        counts = lab_counting.totals(bench.columns, parameters)
        points.append(
            Point(one, counts, lab_counting.moved_count(bench.columns, parameters), live=one == bench.setting.value)
        )
    return points


def swept(setting: Setting, value: Any) -> list[Any]:
    """Return the values of a sweep: the whole range in even steps, each option, or each option in and out."""
    if setting.kind == "boolean":
        return [False, True]
    if setting.kind == "choice":
        return list((setting.bounds or {}).get("options", []))
    if setting.kind == "choices":
        return _toggled(setting)
    if setting.kind not in ("integer", "number"):
        return [setting.value] if value == setting.value else [setting.value, value]
    low, high = _range(setting)
    step = _step(low, high, whole=setting.kind == "integer")
    count = int((high - low) / step + 1e-9) + 1
    found = {_tidy(low + step * index) for index in range(count)} | {setting.value, value, high}
    return sorted(found)


def _toggled(setting: Setting) -> list[Any]:
    options = list((setting.bounds or {}).get("options", []))
    changed = [[one for one in options if (one in setting.value) != (one == other)] for other in options]
    return [setting.value, *changed]


def _range(setting: Setting) -> tuple[float, float]:
    bounds, now = setting.bounds or {}, setting.value
    return bounds.get("min", min(0, now)), bounds.get("max", max(now * 2, 10))


def _step(low: float, high: float, *, whole: bool) -> float:
    for step in (0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000):
        if (high - low) / step < _POINTS and (step >= 1 or not whole):
            return step
    return max((high - low) / _POINTS, 1)


def _tidy(value: float) -> float:
    found = round(value, 6)
    return int(found) if float(found).is_integer() else found


def past_cases(viewer: Viewer, programme: str) -> int:
    """Return how many past cases of a programme there are to try a change on."""
    _may(viewer)
    return facts_columns.how_many(system_viewer(viewer.authority), programme)


def organisations(viewer: Viewer) -> dict[str, str]:
    """Return the names of partner organisations by id: they are nobody's personal data."""
    _may(viewer)
    return {one.id: one.name for one in organisations_kept.all_of(system_viewer(viewer.authority))}


def _columns(live: Programme, code: str, name: str, at: datetime, *, afresh: bool) -> tuple[Columns, datetime]:
    key = (live.authority, live.programme, live.digest, rules_digest(live), code, name)
    with _shelf.lock:
        known = _shelf.held.get(key)
        if known is not None and not afresh and timedelta(0) <= at - known[1] < FRESH:
            _shelf.held.move_to_end(key)
            return known
    made = lab_reading.read(live, code, frozenset({name})), at
    with _shelf.lock:
        _shelf.held[key] = made
        _shelf.held.move_to_end(key)
        while len(_shelf.held) > _KEPT:
            _shelf.held.popitem(last=False)
    return made


def _may(viewer: Viewer) -> None:
    if not viewer.may("approve_change"):
        viewer.need("edit_change")
