"""What may be answered to a question that is made of questions, part by part."""

from typing import Any

from frontdoor.domain.forms import composites
from frontdoor.domain.forms.questions import Question
from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.answers import Answer, Asking, Choices, Model, answer
from frontdoor.domain.rules.symbolic.formulas import TRUE, both, either, negated, variable
from frontdoor.domain.rules.symbolic.open_findings import UNKNOWN, OpenFinding, either_finding, place
from frontdoor.domain.rules.symbolic.values import NULL, OBJECT, Value, of_kind, only

Json = Any


def _listed(part: Question, choices: Choices) -> Choices:
    """Return the choices of a part: its own options, and the rows that `choices` has where it names a group."""
    own: Choices = [(TRUE, option) for option in part.options]
    return [*own, *choices] if part.options_from else own


def composite(question: Question, name: str, choices: Choices, asking: Asking) -> Answer:
    """Return an answer that is made of answers: an object of those of its parts, all there as far as they must be."""
    given = variable(f"{name}|given", formulas.TRUTH)
    parts = {key: answer(part, f"{name}|{key}", _listed(part, choices), asking) for key, part in question.parts.items()}
    held: dict[str, Value] = {}
    seen: dict[str, Value] = {}
    for key, each in parts.items():
        seen[key] = each.raw
        nothing = composites.nothing_left_out(question, question.parts[key])
        blank = OpenFinding(none=TRUE) if nothing else UNKNOWN
        place(held, key, either_finding(negated(each.raw.when(NULL)), each.finding, blank))
    there = [negated(each.raw.when(NULL)) for key, each in parts.items() if question.parts[key].required]
    allowed = both(*(each.allowed for each in parts.values()), either(negated(given), both(*there)))

    def read(model: Model) -> Json:
        told = {key: each.read(model) for key, each in parts.items()}
        return {key: value for key, value in told.items() if value is not None} if model(given) else None

    finding = either_finding(given, OpenFinding(of_kind(OBJECT, held)), UNKNOWN)
    return Answer(only(given, of_kind(OBJECT, seen)), finding, allowed, read)
