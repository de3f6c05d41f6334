"""What the writers of a fused function know about a value: its text in the function, and what it surely is.

Kinds are the engine's `bool`, `number` (may be NaN), `text`, `list`, `any`, and of values that were looked at when they
came in: `num` (finite), `int`, `date` (a whole day that exists), `texts` (a list of texts). `test` is only true or not.
`?` after a kind: it may be None.
"""

from dataclasses import dataclass, replace

from frontdoor.domain.rules.program import NULL_TERM, Term

NEVER = Term("False", "bool", literal=True, value=False)
ALWAYS = Term("True", "bool", literal=True, value=True)
_TEXTS = frozenset({"text", "date"})
_LISTS = frozenset({"list", "texts"})
_FINITE = frozenset({"int", "num"})
_NUMBERS = _FINITE | {"number"}
_TRUE_AS_IN_PYTHON = frozenset({"bool", "int", "num", "test"}) | _TEXTS | _LISTS


class NotFused(Exception):
    """A rule, a form or a table that this way of deciding was not written for."""


@dataclass(frozen=True)
class Slot:
    """One prepared value (ADR 0003) in local names: the value, whether it is none, its ends, whether more may exist.

    `low` and `high` are the value itself where it is known.
    """

    value: Term
    none: Term = NEVER
    low: Term | None = None
    high: Term | None = None
    more: Term = NEVER

    def named(self, path: str) -> dict[str, Term]:
        """Return the terms of the value's path and of its companions' paths."""
        head, dot, last = path.rpartition(".")
        low, high = self.low or self.value, self.high or self.value
        signs = {"": self.value, "!": self.none, "<": low, ">": high, "+": self.more}
        return {f"{head}{dot}{sign}{last}": term for sign, term in signs.items()}


def local(name: str, kind: str) -> Term:
    """Return the term of a local name."""
    return Term(name, kind)


def base(term: Term) -> str:
    """Return the kind without `?`."""
    return term.kind.removesuffix("?")


def nullable(term: Term) -> bool:
    """Tell whether the value may be None."""
    return term.kind.endswith("?") or term.kind in ("any", "test") or term.text == NULL_TERM.text


def surely(term: Term) -> Term:
    """Return the term where it is known not to be None."""
    return replace(term, kind=base(term))


def plain_test(term: Term) -> bool:
    """Tell whether the value is true in Python exactly when it is in JSONLogic."""
    return base(term) in _TRUE_AS_IN_PYTHON or term.text == NULL_TERM.text


def is_text(term: Term) -> bool:
    """Tell whether the value is a text, perhaps None."""
    return base(term) in _TEXTS


def is_list(term: Term) -> bool:
    """Tell whether the value is a list, perhaps None."""
    return base(term) in _LISTS


def is_number(term: Term) -> bool:
    """Tell whether the value is a number and not None."""
    return term.kind in _NUMBERS


def alike(terms: list[Term]) -> str:
    """Return the kind of a value that is one of these."""
    kinds = {_written(term) for term in terms if term.text != NULL_TERM.text}
    if kinds <= _TEXTS and kinds:
        kinds = {"date"} if kinds == {"date"} else {"text"}
    elif kinds <= _NUMBERS and kinds:
        kinds = kinds if len(kinds) == 1 else {"num"} if kinds <= _FINITE else {"number"}
    if len(kinds) != 1 or kinds & {"any", "test"}:
        return "any"
    kind = kinds.pop()
    return kind + "?" if any(nullable(term) for term in terms) else kind


def finite(terms: list[Term]) -> str:
    """Return the kind of a number that is one of these: `int`, `num`, or `number` where it may be NaN or None."""
    kinds = {_written(term) for term in terms}
    return "int" if kinds == {"int"} else "num" if kinds <= _FINITE and not any(map(nullable, terms)) else "number"


def _written(term: Term) -> str:
    """Return the kind, of a literal number whether it is whole."""
    if term.literal and term.kind == "number":
        return "int" if isinstance(term.value, int) else "num"
    return base(term)
