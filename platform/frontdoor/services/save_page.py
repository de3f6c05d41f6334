"""Saving one page of a draft: what is posted, what is only typed so far, and the files that come with it.

Two devices may write in one draft. Each page remembers at which revision, and by which open copy of it (`writer`), it
was last saved: a page is in conflict only when somebody else saved *this* page after it was opened, never because of
another page, and never with its own autosave. An autosave that arrives after the page was posted is older than it
(`turn`) and is passed over. The safeguarding screen is acted on first, whatever else is wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound, Problem
from frontdoor.domain.forms.composites import moment_text, signed
from frontdoor.domain.forms.model import Form
from frontdoor.domain.forms.questions import NOT_LISTED
from frontdoor.domain.submission import Draft
from frontdoor.services import notify, removed_rows, screen, uploads
from frontdoor.services.filling import Filling, problems_on, rewritten, still_open
from frontdoor.services.removed_rows import Fields, Removed

_MOST_TYPED = 400_000  # characters on one page


@dataclass(frozen=True)
class Posted:
    """One posted page: answers to what it asked by question id (`None` = left blank), and the fields as typed.

    A group's answer is its rows, each with what its row asked. `revision` is the draft's when the page was opened,
    `writer` names that open copy, `turn` counts its saves. `finished` is false when the page is only changed in shape
    (a row more, a row less): nobody is told yet what is wrong with it. `removed` is the row that this takes out of a
    group, kept with the page until the page is saved for good; `undo` is (group, row) of one to put back.
    """

    page: str
    given: Mapping[str, Any]
    fields: Mapping[str, Sequence[str]]
    revision: int
    writer: str = ""
    turn: int = 0
    finished: bool = True
    removed: Removed | None = None
    undo: tuple[str, str] | None = None


def save_page(viewer: Viewer, filling: Filling, posted: Posted, *, at: datetime) -> tuple[Filling, list[Problem]]:
    """Save one page and return what is wrong on it (nothing wrong: an empty list). Even what is wrong is kept.

    Errors: `Conflict` with the stored draft as `theirs` when somebody else saved the page since it was opened; the view
    shows both. `WrongState` once the draft was sent.
    """
    _known(filling, posted)
    still_open(filling.draft)
    concern = _screened(viewer, filling, merged(filling.form, filling.draft.answers, posted.given), at)
    found: list[Problem] = []

    def change(before: Draft) -> Draft:
        after, problems = with_page(filling, before, posted, at=at)
        found[:] = problems
        return replace(after, concern=_graver(before.concern, concern))

    saved = rewritten(viewer, filling.draft.id, change)
    return filling.with_draft(saved), list(found)


def with_page(filling: Filling, before: Draft, posted: Posted, *, at: datetime) -> tuple[Draft, list[Problem]]:
    """Return the draft `before` with one page posted into it, and what is wrong on that page; nothing is stored.

    Errors: `Conflict` as for `save_page`.
    """
    _known(filling, posted)
    _refuse_overwriting(before, posted)
    given, fields, back = _with_row_back(before, posted)
    answers = merged(filling.form, before.answers, given)
    answers = removed_rows.linked_again(filling.form, answers, back) if back else answers
    answers = signed(filling.form, before.answers, answers, moment_text(at))
    after = replace(before, answers=answers, saved_at=at)
    found = problems_on(filling.with_draft(after), posted.page)
    kept = _removed(filling.form, before, posted, back)
    left = fields if found else {}
    return _with_typed(after, posted, fields=left, unposted=not posted.finished, removed=kept), found


def autosave(viewer: Viewer, filling: Filling, posted: Posted, *, at: datetime) -> Draft:
    """Keep what is being typed on a page, unchecked, so that a lost connection or a time-out loses nothing.

    The words become answers when the page is posted; until then it counts as not done. Errors as for `save_page`.
    """
    _known(filling, posted)

    def change(before: Draft) -> Draft:
        still_open(before)
        _refuse_overwriting(before, posted)
        last = before.typed.get(posted.page, {})
        if last.get("writer") == posted.writer and last.get("turn", 0) >= posted.turn:
            return before
        removed = last.get("removed", ())
        return _with_typed(replace(before, saved_at=at), posted, fields=posted.fields, unposted=True, removed=removed)

    return rewritten(viewer, filling.draft.id, change)


def attach(
    viewer: Viewer,
    filling: Filling,
    files: Mapping[str, Sequence[uploads.Sent]],
    forgotten: Sequence[str],
    *,
    at: datetime,
) -> tuple[Filling, list[Problem]]:
    """Keep the files that came with a page, by question id, and take out those `forgotten`; return what is refused.

    Files only ever add up, so two devices that attach at once are never in conflict.
    """
    still_open(filling.draft)
    added: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for question, sent in files.items():
        added[question], refused = uploads.keep_all(viewer, filling.draft, question, sent, at=at)
        problems += refused
    if not forgotten and not any(added.values()):
        return filling, problems

    def change(before: Draft) -> Draft:
        answers = dict(before.answers)
        for question, new in added.items():
            kept = [one for one in answers.get(question, ()) if one not in forgotten]
            answers[question] = [*kept, *new] or None
        told = {name: value for name, value in answers.items() if value is not None}
        return replace(before, answers=told, saved_at=at)

    return filling.with_draft(rewritten(viewer, filling.draft.id, change)), problems


def merged(form: Form, before: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the draft's answers with those of a page; what was not asked stays as it was."""
    answers = dict(before)
    for name, value in given.items():
        grouped = form.questions[name].widget == "group"
        answers[name] = _rows(before.get(name) or (), value) if grouped and value else value
        if grouped:
            _forget_lost_rows(form, name, answers)
    return {name: value for name, value in answers.items() if value is not None}


