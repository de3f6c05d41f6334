"""Rules that every programme shares, from flat facts to the text that worked examples expect.

A fact given as `null` is unknown, and what cannot be known without it prints `null`. A fact that is missing or makes
no sense raises RuleFailed, whose message says what to give. Sources: DOMAIN 0.1, 0.6, E, F.1 and F.5.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from math import ceil, floor
from types import MappingProxyType
from typing import Any

from frontdoor.domain import identifiers
from frontdoor.domain.calendar import Calendar, from_document, moment
from frontdoor.domain.canonical import path
from frontdoor.domain.errors import RuleFailed

Facts = Mapping[str, Any]
Rule = Callable[[Facts, Calendar], str]

UNKNOWN = "null"
_BOTH = "cy+en"


def clock(facts: Facts, calendar: Calendar) -> str:
    """CLOCK `{basis, n, from, roll?, holidays?}` → `Fri 2026-12-25 10:00` for elapsed hours, else `Tue 2026-12-29`.

    `holidays` replaces the shipped table: a list of dates, or a whole `holidays` document.
    """
    basis, n, start = (_given(facts, name) for name in ("basis", "n", "from"))
    if basis is None or n is None or start is None:
        return UNKNOWN
    table = _table(facts.get("holidays"), calendar)
    return str(table.due(basis, n, moment(start), _or(facts.get("roll"), "keep")))


def identifier(facts: Facts) -> str:
    """ID `{type, value}` → `valid`, `invalid / FORMAT`, `invalid / CHECK_DIGIT` or `invalid / CHECK_LETTER`."""
    kind, value = _given(facts, "type"), _given(facts, "value")
    return UNKNOWN if kind is None or value is None else identifiers.check(kind, value)


def layer(facts: Facts) -> str:
    """LAYER `{key, locked}` → `reject_pack / KEY_LOCKED` or `load / OVERRIDDEN`.

    Keys are dotted (`measures.timeliness`), slashed, or JSON pointers. A key below a locked one is locked too, and
    so is one above it: to replace the branch is to replace what is locked in it.
    """
    key, locked = _given(facts, "key"), _or(facts.get("locked"), [])
    if key is None:
        return UNKNOWN
    if not isinstance(locked, list):
        raise RuleFailed("`locked` is a list of keys")
    steps = _steps(key)
    touched = any(_one_above_other(steps, _steps(one)) for one in locked)
    return "reject_pack / KEY_LOCKED" if touched else "load / OVERRIDDEN"


def language(facts: Facts) -> str:
    """LANG `{correspondence_language}` → `cy`, `en`, or `cy+en` where it is both, unknown, absent or anything else."""
    spoken = facts.get("correspondence_language")
    return spoken if spoken in ("cy", "en") else _BOTH


def distance(facts: Facts) -> str:
    """DIST `{readings: {NAME: [score, …]}}` → `own_goal_1 +4; own_goal_2 n/a`, in the order given.

    The latest less the first, as listed; unknown scores (`null`) are passed over; no change prints `0`; fewer than two
    scores, or no readings at all, `n/a`.
    """
    readings = _given(facts, "readings")
    if readings is None:
        return UNKNOWN
    if not isinstance(readings, Mapping):
        raise RuleFailed("`readings` holds a list of scores for each name")
    return "; ".join(f"{name} {_travelled(scores)}" for name, scores in readings.items()) or "n/a"


def sample(facts: Facts) -> str:
    """SAMPLE `{n, pct}` → ceiling(n * pct / 100), exactly: at least one of any group that is not empty."""
    if facts.get("n", 0) is None or facts.get("pct", 0) is None:
        return UNKNOWN
    size, share = _count(facts, "n"), _percentage(facts, "pct")
    return str(ceil(size * share / 100))


def trajectory(facts: Facts) -> str:
    """TRAJ `{max, rate_pct, claimed}` → `expected 396; remaining 266; claimed 19.7%`.

    Expected is max * rate, the half rounded up to a whole claim; remaining is never below 0; claimed is of max, to
    one decimal with the half up, `n/a` where max is 0. Exact arithmetic throughout.
    """
    if any(facts.get(name, 0) is None for name in ("max", "rate_pct", "claimed")):
        return UNKNOWN
    most, claimed = _count(facts, "max"), _count(facts, "claimed")
    expected = _half_up(most * _percentage(facts, "rate_pct") / 100)
    share = f"{_half_up(claimed * 1000 / most) / Decimal(10):.1f}%" if most else "n/a"
    return f"expected {expected}; remaining {max(0, expected - int(claimed))}; claimed {share}"


def _alone(rule: Callable[[Facts], str]) -> Rule:
    @wraps(rule)
    def without_calendar(facts: Facts, _: Calendar) -> str:
        return rule(facts)

    return without_calendar


DISPATCH: Mapping[str, Rule] = MappingProxyType(
    {
        "CLOCK": clock,
        "ID": _alone(identifier),
        "LAYER": _alone(layer),
        "LANG": _alone(language),
        "DIST": _alone(distance),
        "SAMPLE": _alone(sample),
        "TRAJ": _alone(trajectory),
    }
)


def _given(facts: Facts, name: str) -> Any:
    if name not in facts:
        raise RuleFailed(f"Give `{name}`")
    return facts[name]


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _table(holidays: Any, shipped: Calendar) -> Calendar:
    if holidays is None:
        return shipped
    if isinstance(holidays, Mapping):
        return from_document(holidays)
    if isinstance(holidays, list):
        return Calendar(frozenset(moment(day).day for day in holidays))
    raise RuleFailed("`holidays` is a list of dates, or a holiday table")


def _steps(key: Any) -> tuple[str, ...]:
    if not isinstance(key, str) or not key:
        raise RuleFailed("A key is written `measures`, `measures.timeliness` or `/measures/timeliness`")
    pointed = path(key) if key.startswith("/") else None
    return pointed or tuple(key.replace("/", ".").split("."))


def _one_above_other(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _travelled(scores: Any) -> str:
    if not isinstance(scores, list):
        raise RuleFailed("Each name in `readings` has a list of scores")
    known = [_number(score, "A score") for score in scores if score is not None]
    if len(known) < 2:
        return "n/a"
    moved = known[-1] - known[0]
    return f"{moved.normalize():+f}" if moved else "0"


def _number(value: Any, what: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float) or not Decimal(value).is_finite():
        raise RuleFailed(f"{what} is a number")
    return Decimal(str(value))


def _count(facts: Facts, name: str) -> Fraction:
    number = Fraction(_number(_given(facts, name), f"`{name}`"))
    if number < 0 or number.denominator != 1:
        raise RuleFailed(f"`{name}` is a whole number from 0 up")
    return number


def _percentage(facts: Facts, name: str) -> Fraction:
    number = Fraction(_number(_given(facts, name), f"`{name}`"))
    if not 0 <= number <= 100:
        raise RuleFailed(f"`{name}` is a percentage from 0 to 100")
    return number


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))
