"""Random rules and data: half as a configurer means them, half as hostile as JSON allows."""

from collections.abc import Callable
from random import Random
from typing import Any

# fmt: off
NEEDS = ["housing", "debt", "school", "crime", "health"]
DATES = ["2026-11-22", "2024-02-29", "2025-02-28", "2021-03-01", "2026-12-25", "2026-12-24T10:00:00Z", "2027-01-31",
         "0001-01-01", "9999-12-31", "2027-02-29", "22/11/2026", "2026-13-01", "0000-01-01", "2026-11-22 "]
TEXTS = ["", "0", "1", "12", "12 weeks", " 5 ", "5e", "1e3", "0x1F", "0b12", "0o17", "-", "-0", "+7", ".5", "5.", "NaN",
         "Infinity", "-Infinity", "true", "null", "a", "abc", "Zoë", "a,b", "1,2", "😀b", "\ud83d", "\ude00", "\uffee",
         "\u00a07", "\x857", "1_0", "\u0661", "length", "[object Object]", "1e400", "9007199254740993", *NEEDS]
NUMBERS: list[Any] = [0, 1, 2, 3, -1, 5, 10, 17, 0.1, 0.2, -0.0, 1.5, -2.5, 1e-7, 123456789.25, 2**53, -(2**53), 4e15,
                      5e-324]
LARGE: list[Any] = [2**53 + 1, 2**60, -(2**60) - 1, 10**25, 10**400, 1e16, 1e21, 1.7e308]
OBJECTS: list[Any] = [{}, {"length": 3}, {"indexOf": 1}, {"indexOf": None}, {"toString": 1}, {"valueOf": 1}, {"and":
                      []}, {"var": "age"}, {"a": 1, "b": 2}, {"var": ["zz", "age"]}, {"missing": ["age", "zz"]}, {"0":
                      "age", "length": 2}]
PATHS = ["age", "score", "name", "needs", "needs.0", "needs.length", "name.length", "name.0", "name.1", "children",
         "dob", "children.0.age", "children.1.dob", "home.town", "home.rooms", "home.zz.y", "zz", "flag", "odd",
         "odd.0", "odd.1", "other", "other.0.0", "seen", "", "needs.01", "needs.-1", "a.b.c.d.e.f", "home.deep.a.b.c.d",
         "huge", "."]
INNER = ["", "age", "dob", "name", "needs", "needs.0", "0", "1", "length", "current", "accumulator",
         "accumulator.length", "current.age", "zz"]
COMPARE = ["==", "===", "!=", "!==", "<", "<=", ">", ">="]
ITERATORS = ["map", "filter", "all", "none", "some", "reduce"]
OF_DATES = ["age_on", "months_between", "days_between", "working_days_between"]
OPERATORS = [*COMPARE, *ITERATORS, *OF_DATES, "var", "var", "missing", "missing_some", "if", "?:", "and", "or", "!",
             "!!", "+", "-", "*", "/", "%", "min", "max", "merge", "in", "cat", "substr", "count_true", "unknown"]
GIVING = {
    "bool": [*COMPARE, *COMPARE, "and", "or", "!", "!!", "in", "some", "all", "none", "unknown", "if"],
    "number": [*OF_DATES, "+", "-", "*", "/", "%", "min", "max", "if", "reduce", "count_true", "var"],
    "text": ["cat", "substr", "if", "var"],
    "list": ["map", "filter", "merge", "missing", "missing_some", "var", "if"],
}
TAKING = {
    "?:": ["bool", "any", "any"], "!": ["any"], "!!": ["any"], "unknown": ["any"], "-": ["number", "number"],
    "/": ["number", "number"], "%": ["number", "number"], "in": ["text", "list"],
    "substr": ["text", "number", "number"], **{operator: ["date", "date"] for operator in OF_DATES},
}
# fmt: on


def pair(random: Random) -> tuple[Any, Any]:
    """Return a rule and its data."""
    if random.random() < 0.5:
        return _meant(random, random.choice(["bool", "number", "text", "any"]), 4, PATHS), form(
            random, hostile=random.random() < 0.4
        )
    return _hostile(random, random.randint(1, 5), PATHS), form(random, hostile=True)


def form(random: Random, *, hostile: bool) -> Any:
    """Return the data of a form; if hostile, a third of it is missing, null, empty or of another type."""
    if hostile and random.random() < 0.03:
        return _odd(random)

    def children() -> list[Any]:
        kinds: list[Callable[[], Any]] = [
            lambda: {
                "age": some(random.randint(0, 18)),
                "dob": some(random.choice(DATES)),
                "name": some("Sam"),
                "needs": some(random.sample(NEEDS, 2)),
            }
        ]
        return [
            random.choice(kinds)() if not hostile or random.random() < 0.8 else _odd(random)
            for _ in range(random.randint(0, 4))
        ]

    def some(value: Any) -> Any:
        return _odd(random) if hostile and random.random() < 0.3 else value

    data = {
        "age": some(random.randint(0, 90)),
        "score": some(random.choice([*NUMBERS, *LARGE])),
        "name": some(random.choice(["Anna", "Zoë", "😀b"])),
        "needs": some(random.sample(NEEDS, random.randint(0, 4))),
        "children": some(children()),
        "flag": some(random.random() < 0.5),
        "home": some(
            {"town": some("Derby"), "rooms": some(random.randint(0, 6)), "deep": {"a": {"b": {"c": {"d": some(4)}}}}}
        ),
        "dob": some(random.choice(DATES)),
        "seen": some(random.choice(DATES)),
        "huge": some(random.choice(LARGE)),
        "odd": _odd(random),
        "other": _odd(random),
        "holidays": some(["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-28"]),
    }
    return {key: value for key, value in data.items() if random.random() < (0.85 if hostile else 0.95)}