def _known(filling: Filling, posted: Posted) -> None:
    if posted.page not in filling.form.pages:
        raise NotFound("There is no such page in this form. Go back to the list of what you are filling in.")
    if sum(len(text) for texts in posted.fields.values() for text in texts) > _MOST_TYPED:
        raise AnswersRejected("This page holds more text than can be kept. Shorten it, or attach it as a file.")


def _refuse_overwriting(before: Draft, posted: Posted) -> None:
    last = before.typed.get(posted.page, {})
    if last and last["revision"] > posted.revision and last["writer"] != posted.writer:
        raise Conflict("Somebody else saved this page while you were writing. Compare both.", theirs=before)


def _with_row_back(before: Draft, posted: Posted) -> tuple[Mapping[str, Any], Fields, Mapping[str, Any] | None]:
    """Return what a page gives and holds, with the row that it asks back, and that row as it was kept."""
    for kept in before.typed.get(posted.page, {}).get("removed", ()):
        if posted.undo == (kept["group"], kept["row"]["id"]):
            given, fields = removed_rows.put_back(before.answers, posted.given, posted.fields, kept)
            return given, fields, kept
    return posted.given, posted.fields, None


def _removed(form: Form, before: Draft, posted: Posted, back: Mapping[str, Any] | None) -> Sequence[Mapping[str, Any]]:
    """Return the rows that can still be put back after this: none once the page is saved for good."""
    if posted.finished:
        return ()
    kept = [one for one in before.typed.get(posted.page, {}).get("removed", ()) if one is not back]
    return [*kept, removed_rows.kept(form, before.answers, posted.removed)] if posted.removed else kept


def _with_typed(
    draft: Draft, posted: Posted, *, fields: Fields, unposted: bool, removed: Sequence[Mapping[str, Any]] = ()
) -> Draft:
    last = draft.typed.get(posted.page, {})
    turn = max(posted.turn, last.get("turn", 0)) if last.get("writer") == posted.writer else posted.turn
    page = {
        "fields": {name: list(texts) for name, texts in fields.items()},
        "unposted": unposted,
        "revision": draft.revision + 1,
        "writer": posted.writer,
        "turn": turn,
        "removed": list(removed),
    }
    return replace(draft, typed={**draft.typed, posted.page: page})


def _rows(before: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    stored = {row["id"]: row for row in before}
    merged = ({**stored.get(row["id"], {}), **row} for row in rows)
    return [{name: value for name, value in row.items() if value is not None} for row in merged]


def _forget_lost_rows(form: Form, group: str, answers: dict[str, Any]) -> None:
    """Take rows that are gone out of the answers that point to them: nobody is sent to untick a name not shown."""
    rows = {row["id"] for row in answers.get(group) or ()}
    for question in form.questions.values():
        if question.options_from == group and question.parts and answers.get(question.id):
            if answers[question.id].get("who") not in {*rows, NOT_LISTED}:
                answers[question.id] = None
        elif question.options_from == group and question.id in answers:
            chosen = answers[question.id]
            if isinstance(chosen, list):
                answers[question.id] = [row for row in chosen if row in rows] or None
            elif chosen not in rows:
                answers[question.id] = None


def _screened(viewer: Viewer, filling: Filling, answers: Mapping[str, Any], at: datetime) -> screen.Concern | None:
    """Raise the alert now, in this request, and return the concern; None where duty knows all of it already."""
    concern = screen.concern_in(filling.programme, answers) if filling.is_intake else None
    if concern is None or concern == _kept(filling.draft.concern):
        return None
    contact = notify.contact_in(filling.programme, answers) or viewer.name
    screen.raise_alert(
        viewer, filling.programme, concern, at=at, draft=filling.draft.id, source="draft", contact=contact
    )
    return concern


def _graver(before: Mapping[str, Any] | None, concern: screen.Concern | None) -> Mapping[str, Any] | None:
    """Return what a draft remembers: the gravest answer ever given to the screen, and all the words."""
    kept = _kept(before)
    if concern is None:
        return before
    words = tuple(dict.fromkeys((*(kept.words if kept else ()), *concern.words)))
    gravest = kept if kept is not None and kept.gravity > concern.gravity else concern
    return {"answer": gravest.answer, "gravity": gravest.gravity, "words": words}


def _kept(concern: Mapping[str, Any] | None) -> screen.Concern | None:
    return screen.Concern(concern["answer"], concern["gravity"], tuple(concern["words"])) if concern else None
