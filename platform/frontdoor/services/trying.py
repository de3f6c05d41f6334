"""Test mode: a form of a draft filled in as somebody would, by the same pages, for nobody.

What is kept is the trial alone, for its writer and for some hours. No draft, submission, case, alert, task, letter,
view or ledger entry comes of it: the safeguarding screen raises nothing here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from frontdoor.domain.access import Viewer, person_token
from frontdoor.domain.change import Change
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem, WrongState
from frontdoor.domain.forms.expected import Seen, seen
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.submission import Draft
from frontdoor.domain.trial import Given, Trial
from frontdoor.services import drafted, keep_family
from frontdoor.services.filling import Filling, over
from frontdoor.services.identity import new_id
from frontdoor.services.save_page import Posted, with_page
from frontdoor.services.trial_deciding import decided
from frontdoor.store import changes, trials

LASTS = timedelta(hours=8)
_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Part:
    """A form of the draft, and a role that gets it to fill in; `""` for a form that nothing asks for yet."""

    form: str
    role: str


@dataclass(frozen=True)
class Purpose:
    """What a trial is for: the family that it begins with, and where its outcome goes. See `Trial`."""

    given: Given
    family: str = ""
    label: str = ""
    table: str = ""
    like: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Trying:
    """A trial opened for its writer."""

    trial: Trial
    change: Change
    filling: Filling

    @property
    def programme(self) -> Programme:
        """The draft."""
        return self.filling.programme

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that the family has filled in, the open one among them, as far as the draft has them."""
        named = dict.fromkeys((*self.trial.answers, self.trial.form))
        return tuple(form for form in named if form in self.programme.forms)


@dataclass(frozen=True)
class Came:
    """What would come of a trial: the receipt of each decision, and what each form shows and says."""

    receipts: tuple[Receipt, ...]
    seen: Mapping[str, Seen]


def desk(viewer: Viewer, change_id: str, *, at: datetime) -> tuple[Change, Programme]:
    """Return an open change and its draft. Errors: `NotFound`, `WrongState`."""
    viewer.need("edit_change")
    change = changes.get(viewer, change_id)
    if not change.is_open:
        raise WrongState("This change is finished. Begin a new one.")
    return change, drafted.programme(change, at=at)


def mine(viewer: Viewer, change_id: str, *, at: datetime) -> tuple[Trial, ...]:
    """Return the viewer's own trials of a change, the latest first."""
    return tuple(one for one in trials.of_change(viewer, change_id) if one.expires_at > at)


def parts(programme: Programme, form: str = "") -> list[Part]:
    """Return who gets which form to fill in, by the draft's own roles and pathway; of one form where it is named."""
    found = dict.fromkeys(_parts(programme))
    asked = {one.form for one in found}
    found |= dict.fromkeys(Part(name, "") for name in programme.forms if name not in asked)
    return [one for one in found if not form or one.form == form]


def _parts(programme: Programme) -> Iterator[Part]:
    intake = programme.pathway.intake.form
    roles = programme.roles.values()
    yield from (Part(intake, role.id) for role in roles if role.kind == "partner")
    yield from (Part(intake, role.id) for role in roles if role.kind == "staff" and "record_contact" in role.may)
    for stage in programme.pathway.stages.values():
        yield from (Part(name, use.role) for name, use in stage.forms.items() if name in programme.forms)


def begin(viewer: Viewer, change_id: str, part: Part, purpose: Purpose, *, at: datetime) -> Trial:
    """Begin to fill in a form of the draft as somebody. Errors: `AnswersRejected` at `/part` and `/as_of`."""
    change, programme = desk(viewer, change_id, at=at)
    given = purpose.given
    if part not in parts(programme):
        raise _wrong("/part", "Select which form to fill in, and as whom")
    if not _EARLIEST <= given.as_of <= _LATEST:
        raise _wrong("/as_of", "Enter a day between 2000 and 2099")
    trial = Trial(
        id=new_id(),
        authority=viewer.authority,
        programme=change.programme,
        change=change.id,
        tokens=(person_token(viewer.account),),
        account=viewer.account,
        form=part.form,
        as_of=given.as_of,
        started_at=at,
        saved_at=at,
        expires_at=at + LASTS,
        answers=dict(given.answers),
        role=part.role,
        known=dict(given.known),
        evidence=dict(given.evidence),
        family=purpose.family,
        label=purpose.label,
        table=purpose.table,
        like=dict(purpose.like or {}),
    )
    return trials.add(viewer, trial)