def _odd(random: Random, depth: int = 2) -> Any:
    roll = random.random()
    if roll < 0.25:
        return random.choice([None, "", True, False])
    if roll < 0.45:
        return random.choice(TEXTS + DATES)
    if roll < 0.65:
        return random.choice(NUMBERS + LARGE)
    if roll < 0.75:
        return random.choice(OBJECTS)
    return [_odd(random, depth - 1) for _ in range(random.randint(0, 3))] if depth else []


def _meant(random: Random, kind: str, depth: int, paths: list[str]) -> Any:
    """Return a rule whose arguments are of the types its operator is for."""
    if depth == 0 or random.random() < 0.15:
        return _leaf(random, kind, paths)
    operator = random.choice(GIVING.get(kind, OPERATORS))
    return {operator: _arguments(random, operator, kind, depth - 1, paths)}


def _arguments(random: Random, operator: str, kind: str, depth: int, paths: list[str]) -> Any:
    def of(*kinds: str) -> list[Any]:
        return [_meant(random, each, depth, paths) for each in kinds]

    if operator in COMPARE:
        each = random.choice(["number", "number", "text", "any"])
        return of(each, each, each) if operator in {"<", "<="} and random.random() < 0.3 else of(each, each)
    if operator in ITERATORS:
        rule = _meant(random, "number" if operator in {"map", "reduce"} else "bool", depth, INNER)
        return [*of("list"), rule, *(of("number") if operator == "reduce" else [])]
    if operator == "if":
        return of(*(["bool", kind] * random.randint(1, 4)), kind)
    if operator in TAKING:
        return of(*TAKING[operator])
    if operator in {"var", "missing", "missing_some"}:
        return _named(random, operator, paths, of(kind))
    each = {"and": "bool", "or": "bool", "cat": "any", "merge": "list", "count_true": "bool"}.get(operator, "number")
    return of(*[each] * random.randint(1, 4))


def _named(random: Random, operator: str, paths: list[str], default: list[Any]) -> Any:
    if operator == "var":
        return [random.choice(paths), *([] if random.random() < 0.6 else default)]
    names = [random.choice(PATHS) for _ in range(random.randint(1, 4))]
    return names if operator == "missing" else [random.randint(0, 3), names]


def _leaf(random: Random, kind: str, paths: list[str]) -> Any:
    if random.random() < 0.5:
        return {"var": random.choice(paths)}
    if kind == "number":
        return random.choice(NUMBERS)
    if kind == "text":
        return random.choice(TEXTS)
    if kind == "date":
        return random.choice(DATES)
    if kind == "list":
        return random.choice([["a", 1], [1, 2, 3], NEEDS, [], [[1], [2, 3]], [{"var": "age"}, {"var": "odd"}]])
    return random.choice([True, False, None, 0, "", "0", [], 1, {}]) if kind == "any" else random.random() < 0.5


def _hostile(random: Random, depth: int, paths: list[str]) -> Any:
    """Return a rule with any operator on any number of any arguments."""
    if depth == 0 or random.random() < 0.2:
        return _hostile_leaf(random, paths)
    operator = random.choice(OPERATORS)
    if operator in ITERATORS and random.random() < 0.9:
        scope = (
            _hostile(random, depth - 1, paths)
            if random.random() < 0.5
            else {"var": random.choice(["children", "needs", "odd", "other"])}
        )
        rest = [_hostile(random, depth - 1, paths)] if random.random() < 0.5 else []
        return {operator: [scope, _hostile(random, depth - 1, INNER), *rest]}
    count = random.choice([0, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 7])
    if operator == "var" and random.random() < 0.5:
        return {
            "var": [
                random.choice([*paths, *TEXTS, 0, 1, 1.5, None, True]),
                *(_hostile(random, depth - 1, paths) for _ in range(count // 3)),
            ]
        }
    if count == 1 and random.random() < 0.5:
        return {operator: _hostile(random, depth - 1, paths)}
    return {operator: [_hostile(random, depth - 1, paths) for _ in range(count)]}


def _hostile_leaf(random: Random, paths: list[str]) -> Any:
    roll = random.random()
    if roll < 0.4:
        return {"var": random.choice(paths)}
    if roll < 0.6:
        return random.choice(NUMBERS)
    if roll < 0.8:
        return random.choice(TEXTS + DATES)
    if roll < 0.9:
        return random.choice([None, True, False, [], {}])
    return [_hostile_leaf(random, paths) for _ in range(random.randint(0, 3))]
