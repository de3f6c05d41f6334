"""Things of a form that wait for each other, told by their labels."""

from frontdoor.domain.forms.dependencies import Graph
from frontdoor.domain.forms.questions import Form, Step
from frontdoor.domain.text import Text, say


def circle(form: Form, language: str = "en") -> str:
    """Return a way round on which each thing depends on the one before, `“A” → “B” → “A”`; `""` where there is none."""
    graph = Graph(form.pages, form.questions, form.conditions)
    graph.steps()
    return " → ".join(f"“{say(_label(form, step), language)}”" for step in graph.circle)


def _label(form: Form, step: Step) -> Text:
    if step.kind == "page":
        return form.pages[step.id].title
    held = form.questions[step.group] if step.group else form
    return held.conditions[step.id].label if step.kind == "condition" else held.questions[step.id].label
