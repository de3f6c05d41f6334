"""Values as the facts collection holds them: doubles, numbers beside dates, nothing where nothing is known.

What the database would treat otherwise than the engine is noticed here, and such a case is left to the engine.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.rules.coerce import number_text
from frontdoor.domain.rules.facts import fits
from frontdoor.domain.rules.prepare import SIGNS
from frontdoor.domain.rules.pushdown.coercing import DEEPEST_LIST, HEX_DIGITS
from frontdoor.domain.rules.pushdown.days import MARKER, ORDINAL, encoded
from frontdoor.domain.rules.pushdown.pushed import plain_text
from frontdoor.domain.rules.pushdown.steps import is_date
from frontdoor.domain.rules.situation import Fixed
from frontdoor.domain.rules.table import Rules

LONGEST_LIST = 1_000
LARGEST_PRINTED = 1e15
_RADIX = re.compile(rf"\s*0[xXoObB][0-9a-fA-F]{{{HEX_DIGITS + 1},}}")
_HIDING = frozenset({"indexOf", "length", "toString", "valueOf"})  # keys behind which JavaScript finds its own
_TYPED = frozenset({"boolean", "number", "string", "date", "list"})


@dataclass
class Writing:
    """Values as the database holds them; `odd` once something was met that it would treat otherwise."""

    paths: Mapping[str, str]
    rules: Rules
    odd: bool = False
    kinds: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        facts = {fact.name: self.rules.kinds.get(fact.name, "any") for fact in self.rules.facts.values()}
        self.kinds = {**self.paths, **facts, "as_of": "date"}

    def fields(self, held: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Return an object with its companions, and numbers beside its dates."""
        written: dict[str, Any] = {}
        for name, value in held.items():
            if value is None or name.startswith("?"):
                continue
            sign = name[0] if name[0] in SIGNS else ""
            full = f"{path}.{name[len(sign) :]}" if path else name
            self._check(name, value, "boolean" if sign in ("!", "+") else self.kinds.get(full, "any"))
            written[name] = self.value(value, full)
            if is_date(self.kinds, full) and (numbers := encoded(value)) is not None:
                written[MARKER + name], written[ORDINAL + name] = numbers
        return written

    def _check(self, name: str, value: Any, kind: str) -> None:
        if name in _HIDING or name.startswith("$") or "." in name:
            self.odd = True
        if kind in _TYPED and not fits(value, kind):
            self.odd = True

    def value(self, value: Any, path: str, depth: int = 0) -> Any:
        """Return any value: its numbers as doubles."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, int | float):
            return self._number(value)
        if isinstance(value, str):
            self.odd = self.odd or not plain_text(value) or _RADIX.match(value) is not None
            return value if plain_text(value) else ""
        if isinstance(value, Mapping):
            return self.fields(value, path)
        self.odd = self.odd or len(value) > LONGEST_LIST or depth >= DEEPEST_LIST
        grouped = any(name.startswith(f"{path}.") for name in self.paths)
        self.odd = self.odd or (grouped and not all(isinstance(each, Mapping) for each in value))
        return [] if self.odd and depth >= DEEPEST_LIST else [self.value(each, path, depth + 1) for each in value]

    def _number(self, value: float) -> float:
        digits = number_text(value).lstrip("-").replace(".", "").lstrip("0")
        whole = float(value).is_integer() and abs(value) <= 2**53
        fraction = len(digits) <= 15 and "e" not in digits and abs(value) < LARGEST_PRINTED
        self.odd = self.odd or not (whole or fraction)
        return float(value)

    def fixed(self, fixed: Fixed, fact_id: str, rules: Rules) -> dict[str, Any]:
        """Return what a source says: `v`, or `n` for known to be none."""
        if fixed.finding.none:
            return {"n": True}
        value, kind = fixed.finding.value, rules.facts[fact_id].type
        self.odd = self.odd or value is None or not fits(value, kind)
        return {"v": self.value(value, "")}
