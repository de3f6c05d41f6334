"""One decision on facts or answers that somebody gives, from shipped files: nothing is stored, nobody is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.forms.states import StatedAnswers, answer_states
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import Circumstances, Inputs, decide, from_facts
from frontdoor.domain.rules.given import wrong_parameters
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.examples import clock_dates

_CANNOT = "What was given cannot be used."
_KEYS = ("facts", "answers", "as_of", "parameters")
# Asked for and not given is unknown, not wrong: the decision says what it waits for.
_MAY_BE_MISSING = frozenset({"required"})


@dataclass(frozen=True)
class Given:
    """What is given: flat facts (null is unknown) or answers by form id, and parameters that are to be other."""

    as_of: date
    facts: Mapping[str, Any] | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)


def read(document: object, today: date) -> Given:
    """Return what a JSON document gives; AnswersRejected saying how to write it."""
    if not isinstance(document, dict) or ("facts" in document) == ("answers" in document):
        raise AnswersRejected('Give {"facts": {…}} or {"answers": {FORM: {…}}}, one of them.')
    problems = [
        Problem(f"/{key}", "unknown_key", f"There is no `{key}` here{did_you_mean(key, _KEYS)}")
        for key in document
        if key not in _KEYS
    ]
    objects = {key: document.get(key, {}) for key in ("facts", "answers", "parameters")}
    problems += [
        Problem(f"/{key}", "type", "Write an object here")
        for key, value in objects.items()
        if not isinstance(value, dict)
    ]
    as_of = _date(document.get("as_of"), today)
    if as_of is None:
        problems.append(Problem("/as_of", "not_a_date", "Write the date like 2026-11-23"))
    if problems or as_of is None:
        raise AnswersRejected(_CANNOT, problems=problems)
    return Given(as_of, objects["facts"] if "facts" in document else None, objects["answers"], objects["parameters"])


def decided(programme: Programme, code: str, given: Given) -> Receipt:
    """Return the receipt of one decision.

    NotFound for a decision that the programme has not; AnswersRejected for forms, questions, facts and parameters
    that do not exist, and for values that they cannot have.
    """
    if code not in programme.rules.decisions:
        near = did_you_mean(code, sorted(programme.rules.decisions))
        raise NotFound(f"There is no decision `{code}`{near}")
    _known("parameters", given.parameters, programme.parameters)
    if wrong := wrong_parameters(programme.rules, given.parameters, "/parameters"):
        raise AnswersRejected(_CANNOT, problems=wrong)
    holidays = sorted(day.isoformat() for day in programme.calendar.holidays)
    if given.facts is None:
        around = Circumstances(programme.stamp, programme.calendar.version)
        return decide(programme.rules, code, _inputs(programme, given, holidays), around)
    flat = {**given.parameters, "as_of": given.as_of.isoformat(), **given.facts}
    around = Circumstances(programme.stamp, programme.calendar.version, clock_dates(programme, flat))
    return from_facts(programme.rules, code, flat, as_of=given.as_of, holidays=holidays, around=around)


def _inputs(programme: Programme, given: Given, holidays: list[str]) -> Inputs:
    _known("answers", given.answers, programme.forms)
    return Inputs(
        answers={form: _stated(programme.forms[form], raw, given.as_of) for form, raw in given.answers.items()},
        as_of=given.as_of,
        parameters=given.parameters,
        holidays=holidays,
    )


def _stated(form: Form, raw: object, as_of: date) -> StatedAnswers:
    try:
        answers = accept(form, raw, as_of=as_of)
    except AnswersRejected as refused:
        wrong = [one for one in refused.problems if one.code not in _MAY_BE_MISSING]
        if wrong or not isinstance(raw, Mapping):
            told = [Problem(f"/answers/{form.id}{one.where}", one.code, one.message) for one in wrong]
            raise AnswersRejected("The answers cannot be used.", problems=told) from refused
        answers = tidied(form, raw).answers
    return answer_states(form, answers, as_of=as_of)


def _known(part: str, given: Iterable[str], known: Mapping[str, Any]) -> None:
    """Raise AnswersRejected for each name that does not exist."""
    problems = [
        Problem(f"/{part}/{name}", "unknown_name", f"There is no `{name}`{did_you_mean(name, sorted(known))}")
        for name in given
        if name not in known
    ]
    if problems:
        raise AnswersRejected(_CANNOT, problems=problems)


def _date(written: object, today: date) -> date | None:
    if written is None:
        return today
    try:
        # Only the long form: `fromisoformat` also reads 20261123 and week dates, which nobody means here.
        day = date.fromisoformat(written) if isinstance(written, str) else None
        return day if day and day.isoformat() == written else None
    except ValueError:
        return None
