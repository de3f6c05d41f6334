"""Forms: their ids, and the codes that their conditions test. Reading a form finds the rest."""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import DocumentRejected, Problem, RuleRefused
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.reads import Compared, compared

# Addresses under a draft that lead elsewhere: a page of such a name could not be opened. A test compares the routes.
NO_PAGE = frozenset({"check", "discard", "send", "sent"})


def parsed(names: Names) -> Iterator[Form | Problem]:
    """Yield each form as it is parsed, or the problems that stand in the way."""
    for name, document in names.tree.get("forms", {}).items():
        at = pointer(("forms", name))
        wanted = name.replace("-", "_")
        if document.get("id") != wanted:
            yield Problem(f"{at}/id", "wrong_id", f"Write `{wanted}`: the id is the file's name with _ for -")
        try:
            yield parse_form(document, names.lists, compile_rule)
        except (DocumentRejected, RuleRefused) as refused:
            for one in refused.problems or (Problem("", refused.code, refused.message),):
                yield Problem(at + one.where, one.code, one.message)


def check(names: Names) -> Iterator[Problem]:
    """Yield a problem for each code that a condition tests and no option has, and for limits that nothing meets.

    Also for a page with the name of one of the product's own addresses.
    """
    for name, document in names.tree.get("forms", {}).items():
        at = pointer(("forms", name))
        for page in sorted(NO_PAGE & set(document.get("pages", {}))):
            message = f"Choose another id: /forms/…/{page} is an address of the product's own"
            yield Problem(f"{at}/pages/{page}", "reserved_page", message)
        yield from _conditions(document, "", f"{at}/conditions", document, names)
        for key, question in document.get("questions", {}).items():
            yield from _limits(question, f"{at}/questions/{key}")
            for row, one in question.get("questions", {}).items():
                yield from _limits(one, f"{at}/questions/{key}/questions/{row}")
            if "conditions" in question:
                yield from _conditions(question, key, f"{at}/questions/{key}/conditions", document, names)


def _conditions(
    holder: Mapping[str, Any], group: str, at: str, form: Mapping[str, Any], names: Names
) -> Iterator[Problem]:
    for key, condition in holder.get("conditions", {}).items():
        over = group or str(condition.get("over", ""))
        for test in compared(condition.get("logic")):
            codes = _codes(test, over, form, names)
            for constant in test.constants if codes else ():
                if codes and str(constant) not in codes and isinstance(constant, str | int):
                    near = did_you_mean(str(constant), sorted(codes))
                    message = f"`{test.read.path}` is never `{constant}`{near}"
                    yield Problem(f"{at}/{key}/logic{test.read.where}", "unknown_code", message)


def _codes(test: Compared, over: str, form: Mapping[str, Any], names: Names) -> frozenset[str] | None:
    if test.read.of is not None:
        return None
    root, _, path = test.read.path.partition(".")
    questions = form.get("questions", {})
    if root == "row" and over:
        questions = questions.get(over, {}).get("questions", {})
    return names.options(questions.get(path)) if root in ("answers", "row") else None


def _limits(question: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """Yield a problem where the least is more than the most: no answer could ever be given."""
    for holder, where, least, most in (
        (question, at, "minLength", "maxLength"),
        (question, at, "minimum", "maximum"),
        (question.get("ui", {}), f"{at}/ui", "min_items", "max_items"),
    ):
        if least in holder and most in holder and holder[least] > holder[most]:
            yield Problem(f"{where}/{least}", "limits", f"Write a `{least}` that is not above `{most}`: no answer fits")
