"""Two people edit one case: both versions on one page, nothing that was typed lost, and a way to go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _

from frontdoor.domain.case import Case
from frontdoor.domain.errors import Conflict, FrontDoorError, WrongState
from frontdoor.services.casefile import CaseFile
from frontdoor.web import forms
from frontdoor.web.pages import look_like
from frontdoor.web.refusals import told
from frontdoor.web.timeline import timeline

_OURS = frozenset({"csrf_token", "revision", "seen"})


@dataclass(frozen=True)
class Meant:
    """What somebody was about to do: in words, with each thing they typed, and what a second try is called."""

    words: str
    typed: Sequence[tuple[str, str]]
    again: str


def clash(file: CaseFile, error: FrontDoorError, meant: Meant) -> tuple[str, int]:
    """Return the page that shows what happened since, and what was about to be done.

    `file` is the case as it is now. A step that is no longer possible (`WrongState`) has no second try.
    """
    look_like(file.programme)
    page = render_template(
        "casework/conflict.html",
        file=file,
        since=timeline(file.programme, file.case, file.case.history[_seen(file.case) :]),
        meant=meant,
        message="" if isinstance(error, Conflict) else told(error.message),
        possible=not isinstance(error, WrongState),
        kept=[(name, value) for name, value in request.form.items(multi=True) if name not in _OURS],
    )
    return page, 409


def _seen(case: Case) -> int:
    """Return how many lines of the timeline the person had before them; the last one's when the page did not say."""
    sent = request.form.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() else max(0, len(case.history) - 1)


def typed(name: str) -> str:
    """Return what was typed, or that nothing was."""
    return forms.text(name) or _("Nothing")
