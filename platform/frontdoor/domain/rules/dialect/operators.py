"""The operators of a test: what each is in JSONLogic, which kinds of subject it suits, and its words.

`not_X` is the denial of X. Beside `is_not` there is `not_is`, and beside `at_least` there is `not_less`: they differ
where there is no value at all ("age is not less than 18" holds for whom no age is known to exist).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from frontdoor.domain.text import Text

# Of what kind a subject is; "rows" is a repeating group, "list" a list of codes, "any" what nobody declared.
KINDS = ("boolean", "number", "string", "date", "time", "list", "rows", "any")


@dataclass(frozen=True)
class Operator:
    """One operator: `logic` its JSONLogic operator (`""`: the subject by itself), `denies` whether `!` stands around.

    `takes` says what follows: nothing, one value, several (a list), or one that the subject holds.
    """

    code: str
    logic: str
    denies: bool
    takes: str  # nothing | one | several | part


def _pair(code: str, logic: str, takes: str) -> tuple[Operator, Operator]:
    denied = "known" if code == "not_known" else f"not_{code.removeprefix('is_') if code == 'is_true' else code}"
    return Operator(code, logic, denies=False, takes=takes), Operator(denied, logic, denies=True, takes=takes)


_PAIRS = (
    _pair("is_true", "", "nothing"),
    _pair("answered", "!!", "nothing"),
    _pair("not_known", "unknown", "nothing"),
    _pair("is", "==", "one"),
    _pair("is_not", "!=", "one"),
    _pair("at_least", ">=", "one"),
    _pair("more", ">", "one"),
    _pair("at_most", "<=", "one"),
    _pair("less", "<", "one"),
    _pair("one_of", "in", "several"),
    _pair("includes", "in", "part"),
)

OPERATORS: Mapping[str, Operator] = {one.code: one for pair in _PAIRS for one in pair}
DENIED: Mapping[str, str] = {plain.code: denied.code for plain, denied in _PAIRS}
PLAIN: Mapping[str, str] = {plain.logic: plain.code for plain, _ in _PAIRS if plain.code != "includes"}

_ORDER = ("is", "is_not", "at_least", "more", "at_most", "less", "not_less", "not_more", "not_at_least", "not_at_most")
_PRESENCE = ("answered", "not_answered", "known", "not_known")
_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "boolean": ("is_true", "not_true", "known", "not_known"),
    "number": (*_ORDER, "one_of", "not_one_of", "known", "not_known"),
    "string": ("is", "is_not", "one_of", "not_one_of", *_PRESENCE),
    "date": (*_ORDER, *_PRESENCE),
    "time": (*_ORDER, "one_of", "not_one_of", *_PRESENCE),
    "list": ("includes", "not_includes", *_PRESENCE),
    "rows": _PRESENCE,
}
_BY_KIND = {**_BY_KIND, "any": tuple(OPERATORS)}
_ALSO: Mapping[str, frozenset[str]] = {
    "boolean": frozenset({"is", "is_not", "not_is"}),
    "number": frozenset({"not_is", "answered", "not_answered"}),
    "string": frozenset({"not_is"}),
    "date": frozenset({"not_is"}),
    "time": frozenset({"not_is"}),
}

_WORDS: Mapping[str, Text] = {
    "is_true": {"en": "is true", "cy": "yn wir"},
    "not_true": {"en": "is not true", "cy": "ddim yn wir"},
    "answered": {"en": "has an answer", "cy": "ag ateb"},
    "not_answered": {"en": "has no answer", "cy": "heb ateb"},
    "known": {"en": "is known", "cy": "yn hysbys"},
    "not_known": {"en": "is not known", "cy": "ddim yn hysbys"},
    "is": {"en": "is", "cy": "yn hafal i"},
    "not_is": {"en": "is not (denied)", "cy": "ddim yn hafal i (gwadu)"},
    "is_not": {"en": "is not", "cy": "ddim yn hafal i"},
    "not_is_not": {"en": "is not other than", "cy": "ddim yn wahanol i"},
    "at_least": {"en": "is at least", "cy": "o leiaf"},
    "not_at_least": {"en": "is not at least", "cy": "ddim o leiaf"},
    "more": {"en": "is more than", "cy": "yn fwy na"},
    "not_more": {"en": "is not more than", "cy": "ddim yn fwy na"},
    "at_most": {"en": "is at most", "cy": "ar y mwyaf"},
    "not_at_most": {"en": "is not at most", "cy": "ddim ar y mwyaf"},
    "less": {"en": "is less than", "cy": "yn llai na"},
    "not_less": {"en": "is not less than", "cy": "ddim yn llai na"},
    "one_of": {"en": "is one of", "cy": "yn un o"},
    "not_one_of": {"en": "is not one of", "cy": "ddim yn un o"},
    "includes": {"en": "includes", "cy": "yn cynnwys"},
    "not_includes": {"en": "does not include", "cy": "ddim yn cynnwys"},
}
_OF_DATES: Mapping[str, Text] = {
    "at_least": {"en": "is on or after", "cy": "ar neu ar ôl"},
    "not_at_least": {"en": "is not on or after", "cy": "ddim ar nac ar ôl"},
    "more": {"en": "is after", "cy": "ar ôl"},
    "not_more": {"en": "is not after", "cy": "ddim ar ôl"},
    "at_most": {"en": "is on or before", "cy": "ar neu cyn"},
    "not_at_most": {"en": "is not on or before", "cy": "ddim ar na chyn"},
    "less": {"en": "is before", "cy": "cyn"},
    "not_less": {"en": "is not before", "cy": "ddim cyn"},
}
_OF_TIMES: Mapping[str, Text] = {
    **_OF_DATES,
    "at_least": {"en": "is at or after", "cy": "am neu ar ôl"},
    "not_at_least": {"en": "is not at or after", "cy": "ddim am nac ar ôl"},
    "at_most": {"en": "is at or before", "cy": "am neu cyn"},
    "not_at_most": {"en": "is not at or before", "cy": "ddim am na chyn"},
}
_BY_MOMENT: Mapping[str, Mapping[str, Text]] = {"date": _OF_DATES, "time": _OF_TIMES}


def kind_of(sort: str) -> str:
    """Return the kind of the values of a fact or parameter of a type, as documents name types."""
    return "number" if sort in ("integer", "number") else sort


def operators_for(kind: str) -> tuple[Operator, ...]:
    """Return the operators to offer for a subject of a kind, in the order of a select."""
    return tuple(OPERATORS[code] for code in _BY_KIND.get(kind, _BY_KIND["any"]))


def suits(code: str, kind: str) -> bool:
    """Return whether an operator makes sense for a kind: those offered, and older spellings that mean the same."""
    return code in _BY_KIND.get(kind, _BY_KIND["any"]) or code in _ALSO.get(kind, frozenset())


def operator_words(code: str, kind: str = "any") -> Text:
    """Return the operator's label by language; dates and times are before and after, not less and more."""
    return _BY_MOMENT.get(kind, {}).get(code, _WORDS[code])
