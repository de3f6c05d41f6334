"""The draft of a change as a programme that can ask and decide, made once for each revision of the change."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from frontdoor.domain.change import Change, Snapshot
from frontdoor.domain.errors import Conflict, DocumentRejected, RuleRefused, WrongState
from frontdoor.domain.programme import Programme
from frontdoor.services import change_proofs
from frontdoor.services.check import shape_problems
from frontdoor.services.proposed import proposed

_KEPT = 8  # a draft is tried by few at once, and a whole programme is large
_made: OrderedDict[tuple[str, int, int], Programme] = OrderedDict()
_lock = Lock()


def programme(change: Change, *, at: datetime) -> Programme:
    """Return what a change would publish, ready to run. Errors: `WrongState` while something in it cannot be read."""
    key = (change.id, change.revision, change.base)
    with _lock:
        if key in _made:
            _made.move_to_end(key)
            return _made[key]
    try:
        made = _compiled(proposed(change, at=at))
    except (DocumentRejected, RuleRefused, Conflict) as refused:
        raise WrongState("Something in this draft cannot be read yet. Check the change, and put that right.") from (
            refused
        )
    if not made.has_pathway:
        raise WrongState("This draft has no pathway yet, so nothing in it can be tried.")
    with _lock:
        _made[key] = made
        while len(_made) > _KEPT:
            _made.popitem(last=False)
    return made


def _compiled(draft: Snapshot) -> Programme:
    """Return the draft, made to run. Errors: `DocumentRejected` where something is still missing."""
    missing = shape_problems(draft.tree)
    if missing:
        raise DocumentRejected("Something is still missing", problems=missing)
    return change_proofs.compiled(draft)
