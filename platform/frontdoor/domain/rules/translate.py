"""One condition becomes two plain rules: *surely true* and *surely false*. ADR 0003 is the table."""

from dataclasses import dataclass
from typing import NoReturn

from frontdoor.domain.rules.check_rule import TRANSLATED, refusals
from frontdoor.domain.rules.comparing import TooEntangled
from frontdoor.domain.rules.expressions import read
from frontdoor.domain.rules.plain import Json, disj, size
from frontdoor.domain.rules.scopes import Kinds, Scope, refuse
from frontdoor.domain.rules.terms import Bound, Term

MAX_GROWTH, MAX_EXTRA = 40, 400  # nodes of the two rules together, per node of the source, and on top


@dataclass(frozen=True)
class Translation:
    """Plain rules over prepared data. Never are both true; where neither is, the condition is unknown.

    `failing` is asked only then: it is true when the reason is a calculation without a result (a division by nought,
    a text where a number is due), which is an error and not a missing answer.
    """

    surely_true: Json
    surely_false: Json
    failing: Json = False


@dataclass(frozen=True)
class ValueTranslation:
    """Plain rules that say what is known of a value: none, `value` where `some`, else its bounds; `failing` as above.

    Of a list, `present` is what surely belongs to it, whether or not that is all.
    """

    none: Json
    some: Json
    value: Json
    low: Bound
    high: Bound
    present: Json = None
    failing: Json = False


def translate(logic: Json, kinds: Kinds | None = None, *, over: str = "", at: str = "") -> Translation:
    """Return the rules of a condition.

    `kinds` says of what kind a path is, `over` is the path of the group whose rows the condition reads as `row`,
    `at` the JSON pointer of the condition. Raises DocumentRejected, with the pointer, for what decision logic may not
    say, and for a rule whose translation grows beyond MAX_GROWTH or beyond what the engine takes.
    """
    term, failing = _read(logic, Scope(kinds or {}, over=over), at)
    _check_growth(logic, [term.truth, term.falsity, failing], at)
    return Translation(term.truth, term.falsity, failing)


def translate_value(logic: Json, kinds: Kinds | None = None, *, over: str = "", at: str = "") -> ValueTranslation:
    """Return the rules of a value that is no condition: a number, date, text or list. Errors as `translate`."""
    term, failing = _read(logic, Scope(kinds or {}, over=over), at)
    present = None
    if term.parts is not None:
        surely = [part.surely() for part in term.parts]
        present = surely[0] if len(surely) == 1 else {"merge": surely}
    _check_growth(logic, [term.none, term.some, term.value, term.low.value, term.high.value, failing], at)
    return ValueTranslation(term.none, term.some, term.value, term.low, term.high, present, failing)


def _read(logic: Json, scope: Scope, at: str) -> tuple[Term, Json]:
    try:
        term = read(logic, scope, at)
    except (TooEntangled, RecursionError):
        _refuse_entangled(at)
    return term, disj(*scope.faults)


def _check_growth(logic: Json, rules: list[Json], at: str) -> None:
    counted: dict[int, int] = {}
    try:
        grown = sum(size(rule, counted) for rule in rules)
    except RecursionError:
        _refuse_entangled(at)
    if grown > MAX_GROWTH * size(logic) + MAX_EXTRA or any(refusals(rule, TRANSLATED) for rule in rules):
        _refuse_entangled(at)


def _refuse_entangled(at: str) -> NoReturn:
    words = "Conditions lie inside comparisons inside conditions: give the inner one a name, as a fact"
    refuse(at, "too_entangled", words)
