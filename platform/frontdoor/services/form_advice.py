"""Advice on the forms of a configuration: what reads which question is looked up in everything that is configured."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.designs.advice import Advice, advice
from frontdoor.domain.text import Text

Tree = Mapping[str, Any]
_NAMED = re.compile(r"answers\.([a-z0-9_]+)\.([a-z0-9_]+)(?:\.([a-z0-9_]+))?")
_OWN = re.compile(r"answers\.([a-z0-9_]+)(?:\.([a-z0-9_]+))?")
_ENTRY = re.compile(r"/pages/[^/]+|/questions/[^/]+(?:/questions/[^/]+)?")
_ROW = re.compile(r"row\.([a-z0-9_]+)")


def advice_on(tree: Tree, name: str) -> tuple[Advice, ...]:
    """Return advice on one form of a tree, by its file's name."""
    document = tree["forms"][name]
    return advice(document, tuple(tree.get("languages", ("en",))), read_of(tree, document))


def by_entry(found: tuple[Advice, ...]) -> Mapping[str, tuple[Text, ...]]:
    """Return the words of each piece of advice by the pointer of the page or question that it is about."""
    told: dict[str, tuple[Text, ...]] = {}
    for one in found:
        entry = _ENTRY.match(one.pointer)
        if entry and one.told not in told.get(entry[0], ()):
            told[entry[0]] = (*told.get(entry[0], ()), one.told)
    return told


def read_of(tree: Tree, document: Mapping[str, Any]) -> frozenset[str]:
    """Return the questions of a form that something reads: rules, letters, measures, exports, the form itself.

    A question of a row counts as read where anything reads a row's answer of that name.
    """
    form, questions = str(document["id"]), document.get("questions", {})
    elsewhere = [text for section, part in tree.items() if section != "forms" for text in _texts(part)]
    found = {f"{q}/{inner}" if inner else q for text in elsewhere for f, q, inner in _NAMED.findall(text) if f == form}
    own = list(_texts({"conditions": document.get("conditions", {}), "rows": [one.get("conditions", {}) for one in
                       questions.values()]}))  # fmt: skip
    found |= {f"{q}/{inner}" if inner else q for text in own for q, inner in _OWN.findall(text)}
    found |= {text for one in elsewhere for text in (one,) if text in questions}
    for question in questions.values():
        found |= {str(question["ui"][key]) for key in ("complete", "options_from") if question["ui"].get(key)}
    rows = {inner for text in (*elsewhere, *own) for inner in _ROW.findall(text)}
    groups = {key: one for key, one in questions.items() if one.get("questions")}
    found |= {f"{key}/{inner}" for key, one in groups.items() for inner in one["questions"] if inner in rows}
    found |= {f"{key}/{inner}" for key, one in groups.items() for inner in one["ui"].get("row_title", ())}
    return frozenset(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from _texts(below)
