"""How `var`, `missing` and `missing_some` are written as Python: a path the rule spells out is split once."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.lookup import split_path
from frontdoor.domain.rules.program import HoldsUndefined, Term, Writer, and_drop, fixed

_IN_LINE_PATH: Final = 4  # segments of a path that are written out; longer ones are walked


def _var(w: Writer, path: Term, default: Term) -> Term:
    if not path.literal:
        return w.build(f"look(d, split_path({path.text}, r), {default.text}, r)", [path, default])
    segments = split_path(path.value, Run(None))
    if segments is None:
        return w.call("({})[0]", [Term("d"), default]) if not default.literal else Term("d")
    if w.undefined or default.text != "U" or len(segments) > _IN_LINE_PATH:
        return w.build(f"look(d, {w.bind(segments)}, {default.text}, r)", [default])
    return _in_line(w, "d", segments)


def _in_line(w: Writer, place: str, segments: tuple[str, ...], *, read: str = "") -> Term:
    """Write the steps through plain dicts, and leave the rest to `find`. `read` gives `place` its value."""
    otherwise = f"find({place}, {w.bind(segments)}, r)"
    step = f"{place}.get({w.bind(segments[0])})"
    if len(segments) > 1:
        inner = w.fresh("t")
        step = _in_line(w, inner, segments[1:], read=f"({inner} := {step})").text
    return w.build(f"({step} if {read or place}.__class__ is dict else {otherwise})", [])


def _missing(w: Writer, values: list[Any]) -> Term:
    keys = values[0] if values and isinstance(values[0], list) else values
    terms = [w.term(each) for each in values]
    if any(isinstance(key, list | dict) for key in keys):
        if not w.undefined:
            raise HoldsUndefined
        return w.call("missing({})", [Term("d"), Term("r"), *terms], "list")
    run = Run(None)
    paths = tuple((w.literal(key).value, split_path(key, run)) for key in keys)
    found = w.build(f"missing_paths(d, {w.bind(paths)}, r)", [], "list")
    return and_drop(w, found, terms[1:] if keys is not values else [])


def _missing_some(w: Writer, need: Term, options: Term) -> Term:
    if not w.undefined:
        raise HoldsUndefined
    return w.call("missing_some({})", [Term("d"), Term("r"), need, options], "list")


FACTS: Final[dict[str, Callable[[Writer, list[Any]], Term]]] = {
    "var": partial(fixed, count=2, write=_var),
    "missing": _missing,
    "missing_some": partial(fixed, count=2, write=_missing_some),
}
