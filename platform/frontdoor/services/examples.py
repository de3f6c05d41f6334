"""Worked examples: flat facts in, one line of text out, compared exactly. Source: DESIGN section 7, DOMAIN E.

A rule is looked up as decision, fact or clock in its pack, then among the platform's own rules.
"""

import json
from collections.abc import Iterable, Iterator
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
from frontdoor.services.worked_example import Example, Tally
from frontdoor.store import shipped

__all__ = [
    "Bench", "Example", "Tally", "answer", "answer_of", "answers_for", "clock_dates", "of_packs", "programme_of",
    "read", "run", "run_for", "unreadable",
]  # fmt: skip

_A_DAY = date(2026, 11, 23)  # for shipped examples that leave `as_of` out: any day must do
_KEYS = {"id": str, "pack": str, "rule": str, "facts": dict, "expect": str}


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
    """Return what comes of the examples of a programme under changed documents: those shipped, and its own.

    The parameters that it was shipped with are the defaults of the shipped ones: they say what the rules mean, and a
    board that moves a number within its bounds does not make them wrong. Its own say what it means now.
    """
    bench, own = _bench(programme), _own(programme)
    shipped_ones = run(_mine(programme), bench) if bench else Tally()
    told = [(one, answer_of(programme, one.rule, one.facts)) for one in own]
    failures = tuple(_failure(one, says) for one, says in told if says != one.expect)
    passed = shipped_ones.passed + len(own) - len(failures)
    return Tally(passed, (*shipped_ones.failures, *failures), shipped_ones.unknown, shipped_ones.slips)


def answers_for(programme: Programme, rule: str) -> Iterator[tuple[Example, str]]:
    """Yield each shipped example of one rule of a programme, with what the programme says of it now."""
    bench = _bench(programme)
    for example in of_programme(programme) if bench else ():
        if example.rule == rule and bench is not None:
            yield example, answer(example, bench) or ""


def answer_of(programme: Programme, rule: str, facts: Values) -> str:
    """Return what a programme says of some facts, as examples print it; `error: …` where it cannot say."""
    bench = Bench(lambda _: programme, programme.calendar, _A_DAY, {})
    return answer(Example("", programme.programme, rule, facts, ""), bench) or "error: There is no such rule"


def _own(programme: Programme) -> list[Example]:
    """Return the examples that the authority keeps beside its rules."""
    return [
        Example(key, programme.programme, rule, one["given"]["value"], one["expect"], one["label"]["en"])
        for rule, held in programme.tree.get("examples", {}).items()
        for key, one in held.items()
    ]


def _bench(programme: Programme) -> Bench | None:
    """Return where a programme's shipped examples are run; None where it was loaded from elsewhere."""
    packs = gather(shipped.read(packs_dir()).sources)
    if programme.programme not in packs.owners:
        return None
    start = programme_of(packs, programme.programme)
    defaults = {key: value for key, value in start.parameters.items() if key in programme.parameters}
    return Bench(lambda _: programme, calendar_of(packs), _A_DAY, defaults)


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
