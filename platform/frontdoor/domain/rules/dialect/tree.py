"""What a rule editor can show: conditions and values as a frozen tree. Everything else is `Advanced`.

A tree is a reading of JSONLogic, never a second meaning: `reading.read` makes it, `writing.write` gives back exactly
the logic that was read. Source: ADR 0018.
"""

from dataclasses import dataclass
from typing import Any, Union

JOINS = ("all", "any", "not_all", "not_any", "unknown", "not_unknown")
QUANTIFIERS = ("any", "every", "none", "not_any", "not_every")
MEASURES = ("age", "months", "days", "working_days")


@dataclass(frozen=True)
class Literal:
    """One value as typed: text, number, yes or no, None (nothing), or a tuple of texts or of numbers."""

    value: Any


@dataclass(frozen=True)
class Named:
    """Something with a name: `answers.FORM.QUESTION`, `facts.ID`, `parameters.ID`, `row.ID`, `as_of` and so on.

    In a test on the rows of a list the path is the question in the row, and `""` the row itself.
    """

    path: str


@dataclass(frozen=True)
class Span:
    """Time from one date to another: `measure` is one of MEASURES; for an age `since` is the date of birth."""

    measure: str
    since: Named | Literal
    until: Named | Literal


@dataclass(frozen=True)
class Count:
    """How many of these conditions are true."""

    clauses: tuple["Condition", ...]


@dataclass(frozen=True)
class Chosen:
    """Those of a list for which a condition holds; inside it, names are those of the row."""

    of: Named
    where: "Condition"


@dataclass(frozen=True)
class HowMany:
    """How many a list holds, or how many were chosen of it."""

    of: Named | Chosen


Subject = Named | Span | Count | Chosen | HowMany


@dataclass(frozen=True)
class Test:
    """[subject] [operator] [value]: `operator` is a code of `operators.OPERATORS`; some take no value."""

    __test__ = False  # pytest is not meant

    subject: Subject
    operator: str
    value: Literal | Named | None = None


@dataclass(frozen=True)
class Group:
    """Clauses joined: `join` is one of JOINS; `unknown` has one clause, of which it is not known whether it holds."""

    join: str
    clauses: tuple["Condition", ...]


@dataclass(frozen=True)
class Rows:
    """A test on the rows of a list: any, every or none of them; inside it, names are those of the row."""

    quantifier: str
    of: Named | Chosen
    where: "Condition"


@dataclass(frozen=True)
class Fixed:
    """Always, or never."""

    holds: bool


@dataclass(frozen=True)
class Case:
    """One case of several: when this holds, then that."""

    when: "Condition"
    then: "Rule"


@dataclass(frozen=True)
class Cases:
    """The first case that holds gives the result; results are all conditions, or all values."""

    cases: tuple[Case, ...]
    otherwise: "Rule"


Condition = Group | Test | Rows | Fixed | Cases
Value = Literal | Named | Span | Count | Chosen | HowMany | Cases
Rule = Union["Condition", "Value"]


def stays_unknown(case: Case) -> bool:
    """Return whether a case only passes on that something is not known: "when X is not known, then X"."""
    return isinstance(case.then, Named) and case.when == Test(case.then, "not_known")


@dataclass(frozen=True)
class Advanced:
    """Logic outside the dialect, whole: shown in words and as read-only JSON, never half-read."""

    logic: Any
