"""What a `var` may name where it stands, and what is known of that name beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.rules.allowed import ITERATORS, arguments
from frontdoor.domain.rules.plain import Json
from frontdoor.domain.rules.terms import Term, element, steady, variable

# Where a name must begin, and how many segments name one value; what follows lies inside that value.
ROOTS: Mapping[str, int] = {
    "answers": 3, "facts": 2, "parameters": 2, "row": 2, "case": 2, "family": 2, "capacity": 2, "decisions": 3,
    "as_of": 1,
}  # fmt: skip

Kinds = Mapping[str, str]  # "answers.e_nomination.members.dob" -> "date"; what is not listed may be anything


def refuse(at: str, code: str, message: str) -> NoReturn:
    """Raise DocumentRejected for the rule's node at the JSON pointer `at`; the message says what to write instead."""
    raise DocumentRejected("This rule cannot decide anything yet", problems=[Problem(at, code, message)])


@dataclass(frozen=True)
class Scope:
    """One place in a rule: `root`, or inside an iterator one `element`, or in `reduce` (`current`, `accumulator`).

    `prefix` is the path of the list, where it is known, so that elements keep their kinds.
    """

    kinds: Kinds
    place: str = "root"
    prefix: str = ""
    over: str = ""  # at the root of a row's logic: the path of its group
    faults: list[Json] = field(default_factory=list, compare=False)  # when what is read here has no result

    def inner(self, place: str, list_path: str) -> "Scope":
        """Return the scope inside an iterator over the list at `list_path` ("" where it is not simply a name)."""
        return Scope(self.kinds, place, list_path)

    def path_of(self, logic: Any) -> str:
        """Return the full path of a list that is simply named, filters looked through; else ""."""
        while isinstance(logic, dict) and "filter" in logic:
            logic = logic["filter"][0]
        name = logic.get("var") if isinstance(logic, dict) else None
        name = name[0] if isinstance(name, list) and name else name
        return self.full(name) if isinstance(name, str) else ""

    def full(self, path: str) -> str:
        """Return the whole path of a name that is read from here; empty where the list has no name."""
        if self.place == "root":
            root, _, rest = path.partition(".")
            return f"{self.over}.{rest}" if root == "row" else path
        if self.place == "reduce":
            path = "" if path.split(".")[0] == "accumulator" else path.removeprefix("current").removeprefix(".")
        return ".".join(part for part in (self.prefix, path) if part) if self.prefix else ""

    def read(self, path: str, at: str) -> Term:
        """Return the term of `var`; DocumentRejected where the name cannot be read from here."""
        segments = path.split(".") if path else []
        if "length" in segments[1:]:
            words = "Count with `reduce` or `count_true`: a length forgets that a list is incomplete"
            refuse(at, "length_refused", words)
        kind = self._kind(self.full(path))
        if self.place == "root":
            return self._read_root(path, segments, kind, at)
        start = 0
        if self.place == "reduce":
            if segments[:1] != ["current"]:
                refuse(at, "outer_name", "Inside `reduce` only `current` and `accumulator` can be read")
            start = 1
        elif segments[:1] and segments[0] in ROOTS and (len(segments) > 1 or segments[0] == "as_of"):
            refuse(at, "outer_name", f"`{path}` cannot be seen from inside a list: use a fact with `over` instead")
        if len(segments) == start:
            return element(path)
        return variable(path, kind, _containers(segments, start + 1))

    def _kind(self, full: str) -> str:
        """Return the kind of a path; `capacity.free.*` in `kinds` speaks for every code inside."""
        return self.kinds.get(full) or self.kinds.get(f"{full.rpartition('.')[0]}.*", "any")

    def _read_root(self, path: str, segments: list[str], kind: str, at: str) -> Term:
        root = segments[0] if segments else ""
        whole = ROOTS.get(root)
        if whole is None or len(segments) < whole:
            names = ", ".join(name if size == 1 else f"{name}." for name, size in ROOTS.items())
            refuse(at, "unknown_name", f"Begin the name with one of {names} and name one value")
        if root == "row" and not self.over:
            refuse(at, "no_row", "Only a fact with `over` reads `row`: it says of which group")
        if root == "as_of":
            return steady(path, "date")
        if root == "parameters":
            return steady(path, kind)
        if root == "decisions":
            kind = "string"
        return variable(path, kind, _containers(segments, whole))


def _containers(segments: list[str], whole: int) -> tuple[str, ...]:
    """Return the paths of the values that hold the named one and may be none themselves."""
    return tuple(".".join(segments[:size]) for size in range(whole, len(segments)))


def names(logic: Any, over: str = "", place: str = "root", prefix: str = "") -> frozenset[str]:
    """Return every name a rule reads: `facts.local`; `answers.FORM.GROUP.dob` inside an iterator or as `row.dob`."""
    if isinstance(logic, list):
        return frozenset().union(*(names(each, over, place, prefix) for each in logic))
    if not isinstance(logic, dict) or len(logic) != 1:
        return frozenset()
    operator, values = arguments(logic)
    if operator == "var":
        path = str(values[0]) if values and isinstance(values[0], str | int) else ""
        full = Scope({}, place, prefix, over).full(path)
        return frozenset({full} if full else ())
    if operator not in ITERATORS or len(values) < 2:
        return names(values, over, place, prefix)
    inner = "reduce" if operator == "reduce" else "element"
    listed = Scope({}, place, prefix, over).path_of(values[0])
    outside = names([values[0], *values[2:]], over, place, prefix)
    return outside | names(values[1], over, inner, listed)
