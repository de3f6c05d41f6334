"""Worked examples: flat facts in, one line of text out, compared exactly. Source: DESIGN section 7, DOMAIN E.

A rule is looked up as decision, fact or clock in its pack, then among the platform's own rules.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frontdoor import packs_dir
from frontdoor.domain.errors import DocumentRejected, FrontDoorError, NotFound
from frontdoor.domain.packs import gather
from frontdoor.domain.pathways.clocks import Clock, print_clock
from frontdoor.domain.platform_rules import DISPATCH
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import Circumstances, evaluate_fact, from_facts
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.bench import Bench, Values, calendar_of, of_packs, programme_of
from frontdoor.store import shipped

__all__ = [
    "Bench", "Example", "Tally", "answer", "clock_dates", "of_packs", "programme_of", "read", "run", "run_for",
    "unreadable",
]  # fmt: skip

_A_DAY = date(2026, 11, 23)  # for shipped examples that leave `as_of` out: any day must do
_KEYS = {"id": str, "pack": str, "rule": str, "facts": dict, "expect": str}


@dataclass(frozen=True)
class Example:
    """One worked example: what `rule` of `pack` says of `facts`, to the letter. A fact that is null is unknown."""

    id: str
    pack: str
    rule: str
    facts: Values
    expect: str
    why: str = ""


@dataclass(frozen=True)
class Tally:
    """What came of some examples: a line for each failure, and the rules that nothing could be found for.

    `slips` are lines about those of them that were asked for by a name that nothing has.
    """

    passed: int = 0
    failures: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    slips: tuple[str, ...] = ()

    @property
    def green(self) -> bool:
        """Whether every example passed and every rule was found."""
        return not self.failures and not self.unknown

    def __str__(self) -> str:
        """Return `N passed, M failed, K unknown rules: …`."""
        counts = f"{self.passed} passed, {len(self.failures)} failed, {len(self.unknown)} unknown rules"
        return f"{counts}: {', '.join(self.unknown)}" if self.unknown else counts


def run(lines: Iterable[str], bench: Bench, only: frozenset[str] = frozenset()) -> Tally:
    """Return what comes of examples in JSON lines; `only` leaves out the rows of all other rules.

    A line that cannot be read is a failure; blank lines are passed over. A name in `only` that no row, no pack and not
    the platform knows is an unknown rule: a slip of the hand must not pass for examples that pass.
    """
    passed, failures, unknown = 0, [], {}
    met: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        example = read(line)
        if isinstance(example, str):
            failures.append(f"line {number}: {example}")
            continue
        met.add(example.rule)
        if not only or example.rule in only:
            told = answer(example, bench)
            if told is None:
                unknown[example.rule] = example.pack
            elif told == example.expect:
                passed += 1
            else:
                failures.append(_failure(example, told))
    named = tuple(f"{rule} ({pack})" for rule, pack in unknown.items())
    slips = _slips(only - met, bench)
    return Tally(passed, tuple(failures), (*named, *slips), tuple(slips.values()))


def _slips(names: frozenset[str], bench: Bench) -> dict[str, str]:
    """Return what to say of each of these names that neither the platform nor a pack has."""
    names -= DISPATCH.keys()
    known = bench.rules() | DISPATCH.keys() if names else frozenset()
    told = (f"There is no rule `{name}`{did_you_mean(name, sorted(known))}" for name in sorted(names - known))
    return dict(zip(sorted(names - known), told, strict=True))


def run_for(programme: Programme) -> Tally:
    """Return what comes of the shipped examples of a programme under changed documents.

    The parameters that it was shipped with are the defaults: the examples say what the rules mean, and a board that
    moves a number within its bounds does not make them wrong.
    """
    packs = gather(shipped.read(packs_dir()).sources)
    if programme.programme not in packs.owners:
        return Tally()
    start = programme_of(packs, programme.programme)
    defaults = {key: value for key, value in start.parameters.items() if key in programme.parameters}
    return run(_mine(programme), Bench(lambda _: programme, calendar_of(packs), _A_DAY, defaults))


def of_programme(programme: Programme) -> Iterator[Example]:
    """Yield the shipped worked examples of a programme that can be read."""
    yield from (found for found in map(read, _mine(programme)) if isinstance(found, Example))


def _mine(programme: Programme) -> list[str]:
    """Return the lines of a programme's worked examples.

    None where it was loaded from elsewhere: worked examples stay with the files that they stand beside.
    """
    mine = (programme.programme, programme.authority)
    return [line for path in shipped.read(packs_dir()).examples for line in _lines(path) if _pack_of(line) in mine]


def read(line: str) -> Example | str:
    """Return the example in one line, or what is wrong with the line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "this is no JSON object on one line"
    if not isinstance(row, dict):
        return "this is no JSON object on one line"
    for key, kind in _KEYS.items():
        if not isinstance(row.get(key), kind):
            what = "an object" if kind is dict else "a text"
            return f"give `{key}` as {what}"
    return Example(**{key: row[key] for key in _KEYS}, why=str(row.get("why", "")))


