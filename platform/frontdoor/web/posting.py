"""From a posted page to what the service that saves it takes."""

from dataclasses import replace
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.services.filling import Filling
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
        finished=not {"add", "remove"} & set(fields_sent),
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
    """Return where a person goes after adding or removing a row: to the new row, or to the group."""
    group = fields_sent.get("add") or fields_sent.get("remove", "").partition(":")[0]
    rows = sent.given.get(group) or ()
    return f"row-{rows[-1]['id']}" if "add" in fields_sent and rows else group
