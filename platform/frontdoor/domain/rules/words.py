"""Explains a decision in words: each row of the table as a sentence, with its truth.

A first version: operators become phrases, facts their labels with what is known of them in brackets. An officer reads
"Local concerns (1) is at least 1: yes".
"""

from collections.abc import Mapping, Sequence
from typing import Any

from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.platform_values import platform_value
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.table import Rules
from frontdoor.domain.text import Text, say

_TRUTHS: Mapping[str, Text] = {
    "true": {"en": "yes", "cy": "ydy"},
    "false": {"en": "no", "cy": "nac ydy"},
    "unknown": {"en": "not known", "cy": "ddim yn hysbys"},
    "error": {"en": "could not be worked out", "cy": "nid oedd modd ei weithio allan"},
}
_OTHERWISE: Text = {"en": "Otherwise", "cy": "Fel arall"}
_PHRASES: Mapping[str, Text] = {
    ">=": {"en": "{0} is at least {1}", "cy": "mae {0} yn {1} o leiaf"},
    ">": {"en": "{0} is more than {1}", "cy": "mae {0} yn fwy na {1}"},
    "<=": {"en": "{0} is at most {1}", "cy": "mae {0} yn {1} ar y mwyaf"},
    "<": {"en": "{0} is less than {1}", "cy": "mae {0} yn llai na {1}"},
    "==": {"en": "{0} is {1}", "cy": "{0} yw {1}"},
    "!=": {"en": "{0} is not {1}", "cy": "nid {0} yw {1}"},
    "in": {"en": "{0} is one of {1}", "cy": "mae {0} yn un o {1}"},
    "!": {"en": "not: {0}", "cy": "nid: {0}"},
    "!!": {"en": "{0}", "cy": "{0}"},
    "unknown": {"en": "{0} is not known", "cy": "nid yw {0} yn hysbys"},
    "some": {"en": "for any of {0}: {1}", "cy": "i unrhyw un o {0}: {1}"},
    "all": {"en": "for each of {0}: {1}", "cy": "i bob un o {0}: {1}"},
    "none": {"en": "for none of {0}: {1}", "cy": "i ddim un o {0}: {1}"},
    "filter": {"en": "those of {0} where {1}", "cy": "y rhai o {0} lle mae {1}"},
    "count_true": {"en": "how many are true of ({and})", "cy": "faint sy'n wir o ({and})"},
    "and": {"en": "{and}", "cy": "{and}"},
    "or": {"en": "{or}", "cy": "{or}"},
    "if": {"en": "if {0} then {1}, otherwise {2}", "cy": "os {0} yna {1}, fel arall {2}"},
    "+": {"en": "{+}", "cy": "{+}"},
    "-": {"en": "{0} less {1}", "cy": "{0} llai {1}"},
    "*": {"en": "{0} times {1}", "cy": "{0} gwaith {1}"},
    "age_on": {"en": "age on {1} of who was born on {0}", "cy": "oedran ar {1} o'r sawl a anwyd ar {0}"},
    "months_between": {"en": "months from {0} to {1}", "cy": "misoedd o {0} i {1}"},
    "days_between": {"en": "days from {0} to {1}", "cy": "dyddiau o {0} i {1}"},
    "working_days_between": {"en": "working days from {0} to {1}", "cy": "diwrnodau gwaith o {0} i {1}"},
}
_SAME = {"===": "==", "!==": "!=", "?:": "if"}
_JOINED: Mapping[str, Text] = {
    "{and}": {"en": " and ", "cy": " a "},
    "{or}": {"en": " or ", "cy": " neu "},
    "{+}": {"en": " plus ", "cy": " plws "},
}


def explain(rules: Rules, receipt: Receipt, language: str = "en") -> list[tuple[str, str]]:
    """Return for each row of the receipt's table a sentence and its truth in words, in the order of the walk.

    Rows that a newer rule set no longer has are named by their id.
    """
    decision = rules.decisions.get(receipt.code)
    written = {row.id: row for row in decision.rows} if decision else {}
    lines = []
    for row in receipt.rows:
        if row.id in written:
            words = sentence(written[row.id].when, rules, receipt, language)
        else:
            words = say(_OTHERWISE, language) if row.id == "otherwise" else row.id
        lines.append((words[:1].upper() + words[1:], say(_TRUTHS[row.truth], language)))
    return lines


def sentence(logic: Any, rules: Rules, receipt: Receipt, language: str = "en") -> str:
    """Return one condition in words."""
    if isinstance(logic, list):
        return ", ".join(sentence(each, rules, receipt, language) for each in logic)
    if not isinstance(logic, dict) or len(logic) != 1:
        return printed(Finding(logic), None, language)
    operator, values = arguments(logic)
    if operator == "var":
        return _named(str(values[0]) if values else "", rules, receipt, language)
    if operator == "count_true" and len(values) == 1 and isinstance(values[0], list):
        values = values[0]
    parts = [_inner(each, rules, receipt, language) for each in values]
    phrase = _PHRASES.get(_SAME.get(operator, operator))
    return _filled(say(phrase, language), parts, language) if phrase else f"{operator} ({', '.join(parts)})"


def _inner(logic: Any, rules: Rules, receipt: Receipt, language: str) -> str:
    words = sentence(logic, rules, receipt, language)
    nested = isinstance(logic, dict) and bool({"and", "or", "if"} & logic.keys())
    return f"({words})" if nested else words


def _filled(phrase: str, parts: Sequence[str], language: str) -> str:
    """Put the parts into the phrase in one pass, so that a label with braces stays as it is."""
    for mark, word in _JOINED.items():
        before, found, after = phrase.partition(mark)
        if found:
            return before + say(word, language).join(parts) + after
    pieces = phrase.split("{")
    return pieces[0] + "".join(_piece(piece, parts) for piece in pieces[1:])


def _piece(piece: str, parts: Sequence[str]) -> str:
    index, _, rest = piece.partition("}")
    return (parts[int(index)] if int(index) < len(parts) else "—") + rest


def _named(path: str, rules: Rules, receipt: Receipt, language: str) -> str:
    root, _, rest = path.partition(".")
    key = rest.partition(".")[0]
    if root == "facts" and key in receipt.facts:
        used = receipt.facts[key]
        known = printed(used.finding, rules.facts.get(key), language)
        return f"{say(used.label, language)} ({known})"
    if root == "parameters" and key in receipt.parameters:
        return printed(Finding(receipt.parameters[key]), None, language)
    if path == "as_of":
        return printed(Finding(receipt.as_of), None, language)
    value = platform_value(path)
    return say(value.label, language) if value else (rest or root).replace("_", " ").replace(".", " ")
