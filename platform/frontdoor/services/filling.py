"""Filling in a form over days and devices: begun, taken up again, thrown away. `save_page` keeps its pages.

A draft holds answers as they were posted, right or not, hidden ones too: who says yes, no and yes again loses nothing
while it is a draft. What is not asked is dropped when it is sent. A draft belongs to its organisation, so that a deputy
can finish it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from frontdoor.domain.access import Viewer, authority_token, organisation_token, person_token
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound, Problem, WrongState
from frontdoor.domain.forms.accept import accept, check_page, missing_pages
from frontdoor.domain.forms.model import Form
from frontdoor.domain.forms.options import codes_in
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Draft, Submission
from frontdoor.services import programmes, screen, sender
from frontdoor.services.identity import new_id
from frontdoor.store import cases, drafts, submissions

_TRIES = 5


@dataclass(frozen=True)
class Filling:
    """A draft opened for its reader: the form it follows, the pages that show now, those that are not done.

    `as_of` is the local day on which it is received, or would be now. `shown` holds for the draft's answers.
    """

    draft: Draft
    programme: Programme
    form: Form
    as_of: date
    shown: Visible
    missing: tuple[str, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages that are shown, in order."""
        return tuple(page for page in self.form.pages if self.shown.page_shown(page))

    @property
    def is_intake(self) -> bool:
        """Whether this becomes, or amends, a nomination."""
        return self.draft.case is None and self.draft.form == self.programme.pathway.intake.form

    def after(self, page: str) -> str | None:
        """Return the page that follows, `None` after the last."""
        rest = self.pages[self.pages.index(page) + 1 :] if page in self.pages else self.pages
        return rest[0] if rest else None

    def before(self, page: str) -> str | None:
        """Return the page before, `None` on the first."""
        at = self.pages.index(page) if page in self.pages else 0
        return self.pages[at - 1] if at > 0 else None

    def with_draft(self, draft: Draft) -> "Filling":
        """Return the same form over another state of its draft."""
        return over(draft, self.programme, self.as_of)


@dataclass(frozen=True)
class Purpose:
    """What a draft will become. `case` for a form on a case, `amends` for new answers to a submission.

    `arrival` (channel, received_at, caller) for a contact that an officer takes down.
    """

    form: str | None = None
    case: str | None = None
    amends: str | None = None
    arrival: Mapping[str, Any] | None = None
    language: str = "en"


def begin(viewer: Viewer, programme_id: str, purpose: Purpose, *, at: datetime) -> Draft:
    """Start a draft of the intake form unless `purpose` says otherwise.

    An amendment starts from what was sent; a partner's nomination from who the sender said they were last time. Whoever
    presses Start again before writing anything gets the same draft, brought up to date, and leaves no empty one behind.
    """
    programme, form, answers = _ground(viewer, programme_id, purpose, at)
    if form not in programme.forms:
        raise NotFound("There is no such form in this programme. Choose one of those listed.")
    draft = Draft(
        id=new_id(),
        authority=viewer.authority,
        programme=programme_id,
        form=form,
        pin=programme.pin,
        tokens=_tokens(viewer),
        organisation=viewer.organisation,
        account=viewer.account,
        answers=dict(answers),
        started_at=at,
        saved_at=at,
        concern=_told_before(programme, answers) if purpose.amends else None,
        amends=purpose.amends,
        case=purpose.case,
        arrival=purpose.arrival,
        language=purpose.language,
    )
    return _instead_of_untouched(viewer, draft) or drafts.add(viewer, draft)


def resume(viewer: Viewer, draft_id: str, *, at: datetime) -> Filling:
    """Open a draft. It follows the newest form where every answer given so far still fits there, else it stays."""
    draft = drafts.get(viewer, draft_id)
    programme = programmes.pinned(draft.authority, draft.programme, draft.pin)
    if draft.case is None and draft.amends is None and draft.sent_as is None:
        newest = programmes.live(draft.authority, draft.programme, at)
        if newest.digest != programme.digest and _safe(draft, newest):
            programme = newest
            draft = rewritten(viewer, draft_id, lambda before: replace(before, pin=newest.pin))
    return over(draft, programme, received_on(draft, programme, at))


def rewritten(viewer: Viewer, draft_id: str, change: Callable[[Draft], Draft]) -> Draft:
    """Store what `change` makes of the draft as it is then; a change that returns the draft itself stores nothing.

    Two devices may save at the same moment: the later one is made again over what the earlier left. `change` itself
    says what may not go together. Errors: its own, and `Conflict` when others were quicker five times in a row.
    """
    for _ in range(_TRIES):
        before = drafts.get(viewer, draft_id)
        after = change(before)
        if after is before:
            return before
        try:
            return drafts.save(viewer, after, expected_revision=before.revision)
        except Conflict:
            continue
    raise Conflict("This is being saved from several places at once. Go back and save it again.", theirs=before)


