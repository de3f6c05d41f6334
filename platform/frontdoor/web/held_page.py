"""A page that was posted after its session had ended is held for its writer, who signs in and finds it again.

It waits in this browser's own session, on the server, for half an hour, and only for the address that it was posted to:
whoever signs in sees it there if they may open that draft. A page that another site posts is never held. Files are not
held: they have to be chosen again.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app, request, session

from frontdoor import clock
from frontdoor.web.posted import Posted, as_posted

KEY = "held_page"
_LASTS = timedelta(minutes=30)
_MOST = 100_000  # characters
_NEVER = ("csrf_token", "add", "remove", "undo")


def hold() -> bool:
    """Hold the page that this request posts; return whether it is."""
    fields = {name: texts for name, texts in request.form.lists() if name not in _NEVER}
    length = sum(len(text) for texts in fields.values() for text in texts)
    if not _from_our_own_page() or length > _MOST:
        return False
    session[KEY] = {"path": request.path, "fields": fields, "at": clock.now().isoformat()}
    return True


def take() -> Posted | None:
    """Return what is held for this address, once; None when there is nothing, or it is too old."""
    held = session.get(KEY)
    if held is None or held["path"] != request.path:
        return None
    session.pop(KEY)
    fresh = clock.now() - datetime.fromisoformat(held["at"]) <= _LASTS
    return as_posted(held["fields"]) if fresh else None


def _from_our_own_page() -> bool:
    """Browsers say where a post comes from; one that does not say is not believed."""
    told = request.headers.get("Origin") or request.referrer or ""
    ours = {urlsplit(current_app.config["BASE_URL"]).netloc, request.host}
    return urlsplit(told).netloc in ours
