"""What is said of a family besides its forms: by sources, by the platform, by earlier decisions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.answers import Asking, Model, day, some_number
from frontdoor.domain.rules.symbolic.calendar_days import day_of
from frontdoor.domain.rules.symbolic.formulas import Formula, below, either, same, variable
from frontdoor.domain.rules.symbolic.open_findings import OpenFinding, either_finding, empty
from frontdoor.domain.rules.symbolic.values import DATE, NUMBER, OBJECT, TEXT, Value, listed, of_kind, truth, whole

Json = Any
Read = Callable[[Model], Json]


@dataclass(frozen=True, eq=False)
class Stated:
    """Something that is said or not, besides the forms: when it is, and what."""

    said: Formula
    finding: OpenFinding
    read: Read


class Statements:
    """Makes what may be said, and keeps what is true of all of it."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.allowed: list[Formula] = []

    def numbers_by_code(self, path: str, codes: list[str]) -> Stated:
        """Return numbers by code, none of them negative."""
        name = f"platform|{path}"
        numbers = {code: variable(f"{name}|{code}", formulas.WHOLE) for code in codes if code}
        self.allowed += [formulas.at_most(formulas.ZERO, each) for each in numbers.values()]
        value = of_kind(OBJECT, {code: of_kind(NUMBER, each) for code, each in numbers.items()})

        def read(model: Model) -> Json:
            return {code: whole(model(each)) for code, each in numbers.items()}

        return Stated(variable(f"{name}|said", formulas.TRUTH), OpenFinding(value), read)

    def stated(
        self, name: str, kind: str, schema: Mapping[str, Json], options: list[str], *, none: bool = True
    ) -> Stated:
        """Return a value of a type that may be said, or said to be none; `options` are the texts that it can be."""
        said, nothing = (variable(f"{name}|{part}", formulas.TRUTH) for part in ("said", "none"))
        value, read = self._some(name, kind, schema, options)
        if kind == "boolean" or not none:
            return Stated(said, OpenFinding(value), read)
        finding = either_finding(nothing, empty(kind, self._asking.codes), OpenFinding(value))
        return Stated(said, finding, lambda model: None if model(nothing) else read(model))

    def _some(self, name: str, kind: str, schema: Mapping[str, Json], options: list[str]) -> tuple[Value, Read]:
        """Return some value of a type, and how to read it."""
        codes = self._asking.codes
        if kind == "boolean":
            held = variable(f"{name}|yes", formulas.TRUTH)
            return truth(held), lambda model: bool(model(held))
        if kind in ("integer", "number"):
            held, allowed = some_number(name, {**schema, "type": kind})
            self.allowed.append(allowed)
            return of_kind(NUMBER, held), lambda model: whole(model(held))
        if kind == "date":
            held, allowed = day(name, self._asking.as_of)
            self.allowed.append(allowed)
            return of_kind(DATE, held), lambda model: day_of(model(held)).isoformat()
        if kind == "list":
            listed_codes = options or [
                each for each in schema.get("items", {}).get("enum", ()) if isinstance(each, str)
            ]
            ticks = [(variable(f"{name}|{code}", formulas.TRUTH), code) for code in listed_codes]
            value = listed((tick, of_kind(TEXT, codes.number(code))) for tick, code in ticks)
            return value, lambda model: [code for tick, code in ticks if model(tick)]
        held = variable(f"{name}|text", formulas.WHOLE)
        choices = options or _texts(schema.get("enum", ()))
        same_as = either(*(same(held, codes.number(code)) for code in choices))
        self.allowed.append(same_as if choices else below(formulas.ZERO, held))
        return of_kind(TEXT, held), lambda model: codes.text(int(model(held)))


def _texts(values: Iterable[Json]) -> list[str]:
    return [each for each in values if isinstance(each, str)]
