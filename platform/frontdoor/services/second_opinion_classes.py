"""The documented ways in which json-logic-qubit 0.9.1 differs from what a browser answers.

Each is a class of rule part and values, measured over 20,000 rule and data pairs (ADR 0020). It is not a list of
excuses: the engine of record is right in each, and a rule that meets one works only by that engine's conversions, which
is why somebody is asked to look at it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from frontdoor.domain.rules.allowed import ITERATORS, arguments
from frontdoor.domain.rules.engine import truthy
from frontdoor.domain.text import Text

Values = Sequence[Any]
_ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "%", "min", "max"})
_ORDER: Final = frozenset({"<", "<=", ">", ">="})
_EQUALITY: Final = frozenset({"==", "!=", "===", "!=="})


def _arithmetic_on(*kinds: type) -> Callable[[str, Values], bool]:
    return lambda operator, values: operator in _ARITHMETIC and any(type(each) in kinds for each in values)


def _order_of_nothing(operator: str, values: Values) -> bool:
    return operator in _ORDER and any(each is None or isinstance(each, list | dict | bool) for each in values)


def _order_of_text(operator: str, values: Values) -> bool:
    return operator in _ORDER and any(isinstance(each, str) for each in values)


def _nought(operator: str, values: Values) -> bool:
    return operator in ("/", "%") and len(values) == 2 and values[1] == 0


def _negative(operator: str, values: Values) -> bool:
    return operator == "%" and any(isinstance(each, int | float) and each < 0 for each in values)


def _beyond(operator: str, values: Values) -> bool:
    path = str(values[0]) if operator == "var" and values else ""
    return any(step.lstrip("-").isdigit() for step in path.split("."))


def _part_of_no_text(operator: str, values: Values) -> bool:
    return operator == "substr" and bool(values) and not isinstance(values[0], str)


def _joined(operator: str, values: Values) -> bool:
    return operator == "cat" and any(not isinstance(each, str) for each in values)


def _inside(operator: str, values: Values) -> bool:
    return operator == "in" and len(values) == 2 and isinstance(values[1], str)


def _equality(operator: str, values: Values) -> bool:
    return operator in _EQUALITY and len(values) == 2 and type(values[0]) is not type(values[1])


def _falsy_element(operator: str, values: Values) -> bool:
    listed = values[0] if operator in ITERATORS and values else None
    return isinstance(listed, list) and any(not truthy(each) for each in listed)


_KNOWN: Final[Mapping[str, tuple[Callable[[str, Values], bool], Text]]] = {
    "arithmetic_on_nothing": (
        _arithmetic_on(type(None)),
        {
            "en": "A sum reads something that is not there: it counts as 0 here, the other engine stops",
            "cy": "Mae swm yn darllen rhywbeth nad yw yno: mae'n cyfrif fel 0 yma, mae'r peiriant arall yn stopio",
        },
    ),
    "arithmetic_on_text": (
        _arithmetic_on(str),
        {"en": "A sum reads a text as a number", "cy": "Mae swm yn darllen testun fel rhif"},
    ),
    "arithmetic_on_truth_or_list": (
        _arithmetic_on(bool, list, dict),
        {"en": "A sum reads a yes, a no or a list as a number", "cy": "Mae swm yn darllen ie, na neu restr fel rhif"},
    ),
    "division_by_nought": (
        _nought,
        {"en": "Something is divided by nought", "cy": "Mae rhywbeth yn cael ei rannu â sero"},
    ),
    "remainder_of_negative": (
        _negative,
        {"en": "The remainder of a negative number", "cy": "Gweddill rhif negyddol"},
    ),
    "order_of_nothing": (
        _order_of_nothing,
        {
            "en": "Something that is not there, a list or a yes is compared with a number",
            "cy": "Mae rhywbeth nad yw yno, rhestr neu ie yn cael ei gymharu â rhif",
        },
    ),
    "order_of_text": (
        _order_of_text,
        {"en": "A text is compared with a number", "cy": "Mae testun yn cael ei gymharu â rhif"},
    ),
    "past_the_end": (
        _beyond,
        {
            "en": "A place past the end of a list is read",
            "cy": "Darllenir lle y tu hwnt i ddiwedd rhestr",
        },
    ),
    "part_of_no_text": (
        _part_of_no_text,
        {"en": "Part of something that is no text", "cy": "Rhan o rywbeth nad yw'n destun"},
    ),
    "joined_text": (
        _joined,
        {
            "en": "A number, a yes or nothing is joined into a text",
            "cy": "Mae rhif, ie neu ddim yn cael ei gysylltu â thestun",
        },
    ),
    "inside_a_text": (
        _inside,
        {"en": "Something is looked for inside a text", "cy": "Chwilir am rywbeth y tu mewn i destun"},
    ),
    "equality_of_kinds": (
        _equality,
        {"en": "Two values of different kinds are compared", "cy": "Mae dau werth o wahanol fathau yn cael eu cymharu"},
    ),
    "falsy_element": (
        _falsy_element,
        {
            "en": "A list holds nothing, 0 or an empty text as an element",
            "cy": "Mae rhestr yn cynnwys dim, 0 neu destun gwag fel elfen",
        },
    ),
}
CLASSES: Final[Mapping[str, Text]] = {kind: words for kind, (_, words) in _KNOWN.items()}


def class_of(part: Any, values: Values) -> str:
    """Return the documented class of a difference over `part`, whose arguments came to `values`; "" for none."""
    if not isinstance(part, dict) or len(part) != 1:
        return ""
    operator = arguments(part)[0]
    return next((kind for kind, (met, _) in _KNOWN.items() if met(operator, values)), "")
