"""From a posted page to what the service that saves it takes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.services.filling import Filling
from frontdoor.services.removed_rows import Removed
from frontdoor.services.save_page import Posted, save_page
from frontdoor.web import posted


def as_sent(opened: Filling, page_id: str, fields_sent: posted.Posted) -> Posted:
    """Return a posted page as the service takes it, with a row more or less where that was the button."""
    form = opened.form
    given = posted.given(form, page_id, fields_sent, opened.as_of)
    changed = posted.with_rows_changed(given, fields_sent)
    kept = posted.typed(form, page_id, fields_sent)
    kept |= {f"{name}-rows": [row["id"] for row in changed[name] or ()] for name in changed if f"{name}-rows" in kept}
    turn = fields_sent.get("turn", "")
    return Posted(
        page=page_id,
        given=changed,
        fields=kept,
        revision=int(told) if (told := fields_sent.get("revision", "")).isascii() and told.isdigit() else -1,
        writer=fields_sent.get("writer", "")[:64],
        turn=int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 7 else 0,
        finished=not {"add", "remove", "undo"} & set(fields_sent),
        removed=_removed(opened, page_id, given, fields_sent),
        undo=_named(fields_sent, "undo"),
    )


def taken_in(viewer: Viewer, opened: Filling, *, at: datetime) -> Filling:
    """Take in what was typed on a page and saved on the way, but never posted: it is shown to be checked with the rest.

    Not the safeguarding page: an answer there counts, and is acted on, when somebody presses the button under it.
    """
    for page_id, kept in opened.draft.typed.items():
        if kept["unposted"] and page_id in opened.pages and opened.form.pages[page_id].kind != "safeguarding":
            sent = as_sent(opened, page_id, posted.as_posted(kept["fields"]))
            sent = replace(sent, revision=opened.draft.revision, writer=kept["writer"], turn=kept["turn"])
            opened, _ = save_page(viewer, opened, sent, at=at)
    return opened


def row_anchor(sent: Posted, fields_sent: posted.Posted) -> str:
    """Return where a person goes: to the row they added or put back, or to what says that a row was removed."""
    if sent.undo is not None:
        return f"row-{sent.undo[1]}"
    if sent.removed is not None:
        return f"removed-{sent.removed.row['id']}"
    group = fields_sent.get("add", "")
    rows = sent.given.get(group) or ()
    return f"row-{rows[-1]['id']}" if rows else group


def _removed(opened: Filling, page_id: str, given: Mapping[str, Any], fields_sent: posted.Posted) -> Removed | None:
    """Return the row that the pressed button takes out, with everything that its controls held."""
    group, row_id = _named(fields_sent, "remove") or ("", "")
    for place, row in enumerate(given.get(group) or ()):
        if row["id"] == row_id:
            typed = posted.typed(opened.form, page_id, fields_sent)
            its = f"{group}-{row_id}-"
            fields = {name: texts for name, texts in typed.items() if name.startswith(its)}
            shown = [name for name in typed["shown"] if name.startswith(its)]
            return Removed(group, place, row, {**fields, "shown": shown})
    return None


def _named(fields_sent: posted.Posted, button: str) -> tuple[str, str] | None:
    """Return (group, row) that a button names as `group:row`."""
    group, _, row_id = fields_sent.get(button, "").partition(":")
    return (group, row_id) if row_id else None
