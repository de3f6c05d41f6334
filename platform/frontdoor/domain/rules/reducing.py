"""What the body of a `reduce` may say, and the shapes that carry bounds: `accumulator + X`, `max`, `min`."""

from frontdoor.domain.rules.allowed import ITERATORS, arguments
from frontdoor.domain.rules.plain import Json
from frontdoor.domain.rules.scopes import refuse

_BEYOND = ITERATORS | {"merge", "unknown", "missing", "missing_some", "log"}


def accumulating(body: Json) -> tuple[Json, str]:
    """Return X and the operator of a body like `accumulator + X`, or `(None, "")` if it is none of that shape.

    `if c then accumulator + X else accumulator` is `accumulator + (if c then X else 0)`.
    """
    if not isinstance(body, dict) or len(body) != 1:
        return None, ""
    operator, values = arguments(body)
    if operator in ("if", "?:") and len(values) == 3 and not _mentions(values[0]):
        steps = [(0, "+") if _is_accumulator(value) else accumulating(value) for value in values[1:]]
        if all(found == "+" for _, found in steps):
            return {"if": [values[0], *(step for step, _ in steps)]}, "+"
        return None, ""
    rest = [value for value in values if not _is_accumulator(value)]
    if operator not in ("+", "min", "max") or len(rest) != len(values) - 1 or not rest or _mentions(rest):
        return None, ""
    return (rest[0] if len(rest) == 1 else {operator: rest}), operator


def _is_accumulator(value: Json) -> bool:
    return value in ({"var": "accumulator"}, {"var": ["accumulator"]})


def _mentions(logic: Json) -> bool:
    if isinstance(logic, dict):
        named = logic.get("var")
        named = named[0] if isinstance(named, list) and named else named
        here = isinstance(named, str) and named.split(".")[0] == "accumulator"
        return here or any(map(_mentions, logic.values()))
    return isinstance(logic, list) and any(map(_mentions, logic))


def body_paths(body: Json, at: str) -> list[str]:
    """Return the paths under `current` that a `reduce` reads; DocumentRejected for what it may not contain."""
    if isinstance(body, list):
        return [path for index, each in enumerate(body) for path in body_paths(each, f"{at}/{index}")]
    if not isinstance(body, dict):
        return []
    operator, values = arguments(body)
    if len(body) != 1 or operator in _BEYOND:
        refuse(at, "not_in_reduce", "Keep `reduce` to sums and plain operators: give the inner part a name, as a fact")
    if operator != "var":
        return body_paths(values, f"{at}/{operator}")
    if len(values) != 1 or not isinstance(values[0], str):
        refuse(at, "computed_path", "Write the name out, without a default")
    root = values[0].split(".")[0]
    if root not in ("current", "accumulator"):
        refuse(at, "outer_name", "Inside `reduce` only `current` and `accumulator` can be read")
    return [values[0]] if root == "current" else []
