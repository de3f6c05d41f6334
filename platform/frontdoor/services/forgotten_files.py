"""Uploads that nothing refers to any more are destroyed: of a draft thrown away, or replaced before it was sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer, system_viewer
from frontdoor.store import drafts, files, submissions

_BATCH = 50


def forget(authority: str, *, at: datetime) -> int:
    """Destroy what came at least a day ago and is in no draft and no submission; return how many uploads that were.

    What a draft still holds is looked at again a day later. Safe to repeat and to lose half-way.
    """
    inside = system_viewer(authority)
    gone = 0
    for upload in files.on_trial(inside, at, _BATCH):
        if _referred_to(inside, upload):
            files.keep_for_now(inside, upload.id, at)
        else:
            gone += files.forget(inside, upload.id)
    return gone


def _referred_to(inside: Viewer, upload: files.OnTrial) -> bool:
    """A draft holds its files from the moment they came; a partner's system sends first the file, then its answers."""
    writing = drafts.saved_since(inside, upload.tokens, upload.uploaded_at)
    if any(_holds(draft.answers, upload.id) for draft in writing):
        return True
    sent = submissions.received_since(inside, upload.account, upload.uploaded_at)
    return any(_holds(submission.answers, upload.id) for submission in sent)


def _holds(answers: Mapping[str, Any], file_id: str) -> bool:
    return any(isinstance(value, list) and file_id in value for value in answers.values())