def opened(viewer: Viewer, change_id: str, trial_id: str, *, at: datetime, language: str = "en") -> Trying:
    """Return one of the viewer's own trials over the draft as it is now. Errors: `NotFound`, `WrongState`."""
    change, programme = desk(viewer, change_id, at=at)
    trial = trials.get(viewer, change_id, trial_id)
    if trial.expires_at <= at:
        raise NotFound("This trial has ended by itself. Begin again.")
    if trial.form not in programme.forms:
        raise NotFound("This form is no longer in the draft. Choose another one.")
    return Trying(trial, change, over(_draft(trial, programme, language), programme, trial.as_of))


def post(viewer: Viewer, trying: Trying, posted: Posted, *, at: datetime) -> tuple[Trying, list[Problem]]:
    """Take in one page and return what is wrong on it; even what is wrong is kept with the trial. Nobody is alerted.

    Errors: `Conflict` where the page was saved from another window since it was opened.
    """
    draft, problems = with_page(trying.filling, trying.filling.draft, posted, at=at)
    answers = {**trying.trial.answers, trying.trial.form: draft.answers}
    after = replace(trying.trial, answers=answers, typed=draft.typed, saved_at=at)
    saved = trials.save(viewer, after, expected_revision=trying.trial.revision)
    again = _draft(saved, trying.programme, draft.language)
    return Trying(saved, trying.change, over(again, trying.programme, saved.as_of)), problems


def go_on(viewer: Viewer, trying: Trying, part: Part, *, at: datetime) -> Trial:
    """Go on with another form for the same family. Errors: `AnswersRejected` at `/part`."""
    if part not in parts(trying.programme):
        raise _wrong("/part", "Select which form to fill in, and as whom")
    after = replace(trying.trial, form=part.form, role=part.role, typed={}, saved_at=at)
    return trials.save(viewer, after, expected_revision=trying.trial.revision)


def know(
    viewer: Viewer, trying: Trying, known: Mapping[str, Any], evidence: Mapping[str, Any], *, at: datetime
) -> Trial:
    """Say what else is known of the family: by the platform, and from sources."""
    after = replace(trying.trial, known=dict(known), evidence=dict(evidence), saved_at=at)
    return trials.save(viewer, after, expected_revision=trying.trial.revision)


def came(trying: Trying, language: str = "en") -> Came:
    """Return what would come of it."""
    given = replace(trying.trial.given, answers={form: trying.trial.answers.get(form, {}) for form in trying.forms})
    found = {
        form: seen(trying.programme.forms[form], answers, as_of=given.as_of, language=language)
        for form, answers in given.answers.items()
    }
    return Came(tuple(decided(trying.programme, given)), found)


def facts_of(
    viewer: Viewer, change_id: str, trial_id: str, code: str, *, at: datetime
) -> tuple[str, dict[str, Any], str]:
    """Return (label, facts, outcome) of one decision of a trial: what is not known is null, what is none left out.

    Errors: `NotFound` where the trial does not come to that decision.
    """
    tried = opened(viewer, change_id, trial_id, at=at)
    receipt = next((one for one in came(tried).receipts if one.code == code), None)
    if receipt is None:
        raise NotFound("This trial does not come to that decision. Fill in a form that the decision reads.")
    known = {key: used.finding for key, used in receipt.facts.items()}
    facts = {key: one.value if one.known else None for key, one in known.items() if not one.none}
    return tried.trial.label, facts, receipt.outcome


def keep(viewer: Viewer, trying: Trying, kept: tuple[str, Mapping[str, Any]], *, at: datetime, revision: int) -> str:
    """Keep the family and what is expected of it, `kept` is (label, expectation), in the change; return its id.

    The trial stays as it is, so that it can be gone on with. Errors: `AnswersRejected`, as of `keep_family.save`.
    """
    trial = trying.trial
    given = replace(trial.given, answers={form: trial.answers.get(form, {}) for form in trying.forms})
    family = (trial.family, kept[0], given, kept[1])
    _, key = keep_family.save(viewer, trial.change, family, at=at, revision=revision)
    return key


def end(viewer: Viewer, change_id: str, trial_id: str) -> None:
    """Throw a trial away."""
    viewer.need("edit_change")
    trials.get(viewer, change_id, trial_id)
    trials.end(viewer, change_id, trial_id)


def _draft(trial: Trial, programme: Programme, language: str) -> Draft:
    """Return the trial as the pages of a form want to see it: a draft that is stored nowhere."""
    return Draft(
        id=trial.id,
        authority=trial.authority,
        programme=trial.programme,
        form=trial.form,
        pin=programme.pin,
        tokens=trial.tokens,
        organisation=None,
        account=trial.account,
        answers=trial.answers.get(trial.form, {}),
        started_at=trial.started_at,
        saved_at=trial.saved_at,
        typed=trial.typed,
        language=language,
        revision=trial.revision,
    )


def _wrong(where: str, message: str) -> AnswersRejected:
    return AnswersRejected("This trial cannot begin yet", problems=[Problem(where, "required", message)])
