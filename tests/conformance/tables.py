"""Random decision tables and random stored cases: typed answers, a quarter of them missing, and one of any type."""

from collections.abc import Mapping
from random import Random
from typing import Any

from tests.domain.rules.generated import AS_OF, DAYS, WORDS, Writer

from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.prepare import NONE, UNKNOWN, Finding, between, place
from frontdoor.domain.rules.situation import Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Rules

MISSING = 0.25
HOLIDAYS = ("2026-12-25", "2026-12-28", "2026-11-20", "2015-06-01")
KIDS = "answers.f.kids"
ASKED: Mapping[str, str] = {
    "b1": "boolean", "b2": "boolean", "b3": "boolean", "n1": "number", "n2": "number", "d1": "date", "d2": "date",
    "s1": "string", "l1": "list", "odd": "any",
}  # fmt: skip
OF_ROW: Mapping[str, str] = {"dob": "date", "days": "number", "out": "boolean", "word": "string"}
KINDS = {
    **{f"answers.f.{name}": kind for name, kind in ASKED.items()},
    KIDS: "list",
    f"{KIDS}.id": "string",
    **{f"{KIDS}.{name}": kind for name, kind in OF_ROW.items()},
}
_TYPES = {"boolean": "boolean", "number": "number", "date": "date", "string": "string", "list": "list"}
ODD = [None, "", "0", "2", "abc", "2026-01-01", True, False, 0, 2, 2.5, [], [1], ["a", None], {}, {"a": 1}, "12 weeks"]
TEXT = {"en": "Words"}


def _fact(order: int, kind: str, logic: Any, **more: Any) -> dict[str, Any]:
    return {"order": order, "label": TEXT, "type": kind, "logic": logic, **more}


def table(random: Random) -> Rules:
    """Return rules with one decision T: facts of every kind, some over rows, and three to seven rows."""
    while True:
        try:
            return parse_rules({"t": _document(random)}, KINDS)
        except Exception as refused:
            if type(refused).__name__ not in ("DocumentRejected", "RuleRefused"):
                raise


def _document(random: Random) -> dict[str, Any]:
    facts = {
        name: _fact(1, _TYPES[kind], {"var": f"answers.f.{name}"}) for name, kind in ASKED.items() if kind != "any"
    }
    facts["b3"]["unknown_as"], facts["b3"]["unknown_because"] = False, TEXT
    facts.update(_derived(random))
    reads = [f"facts.{name}" for name, fact in facts.items() if fact["type"] == "boolean" and fact.get("roll_up", "x")]
    rows = {f"r{index}": _row(random, index, reads) for index in range(random.randint(3, 7))}
    otherwise = {"decision": "d0", "reason_code": "OTHER", "intended": True, "texts": {}}
    hit = random.choice(["first", "first", "first", "exclusive", "collect"])
    decision = {"order": 1, "title": TEXT, "hit": hit, "outcomes": {}, "rows": rows, "otherwise": otherwise}
    parameter = {"order": 1, "label": TEXT, "type": "number", "value": 1, "source": "Test"}
    return {"id": "t", "title": TEXT, "parameters": {"p": parameter}, "facts": facts, "decisions": {"T": decision}}