def problems_on(filling: Filling, page: str) -> list[Problem]:
    """Return what is wrong on one page as it is stored."""
    draft = filling.draft
    known = codes_in(filling.form, draft.answers) if draft.amends else {}
    return check_page(
        filling.form, page, draft.answers, as_of=filling.as_of, language=draft.language, known_codes=known
    )


def acknowledgement(viewer: Viewer, draft: Draft) -> Submission:
    """Return the submission that a sent draft became."""
    if draft.sent_as is None:
        raise NotFound("This has not been sent yet. Go back to it, check the answers and send it.")
    return submissions.get(viewer, draft.sent_as)


def discard(viewer: Viewer, draft_id: str) -> None:
    """Throw a draft away. A concern that its screen raised stays with duty."""
    drafts.discard(viewer, draft_id)


def still_open(draft: Draft) -> Draft:
    """Return a draft that may be written in. Errors: `WrongState` once it was sent."""
    if draft.sent_as is not None:
        raise WrongState("This was sent already. Open it from your start page to change what you sent.")
    return draft


def _ground(
    viewer: Viewer, programme_id: str, purpose: Purpose, at: datetime
) -> tuple[Programme, str, Mapping[str, Any]]:
    """Return the configuration that a new draft follows, its form and the answers that it begins with."""
    if purpose.amends is not None:
        sent = submissions.latest_of(viewer, submissions.get(viewer, purpose.amends))
        return programmes.pinned(viewer.authority, programme_id, sent.pin), sent.form, sent.answers
    if purpose.case is not None:
        programme = programmes.of_case(cases.get(viewer, purpose.case))
    else:
        programme = programmes.live(viewer.authority, programme_id, at)
    form = purpose.form or programme.pathway.intake.form
    if viewer.kind == "partner" and form == programme.pathway.intake.form:
        return programme, form, sender.introduced(viewer, programme, programme.calendar.local_date(at))
    return programme, form, {}


def _instead_of_untouched(viewer: Viewer, draft: Draft) -> Draft | None:
    """Return `draft` as the newest state of one that its writer began and never wrote in, `None` where there is none.

    Not for a contact that an officer takes down: each telephone call is another one.
    """
    untouched = drafts.untouched(viewer, draft) if draft.arrival is None else None
    if untouched is None:
        return None
    try:
        return drafts.save(viewer, replace(draft, id=untouched.id), expected_revision=untouched.revision)
    except (Conflict, NotFound):
        return None  # written in, or thrown away, at this very moment


def over(draft: Draft, programme: Programme, as_of: date) -> Filling:
    """Return a draft opened over a programme's form, received on a day."""
    form = programme.forms[draft.form]
    unfinished = set(missing_pages(form, draft.answers, as_of))
    unfinished |= {page for page, kept in draft.typed.items() if kept.get("unposted")}
    shown = visible(form, tidied(form, draft.answers).answers, as_of)
    missing = tuple(page for page in form.pages if shown.page_shown(page) and page in unfinished)
    return Filling(draft, programme, form, as_of, shown, missing)


def received_on(draft: Draft, programme: Programme, at: datetime) -> date:
    """Return the local day on which a draft counts as received: a contact may be older than its record."""
    return programme.calendar.local_date((draft.arrival or {}).get("received_at", at))


def _told_before(programme: Programme, answers: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the concern that duty has had since what is amended was sent: the same words again raise nothing new."""
    concern = screen.concern_in(programme, answers)
    return {"answer": concern.answer, "gravity": concern.gravity, "words": concern.words} if concern else None


def _safe(draft: Draft, newest: Programme) -> bool:
    """Return whether the newest form takes every answer given so far as it is."""
    form = newest.forms.get(draft.form)
    if form is None or not set(draft.answers) <= set(form.questions):
        return False
    try:
        accept(form, draft.answers, as_of=newest.calendar.local_date(draft.saved_at), language=draft.language)
    except AnswersRejected as rejected:
        return all(problem.code == "required" for problem in rejected.problems)
    return True


def _tokens(viewer: Viewer) -> tuple[str, ...]:
    """A partner's draft belongs to their organisation, whoever moves on; a staff draft to the authority."""
    if viewer.organisation is not None:
        return (organisation_token(viewer.authority, viewer.organisation),)
    return (authority_token(viewer.authority), person_token(viewer.account))
