"""What is wrong with a question for its kind: a scale without room, a matrix without rows, logic where none belongs."""

from collections.abc import Iterator

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.questions import Question

_MOST_STATEMENTS = 30
_MOST_POINTS = 21
_ONLY: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("statements", ("matrix",), "Only a matrix has statements"),
    ("points", ("scale",), "Only a scale has described points"),
    ("open", ("date_range",), "Only a date range has an end that may stay open"),
    ("witness", ("sign_off",), "Only a sign-off has a witness"),
    ("listed_only", ("person", "organisation"), "Only a picker of a person or an organisation keeps to its list"),
    ("shown_as", ("calculated",), "Only a calculated value says how it is shown"),
    ("confidential", ("group",), "Only a group withholds rows"),
)  # fmt: skip


def kind_faults(question: Question, where: str) -> Iterator[Problem]:
    """Yield what is wrong with a question for its kind; its parts, its logic and its numbers."""
    for key, widgets, message in _ONLY:
        if question.ui.get(key) and question.widget not in widgets:
            yield Problem(f"{where}/ui/{key}", "not_for_this", message)
    if question.widget == "scale":
        yield from _scale(question, where)
    if question.widget == "matrix":
        yield from _matrix(question, where)
    if question.widget == "calculated":
        yield from _calculated(question, where)
    elif question.logic is not None:
        yield Problem(f"{where}/logic", "not_for_this", "Only a calculated value has logic of its own")
    if question.widget == "person" and question.listed_only and not question.options_from:
        yield Problem(f"{where}/ui/listed_only", "no_list", "Name the group whose rows are the list in `options_from`")


def _scale(question: Question, where: str) -> Iterator[Problem]:
    least, most = (
        question.schema.get(end, held)
        for end, held in zip(("minimum", "maximum"), validators.ENDS["scale"], strict=True)
    )
    if not least < most <= least + _MOST_POINTS - 1 or int(least) != least or int(most) != most:
        yield Problem(f"{where}/maximum", "limits", f"Let the scale have 2 to {_MOST_POINTS} whole numbers")
        return
    for point in question.points:
        if not (point.isdigit() and least <= int(point) <= most):
            yield Problem(f"{where}/ui/points/{point}", "bad_point", f"Describe a number from {least} to {most}")


def _matrix(question: Question, where: str) -> Iterator[Problem]:
    statements = question.ui.get("statements") or {}
    if not 1 <= len(statements) <= _MOST_STATEMENTS:
        message = f"Give the matrix 1 to {_MOST_STATEMENTS} statements, each with a permanent id"
        yield Problem(f"{where}/ui/statements", "statements", message)
    if not question.options:
        yield Problem(f"{where}/ui", "options", "Give the matrix options or a code list: the same for every row")
    for name, one in statements.items():
        if one is not None and not one.get("label", {}).get("en"):
            yield Problem(f"{where}/ui/statements/{name}", "no_label", "Give the statement a label in English")


def _calculated(question: Question, where: str) -> Iterator[Problem]:
    if question.logic is None:
        yield Problem(where, "no_logic", "Give the calculated value its `logic`")
    if question.required or question.required_if:
        yield Problem(f"{where}/ui/required", "not_for_this", "Nobody can be required to give what is worked out")
