"""The boxes in which people fill in an entry of a rule set: which it has, and how each is typed.

`BOXES` is the whole list: a page draws its form from it, `entered.py` reads what was typed, and what an entry holds
beside its boxes (its logic, its rows) is never touched by them. Beside the sorts of any document: typed, a value of the
entry's own type, a list one on a line · values: several of that type · argument: what is printed after the reason code,
`NAME` a name and `NAME.clock` a clock.
"""

from collections.abc import Mapping

from frontdoor.domain.boxes import Box

__all__ = ["BOXES", "Box", "Place", "sort_of"]

Place = tuple[str, ...]


_TEXTS = tuple(Box(f"texts/{reader}", "text", required=True) for reader in ("staff", "referrer", "family"))
_RESULT = (Box("decision", "code", required=True), Box("reason_code", "code", required=True), *_TEXTS)
_LABEL = Box("label", "text", required=True)

BOXES: Mapping[str, tuple[Box, ...]] = {
    "parameter": (
        _LABEL,
        Box("type", "choice", required=True, choices=("integer", "number", "string", "boolean", "list")),
        Box("value", "typed", required=True),
        Box("unit", "text"),
        Box("bounds/min", "number"),
        Box("bounds/max", "number"),
        Box("bounds/options", "values"),
        Box("source", "line", required=True),
        Box("applied_by", "text"),
    ),
    "fact": (
        _LABEL,
        Box("question", "text"),
        Box("type", "choice", required=True, choices=("boolean", "integer", "number", "string", "date", "list")),
        Box("code", "code"),
        Box("over", "line"),
        Box("roll_up", "choice", choices=("any", "all", "none", "count", "list")),
        Box("if_omitted", "typed"),
        Box("unknown_as", "typed"),
        Box("unknown_because", "text"),
        Box("justification", "text"),
    ),
    "source": (_LABEL,),
    "option": (_LABEL,),
    "table": (
        Box("order", "number", required=True),
        Box("title", "text", required=True),
        Box("justification", "text"),
        Box("hit", "choice", required=True, choices=("first", "exclusive", "collect")),
    ),
    "outcome": (
        _LABEL,
        Box("final", "yes", required=True),
        Box("safeguarding", "flag"),
        Box("owner", "id"),
        Box("clock", "code"),
        Box("tone", "choice", choices=("positive", "negative", "waiting", "urgent")),
    ),
    "row": (_LABEL, *_RESULT, Box("argument", "argument"), Box("protective", "flag")),
    "otherwise": (*_RESULT, Box("intended", "yes", required=True), Box("argument", "argument")),
    "when_unknown": _RESULT,
}

_SORTS: Mapping[tuple[str, ...], str] = {
    ("parameters", "*"): "parameter",
    ("facts", "*"): "fact",
    ("facts", "*", "verify", "sources", "*"): "source",
    ("facts", "*", "verify", "options", "*"): "option",
    ("decisions", "*"): "table",
    ("decisions", "*", "outcomes", "*"): "outcome",
    ("decisions", "*", "rows", "*"): "row",
    ("decisions", "*", "otherwise"): "otherwise",
    ("decisions", "*", "when_unknown"): "when_unknown",
}


def sort_of(place: Place) -> str:
    """Return of what sort the entry at a place of a rule set is: a key of BOXES; `""` where no entry stands."""
    found = (sort for pattern, sort in _SORTS.items() if _fits(place, pattern))
    return next(found, "")


def _fits(place: Place, pattern: tuple[str, ...]) -> bool:
    return len(place) == len(pattern) and all(step in (key, "*") for key, step in zip(place, pattern, strict=True))