def _derived(random: Random) -> dict[str, Any]:
    """Return facts that are worked out: of the family, of each row, and of the rows together."""
    writer = Writer(random, 2)
    inner = Writer(random, 2, inside="row.")
    odd = {"var": "answers.f.odd"}
    facts = {
        "x1": _fact(10, "boolean", writer.condition()),
        "x2": _fact(11, "number", writer.number()),
        "x3": _fact(12, "date", writer.day()),
        "x4": _fact(
            13,
            "boolean",
            random.choice(
                [
                    {"==": [odd, random.choice(["2", 2, "abc", True, ""])]},
                    {random.choice(["<", ">=", ">"]): [odd, random.choice([2, "2", "b"])]},
                    {"in": [odd, ["abc", "2", 2, True]]},
                    {"!!": [odd]},
                    {">": [{random.choice(["+", "*", "/", "%"]): [odd, {"var": "facts.n1"}]}, 1]},
                    {"==": [{"cat": [{"var": "facts.s1"}, "-", {"var": "facts.s1"}]}, "a-a"]},
                    {"==": [{"substr": [{"var": "facts.s1"}, 0, 1]}, "b"]},
                    {">": [{"working_days_between": [{"var": "facts.d1"}, {"var": "facts.d2"}]}, 20]},
                    {">": [{"months_between": [{"var": "facts.d1"}, {"var": "as_of"}]}, 60]},
                ]
            ),
        ),
        "y1": _fact(14, "boolean", inner.condition(), over=KIDS),
        "y2": _fact(15, random.choice(["number", "number", "integer"]), inner.number(), over=KIDS),
        "y3": _fact(16, "date", {"if": [inner.condition(), {"var": "row.dob"}, None]}, over=KIDS),
        "z1": _fact(17, "boolean", {"and": [{"var": "row.y1"}, inner.condition()]}, over=KIDS, roll_up="any"),
        "z2": _fact(18, "boolean", {"or": [{"var": "row.y1"}, {"var": "facts.b1"}]}, over=KIDS, roll_up="all"),
        "z3": _fact(19, "integer", inner.condition(), over=KIDS, roll_up="count"),
        "z4": _fact(20, "list", {"var": "row.y2"}, over=KIDS, roll_up="list"),
        "z5": _fact(
            21, "boolean", {"<": [{"age_on": [{"var": "row.y3"}, {"var": "as_of"}]}, 12]}, over=KIDS, roll_up="none"
        ),
    }
    return {name: fact for name, fact in facts.items() if name[0] in "xy" or random.random() < 0.8}


def _row(random: Random, index: int, reads: list[str]) -> dict[str, Any]:
    pick = random.random()
    name = {"var": random.choice(reads)}
    if pick < 0.5:
        when: Any = Writer(random, 2).condition()
    elif pick < 0.6:
        when = {"or": [name, {"unknown": [{"var": random.choice(reads)}]}]}
    elif pick < 0.7:
        when = {">=": [{"var": "facts.x2"}, {"var": "parameters.p"}]}
    elif pick < 0.8:
        when = {"some": [{"var": KIDS}, {"var": "y1"}]}
    else:
        when = {random.choice(["and", "or"]): [name, Writer(random, 1).condition()]}
    argument = {"argument": {"/": [1, {"var": "facts.n1"}]}} if random.random() < 0.15 else {}
    return {
        "order": index, "label": TEXT, "when": when, "decision": f"d{random.randint(0, 2)}", "reason_code": f"R{index}",
        "texts": {}, "protective": random.random() < 0.15, **argument,
    }  # fmt: skip


def situation(random: Random) -> Situation:
    """Return a stored case's situation: a quarter of its answers are missing, some are between bounds or none."""
    held: dict[str, Any] = {}
    for name, kind in ASKED.items():
        place(held, name, _finding(random, kind))
    rows = []
    for number in range(random.randint(0, 3)):
        row: dict[str, Any] = {"id": f"k{number}"}
        for name, kind in OF_ROW.items():
            place(row, name, _finding(random, kind))
        rows.append(row)
    place(held, "kids", UNKNOWN if random.random() < MISSING / 2 else Finding(rows, complete=random.random() < 0.7))
    data = {
        "answers": {"f": held}, "parameters": {"p": 1}, "decisions": {}, "family": {}, "case": {}, "capacity": {},
        "as_of": AS_OF, "holidays": list(HOLIDAYS),
    }  # fmt: skip
    facts = {"x1": _said(random)} if random.random() < 0.1 else {}
    said = {"y1": {"k0": _said(random)}} if rows and random.random() < 0.1 else {}
    return Situation(data, facts, said)


def _said(random: Random) -> Fixed:
    return Fixed(Finding(random.random() < 0.5), Provenance("verified"))


def _finding(random: Random, kind: str) -> Finding:
    if random.random() < MISSING:
        return UNKNOWN
    if kind == "boolean":
        return Finding(random.random() < 0.5)
    if kind == "number":
        return Finding(random.choice([-1, 0, 1, 2, 3, 3, 1.5]))
    if kind == "any":
        value = random.choice(ODD)
        return UNKNOWN if value is None else Finding(value)
    if random.random() < 0.1 and kind != "list":
        return NONE
    if kind == "date":
        low, high = sorted(random.sample(DAYS, 2))
        return between(low, high) if random.random() < 0.2 else Finding(random.choice(DAYS))
    if kind == "list":
        words = [word for word in WORDS if random.random() < 0.5]
        return Finding(words, complete=random.random() < 0.8)
    return Finding(random.choice(WORDS))
