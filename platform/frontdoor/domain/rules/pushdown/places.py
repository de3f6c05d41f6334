"""What a name leads to, from where it stands: in the stored record, in an element of a list, inside `reduce`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.lookup import find
from frontdoor.domain.rules.pushdown.pushed import LIST, NotInDatabase, Pushed, Types, literal
from frontdoor.domain.rules.pushdown.steps import OBJECT, element_types, inside, is_date, name, plainly, types_at


class Place(Protocol):
    """Where a rule stands."""

    @property
    def holidays(self) -> Sequence[int] | None:
        """The holidays on weekdays, as ordinals; None where the calendar cannot be read."""

    def read(self, path: str) -> Pushed:
        """Return what a name leads to; null where it leads nowhere."""

    def encoded(self, path: str, sign: str) -> Any:
        """Return the number beside a stored date, `#` or `@`; None where there is none."""

    def element(self, variable: str, listed: str) -> "Place":
        """Return the place inside an iterator over the list at the path `listed`; `variable` holds the element."""

    def step(self, listed: str, total: Types) -> "Place":
        """Return the place inside `reduce`, whose accumulator is of the types `total`."""


@dataclass(frozen=True)
class Inside:
    """One value and what lies in it. `prefix` is the path by which `kinds` know it, "" where they do not.

    `kinds` are certain: whoever stored the values has checked them.
    """

    base: Pushed
    kinds: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    holidays: Sequence[int] | None = ()
    recomputed: frozenset[str] = frozenset()  # names whose stored numbers, beside them, are out of date

    def read(self, path: str) -> Pushed:
        """Return what a name leads to."""
        if not path:
            return self.base
        return self._under(self.base, self.prefix, path.split("."))

    def _under(self, held: Pushed, prefix: str, segments: Sequence[str]) -> Pushed:
        for segment in segments:
            prefix = f"{prefix}.{segment}" if prefix else ""
            held = inside(held, segment, types_at(self.kinds, prefix))
        listed = prefix if held.may(LIST) and prefix else ""
        return replace(held, listed=listed)

    def encoded(self, path: str, sign: str) -> Any:
        """Return the number beside a date of the element."""
        full = f"{self.prefix}.{path}" if self.prefix else ""
        if (
            not self.base.within(OBJECT)
            or "." in path
            or not is_date(self.kinds, full)
            or plainly(full) in self.recomputed
        ):
            return None
        return f"{self.base.expr}.{sign}{path}"

    def element(self, variable: str, listed: str) -> "Inside":
        """Return the place inside an iterator."""
        return replace(
            self, base=Pushed(f"$${variable}", element_types(self.kinds, listed), simple=True), prefix=listed
        )

    def step(self, listed: str, total: Types) -> "Step":
        """Return the place inside `reduce`."""
        return Step(self.element("this", listed), Pushed("$$value", total, simple=True, printable=False))


@dataclass(frozen=True)
class Step:
    """Inside `reduce`: `current` and `accumulator`, and nothing else."""

    current: Inside
    total: Pushed

    @property
    def holidays(self) -> Sequence[int] | None:
        """The holidays, as outside."""
        return self.current.holidays

    def read(self, path: str) -> Pushed:
        """Return what a name leads to."""
        root, _, rest = path.partition(".")
        if root == "current":
            return self.current.read(rest)
        if root == "accumulator":
            return Inside(self.total).read(rest)
        if not path:
            raise NotInDatabase("whole_step", "`reduce` reads its whole step")
        return literal(None)

    def encoded(self, path: str, sign: str) -> Any:
        """Return the number beside a date of the current element."""
        root, _, rest = path.partition(".")
        return self.current.encoded(rest, sign) if root == "current" and rest else None

    def element(self, variable: str, listed: str) -> Inside:
        """Return the place inside an iterator."""
        return self.current.element(variable, listed)

    def step(self, listed: str, total: Types) -> "Step":
        """Return the place inside a further `reduce`."""
        return self.current.step(listed, total)


@dataclass(frozen=True)
class Record:
    """The stored record of a case. Names are what rules call them; `roots` says where each is kept.

    `constants` holds what is the same for every case: parameters, holidays. `given` has expressions for names that are
    worked out before. `whole` is how many segments of a name are objects for certain.
    """

    roots: Mapping[str, str]
    constants: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Pushed] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    whole: Mapping[str, int] = field(default_factory=dict)
    holidays: Sequence[int] | None = ()
    recomputed: frozenset[str] = frozenset()
    row: str = ""  # the path of the group whose row is read as `row`
    row_name: str = "row"

    def read(self, path: str) -> Pushed:
        """Return what a name leads to."""
        segments = path.split(".") if path else []
        root = segments[0] if segments else ""
        if root in self.constants:
            return literal(find(self.constants, tuple(segments), Run(None)))
        if root == "row" and self.row:
            return replace(self._row().read(".".join(segments[1:])), path=path)
        for size in range(len(segments), 0, -1):
            known = self.given.get(".".join(segments[:size]))
            if known is not None:
                return known if size == len(segments) else Inside(known).read(".".join(segments[size:]))
        if root not in self.roots:
            return literal(None)
        return replace(self._stored(path, segments), path=path)

    def _stored(self, path: str, segments: Sequence[str]) -> Pushed:
        certain = min(self.whole.get(segments[0], 0), len(segments) - 1)
        expr = ".".join([self.roots[segments[0]], *map(name, segments[1:certain])])
        prefix = ".".join(segments[: max(certain, 1)])
        start = Pushed(expr, OBJECT if certain else types_at(self.kinds, prefix), simple=True)
        found = Inside(start, self.kinds, prefix).read(".".join(segments[max(certain, 1) :]))
        return found if found.listed or not found.may(LIST) else replace(found, listed=path)

    def _row(self) -> Inside:
        return Inside(
            Pushed(f"$${self.row_name}", OBJECT, simple=True), self.kinds, self.row, self.holidays, self.recomputed
        )

    def encoded(self, path: str, sign: str) -> Any:
        """Return the number beside a stored date."""
        segments = path.split(".")
        if segments[0] == "row" and self.row:
            return self._row().encoded(".".join(segments[1:]), sign)
        if segments[0] not in self.roots or path in self.given or plainly(path) in self.recomputed:
            return None
        if len(segments) != self.whole.get(segments[0], 0) + 1 or not is_date(self.kinds, path):
            return None
        if len(segments) == 1:
            return f"{self.roots[''] + '.' if self.roots.get('') else '$'}{sign}{segments[0]}"
        return ".".join([self.roots[segments[0]], *segments[1:-1], sign + segments[-1]])

    def element(self, variable: str, listed: str) -> Inside:
        """Return the place inside an iterator."""
        return Inside(literal(None), self.kinds, "", self.holidays, self.recomputed).element(variable, listed)

    def step(self, listed: str, total: Types) -> Step:
        """Return the place inside `reduce`."""
        return self.element("this", listed).step(listed, total)
