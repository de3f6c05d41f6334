"""Everything one page about a case shows. Reading it is recorded before it is returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.alert import Alert
from frontdoor.domain.case import Case, DecisionState
from frontdoor.domain.errors import NotFound
from frontdoor.domain.family import Known
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.consequences import Consequence
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.submission import Draft, Submission
from frontdoor.services import programmes
from frontdoor.services.redecide import grounds_of
from frontdoor.services.to_find_out import Missing, Stood, stood, would_change
from frontdoor.store import alerts, cases, drafts, receipts, submissions, views


@dataclass(frozen=True)
class Decided:
    """One decision with the receipt of its present proposal and what holds it up."""

    state: DecisionState
    receipt: Receipt
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class CaseFile:
    """A case, its forms, its decisions with their grounds, its alerts and the contacts that came before it.

    `drafts` are the unsent forms of this case that the viewer may go on with.
    """

    case: Case
    programme: Programme
    submissions: tuple[Submission, ...]
    decisions: tuple[Decided, ...]
    facts: Stood
    alerts: tuple[Alert, ...]
    known: Known
    earlier: tuple[Case, ...]
    drafts: tuple[Draft, ...] = ()

    @property
    def current(self) -> tuple[Submission, ...]:
        """The submissions that no later one amends."""
        return tuple(submission for submission in self.submissions if submission.amended_by is None)

    @property
    def intake(self) -> Submission | None:
        """The nomination as it stands now."""
        form = self.programme.pathway.intake.form
        return next((submission for submission in self.current if submission.form == form), None)


@dataclass(frozen=True)
class KeptReceipt:
    """One receipt of a decision, and when it was made."""

    id: str
    at: datetime
    receipt: Receipt


@dataclass(frozen=True)
class OpenReceipt:
    """One receipt with the file of the case that it belongs to.

    `kept` are all receipts of the same decision, oldest first, this one among them. `changes` say what each answer
    that it waited for would have changed.
    """

    file: CaseFile
    receipt: Receipt
    kept: tuple[KeptReceipt, ...] = ()
    changes: tuple[Consequence, ...] = ()


def open_file(viewer: Viewer, reference: str, *, at: datetime) -> CaseFile:
    """Return a case's file. Errors: `NotFound` for a case outside the viewer's reach, told apart by nobody."""
    viewer.need("see_case")
    case = cases.get(viewer, reference)
    views.add(viewer, "case", reference, at)
    programme = programmes.of_case(case)
    grounds = grounds_of(viewer, case)
    facts = stood(programme, case, grounds)
    return CaseFile(
        case=case,
        programme=programme,
        submissions=tuple(submissions.by_case(viewer, reference)),
        decisions=tuple(_decided(viewer, programme, case, facts)),
        facts=facts,
        alerts=tuple(alerts.of_case(viewer, reference)),
        known=grounds.known,
        earlier=tuple(cases.several(viewer, grounds.known.earlier)),
        drafts=tuple(draft for draft in drafts.mine(viewer) if draft.case == reference),
    )


def open_decision(viewer: Viewer, reference: str, code: str, *, at: datetime) -> tuple[CaseFile, Decided]:
    """Return a case's file and one of its decisions. Errors: `NotFound`."""
    file = open_file(viewer, reference, at=at)
    for decided in file.decisions:
        if decided.state.code == code:
            return file, decided
    raise NotFound("This case has no such decision. Go back to the case and choose one of those shown.")


def open_receipt(viewer: Viewer, reference: str, receipt_id: str, *, at: datetime) -> OpenReceipt:
    """Return one receipt of a case in full, for an officer or an auditor."""
    file = open_file(viewer, reference, at=at)
    programme = file.programme
    receipt = programme.receipt(receipts.of_case(viewer, reference, receipt_id))
    views.add(viewer, "receipt", receipt_id, at)
    stored = receipts.each(viewer, reference, receipt.code)
    kept = tuple(KeptReceipt(one.id, one.at, programme.receipt(one.document)) for one in stored)
    return OpenReceipt(file, receipt, kept, would_change(programme, receipt))


def open_submission(viewer: Viewer, reference: str, submission_id: str, *, at: datetime) -> tuple[CaseFile, Submission]:
    """Return a case's file and one form that was sent or completed on it. Errors: `NotFound`."""
    file = open_file(viewer, reference, at=at)
    for submission in file.submissions:
        if submission.id == submission_id:
            views.add(viewer, "submission", submission_id, at)
            return file, submission
    raise NotFound("This case has no such form. Go back to the case and choose one of those listed.")


def _decided(viewer: Viewer, programme: Programme, case: Case, facts: Stood) -> Iterable[Decided]:
    """Yield safeguarding outcomes first, then the stages' decisions in their order, then the others."""
    staged = list(dict.fromkeys(code for stage in programme.pathway.stages.values() for code in stage.decisions))

    def place(state: DecisionState) -> tuple[int, int, str]:
        table = programme.rules.decisions.get(state.code)
        outcome = table.outcome(state.proposed.decision) if table else None
        first = 0 if outcome is not None and outcome.safeguarding else 1
        return first, staged.index(state.code) if state.code in staged else len(staged), state.code

    for state in sorted(case.decisions.values(), key=place):
        receipt = programme.receipt(receipts.get(viewer, state.proposed.receipt))
        yield Decided(state, receipt, facts.missing(receipt))
