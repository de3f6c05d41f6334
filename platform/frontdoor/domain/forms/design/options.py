"""The options of a question: many at once from lines of text, and which may be taken out again."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.boxes import lines
from frontdoor.domain.canonical import find
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms.design.edits import add
from frontdoor.domain.forms.design.places import Document, Place
from frontdoor.domain.proposing import CODE, propose_id

MOST = 500


def pasted(document: Document, question: Place, text: str) -> dict[str, Any]:
    """Return the document with an option for each line: `label`, or `code | label`, or `code | label | hint`.

    A line that says what an option is called already is passed over. Errors: `AnswersRejected` at `/paste`.
    """
    made = dict(document)
    at = (*question, "ui", "options")
    for number, line in enumerate(lines(text), start=1):
        held: Mapping[str, Any] = find(made, at, {}) or {}
        code, label, hint = _parted(line)
        if not code and any(one and one["label"].get("en") == label for one in held.values()):
            continue
        code = code or propose_id(label, held)
        if not label or not CODE.fullmatch(code) or code in held or len(held) >= MOST:
            raise AnswersRejected("Look at the options again", problems=[Problem("/paste", "line", _wrong(number))])
        made = add(made, (*at, code), {"label.en": [label], **({"hint.en": [hint]} if hint else {})})
    return made


def _parted(line: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in line.replace("\t", "|").split("|")]
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], " ".join(parts[2:])


def _wrong(number: int) -> str:
    return f"Line {number}: write a label, or a code that is not taken, | and the label"
