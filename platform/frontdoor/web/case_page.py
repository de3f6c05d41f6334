"""The decisions of a case, ready to draw: where each stands, why, what it waits for and what may be done about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from frontdoor.domain.access import Viewer
from frontdoor.domain.rules.words import RowWords, explain
from frontdoor.services.casefile import CaseFile, Decided
from frontdoor.web.case_facts import members
from frontdoor.web.case_words import Tag, decision_title, outcome_tag
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken
from frontdoor.web.to_ask import ToAsk, to_ask


@dataclass(frozen=True)
class DecisionLine:
    """One decision. `to_ask` is empty once nothing is outstanding."""

    code: str
    title: str
    decided: Decided
    proposed: Tag
    confirmed: Tag | None
    lowering: Tag | None
    reason: str
    rows: list[RowWords]
    to_ask: ToAsk
    actions: list[tuple[str, str]]

    @property
    def waits(self) -> bool:
        """Whether there is something to find out before a person can confirm it, or look at it again."""
        state = self.decided.state
        return bool(self.to_ask.labels) and (state.confirmed is None or state.contradicted)

    @property
    def matter(self) -> frozenset[str]:
        """The rows whose clauses an officer needs: those that decide or are open; every one when none of them fits."""
        named = {row.id for row in self.rows if row.clauses and (row.fired or row.truth not in ("true", "false"))}
        return frozenset(named or {row.id for row in self.rows})


def decision_lines(file: CaseFile, viewer: Viewer) -> list[DecisionLine]:
    """Return every decision of the case: what was decided and is no safeguarding outcome after what waits."""
    named = members(file)
    ordered = sorted(file.decisions, key=lambda one: _is_done(file, one))
    return [_decision(file, viewer, one, named) for one in ordered]


def _is_done(file: CaseFile, decided: Decided) -> bool:
    state = decided.state
    outcome = file.programme.rules.decisions[state.code].outcome(state.proposed.decision)
    safeguarding = outcome is not None and outcome.safeguarding
    return state.confirmed is not None and not state.contradicted and not safeguarding


def _decision(file: CaseFile, viewer: Viewer, decided: Decided, named: Mapping[str, str]) -> DecisionLine:
    state, programme = decided.state, file.programme
    lowered = state.lowering
    return DecisionLine(
        code=state.code,
        title=decision_title(programme, state.code),
        decided=decided,
        proposed=outcome_tag(programme, state.code, state.proposed.decision),
        confirmed=outcome_tag(programme, state.code, state.confirmed.decision) if state.confirmed else None,
        lowering=outcome_tag(programme, state.code, lowered.decision) if lowered else None,
        reason=spoken(decided.receipt.texts.get("staff")),
        rows=explain(programme.rules, decided.receipt, language()),
        to_ask=to_ask(file, state.code, decided.missing, named),
        actions=list(_actions(file, viewer, decided)),
    )


def _actions(file: CaseFile, viewer: Viewer, decided: Decided) -> Iterator[tuple[str, str]]:
    """Yield what the viewer may do about a decision now: (where, words)."""
    state = decided.state
    if state.confirmed is not None and not state.contradicted:
        return

    def where(endpoint: str) -> str:
        return url_for(endpoint, reference=file.case.reference, code=state.code)

    if state.lowering is not None and viewer.may("countersign_lowering") and state.lowering.by != viewer.account:
        yield where("casework.countersign"), _("Agree or refuse to lower it")
    if viewer.may("confirm_decision") and is_final(file, decided):
        yield where("casework.confirm"), _("Confirm")
    if viewer.may("confirm_decision") and decided.missing:
        yield where("casework.known"), _("Decide on what is known")
    if viewer.may("override_decision"):
        yield where("casework.override"), _("Decide otherwise")


def is_final(file: CaseFile, decided: Decided) -> bool:
    """Return whether the proposed outcome may be confirmed as it is."""
    outcome = file.programme.rules.decisions[decided.state.code].outcome(decided.state.proposed.decision)
    return outcome is not None and outcome.final
