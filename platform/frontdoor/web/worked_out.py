"""What a script needs to work out a calculated value as the server does, and when it is not known."""

from typing import Any

from frontdoor.domain.forms import calculated
from frontdoor.domain.forms.model import Form, Question
from frontdoor.domain.forms.questions import DATE_WIDGETS
from frontdoor.domain.text import say


def worked_out(form: Form, question: Question, language: str = "en") -> dict[str, Any]:
    """Return its logic, the answers without which it is unknown, and how it is shown."""
    needs = [_need(form.questions[need.question], need) for need in calculated.needs(question.logic)]
    row = form.questions[question.group].questions if question.group else {}
    needs += [
        {**_need(row[need.question], need), "row": True}
        for need in calculated.needs(question.logic, "row")
        if need.question in row
    ]
    told = {"as": question.shown_as, "prefix": say(question.prefix, language), "suffix": say(question.suffix, language)}
    made = {"logic": question.logic, "type": question.schema.get("type", "number"), "needs": needs}
    return {**made, **{name: words for name, words in told.items() if words}}


def _need(question: Question, need: calculated.Needed) -> dict[str, Any]:
    told: dict[str, Any] = {"question": question.id, **_doubts(question)}
    if question.widget == "group":
        inner = [question.questions[name] for name in need.inner if name in question.questions]
        return {**told, "rows": [{"question": one.id, **_doubts(one)} for one in inner], "complete": question.complete}
    return {**told, "parts": list(need.inner)}


def _doubts(question: Question) -> dict[str, Any]:
    """Return what makes an answer say nothing: options that stand for not knowing, a date that is not a day."""
    unsure = [option.value for option in question.options if option.unknown]
    return {"unsure": unsure, "day": question.widget in DATE_WIDGETS}
