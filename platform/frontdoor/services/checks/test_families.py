"""A test family is made up: no answer in it may have come from a record."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.questions import Form, Question

_TEST_NUMBERS = "999"  # NHS numbers that begin so are given to nobody
_MESSAGES = {
    "file": "Take the file out: files come from records, and a test family has none",
    "nhs_no": "Write an NHS number that nobody has: those for tests begin with 999",
}


def check(tree: Mapping[str, Any], forms: Sequence[Form]) -> Iterator[Problem]:
    """Yield a problem for each answer of a test family that only a record can hold."""
    by_id = {form.id: form for form in forms}
    for key, family in tree.get("test_families", {}).items():
        for name, answers in family["given"]["value"].get("answers", {}).items():
            for steps, what in from_records(by_id[name], answers) if name in by_id else ():
                where = pointer(("test_families", key, "given", "value", "answers", name, *steps))
                yield Problem(where, "from_a_record", _MESSAGES[what])


def from_records(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (steps to it, `file` or `nhs_no`) of each answer that may be a record's: a file, or a number in use."""
    for question in form.questions.values():
        value = answers.get(question.id)
        if question.widget != "group":
            yield from _real(question, value, (question.id,))
            continue
        for row in value if isinstance(value, list) else ():
            for inner in question.questions.values() if isinstance(row, Mapping) else ():
                yield from _real(inner, row.get(inner.id), (question.id, str(row.get("id")), inner.id))


def _real(question: Question, value: Any, steps: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if question.widget == "file" and value:
        yield steps, "file"
    if question.widget == "nhs_no" and isinstance(value, str) and not value.replace(" ", "").startswith(_TEST_NUMBERS):
        yield steps, "nhs_no"