def unreadable(path: Path) -> Iterator[str]:
    """Yield what is wrong with each line of a file of examples that cannot be read."""
    try:
        lines = _lines(path)
    except UnicodeDecodeError:
        yield "Save the file as UTF-8"
        return
    for number, line in enumerate(lines, start=1):
        told = read(line) if line.strip() else None
        if isinstance(told, str):
            yield f"line {number}: {told}"


def answer(example: Example, bench: Bench) -> str | None:
    """Return what the rule says, as examples print it; an error is `error: …`; None where no such rule is known."""
    try:
        told = _from_pack(example, bench)
        if told is None and example.rule in DISPATCH:
            told = DISPATCH[example.rule](example.facts, bench.calendar)
    except FrontDoorError as refused:
        return f"error: {'; '.join([refused.message, *(f'{one.where} {one.message}' for one in refused.problems)])}"
    return told


def _from_pack(example: Example, bench: Bench) -> str | None:
    """Return what the pack says; None where it has no such rule, or there is no such pack."""
    try:
        programme = bench.programme(example.pack)
    except NotFound:
        return None
    except DocumentRejected:
        if example.rule in DISPATCH:
            return None
        raise
    return _in_pack(example, programme, bench)


def _in_pack(example: Example, programme: Programme, bench: Bench) -> str | None:
    rules = programme.rules
    given = {**bench.defaults, **example.facts}
    holidays = sorted(day.isoformat() for day in programme.calendar.holidays)
    if example.rule in rules.decisions:
        around = Circumstances(holidays=programme.calendar.version, clock_dates=clock_dates(programme, given))
        receipt = from_facts(rules, example.rule, given, as_of=bench.today, holidays=holidays, around=around)
        return receipt.outcome
    if rules.fact(example.rule) is not None:
        return evaluate_fact(rules, example.rule, given, as_of=bench.today, holidays=holidays)
    clock = _clock(programme, example.rule)
    if clock is None:
        return None
    return print_clock(clock, given, {**programme.parameters, **given}, programme.calendar) or "null"


def clock_dates(programme: Programme, facts: Values) -> dict[str, str]:
    """Return the dates of the clocks whose every event is among the facts, by code; wrong dates are passed over."""
    dates: dict[str, str] = {}
    for code, clock in programme.clocks.items():
        events = {name: facts[name] for name in clock.from_events if facts.get(name) is not None}
        if len(events) == len(clock.from_events):
            try:
                due = clock.due(events, {**programme.parameters, **facts}, programme.calendar)
            except FrontDoorError:
                continue
            dates |= {code: due.due_on.isoformat()} if due else {}
    return dates


def _clock(programme: Programme, name: str) -> Clock | None:
    named = (clock for clock in programme.clocks.values() if name in (clock.code, clock.id))
    return next(named, None)


def _failure(example: Example, told: str) -> str:
    why = f" ({example.why})" if example.why else ""
    return f"{example.id} {example.rule}: expected {example.expect}, got {told}{why}"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").split("\n")


def _pack_of(line: str) -> str:
    found = read(line)
    return found.pack if isinstance(found, Example) else ""
