"""What happened on a case, a sentence for each line; ids become links, codes become the programme's own labels."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from frontdoor.domain.case import Case, Entry
from frontdoor.domain.programme import Programme
from frontdoor.web.case_words import (
    channel_label,
    decision_title,
    fact_label,
    form_title,
    outcome_tag,
    source_label,
    stage_label,
)
from frontdoor.web.pages import spoken


@dataclass(frozen=True)
class Happened:
    """One line: when, who, what in a sentence, a person's own words, and where to read more."""

    at: datetime
    by: str
    words: str
    note: str = ""
    href: str = ""
    link: str = ""


def timeline(programme: Programme, case: Case, entries: Iterable[Entry] | None = None) -> list[Happened]:
    """Return the lines of a case, newest first; of some entries of it where these are given."""
    kept = case.history if entries is None else entries
    return [happened(programme, case, entry) for entry in reversed(tuple(kept))]


def happened(programme: Programme, case: Case, entry: Entry) -> Happened:
    """Return one entry in words."""
    telling = _Telling(programme, case, entry.detail)
    href, link = telling.link()
    sentence = _SENTENCES.get(entry.what)
    words = sentence(telling) if sentence else entry.what.replace("_", " ").capitalize()
    return Happened(entry.at, entry.by_name, words, entry.note, href, link)


@dataclass(frozen=True)
class _Telling:
    programme: Programme
    case: Case
    detail: Mapping[str, Any]

    def title(self) -> str:
        return decision_title(self.programme, str(self.detail.get("decision", "")))

    def outcome(self) -> str:
        code, decision = str(self.detail.get("decision", "")), str(self.detail.get("outcome", ""))
        return outcome_tag(self.programme, code, decision).words

    def fact(self) -> str:
        return fact_label(self.programme, str(self.detail.get("fact", "")))

    def source(self) -> str:
        return source_label(self.programme, str(self.detail.get("fact", "")), str(self.detail.get("source", "")))

    def clock(self) -> str:
        found = self.programme.clocks.get(str(self.detail.get("clock", "")))
        return spoken(found.label) if found else str(self.detail.get("clock", ""))

    def link(self) -> tuple[str, str]:
        for key, endpoint, argument, words in (
            ("receipt", "casework.receipt", "receipt_id", _("Receipt")),
            ("submission", "casework.submission", "submission_id", _("What was sent")),
        ):
            if self.detail.get(key):
                return url_for(endpoint, reference=self.case.reference, **{argument: self.detail[key]}), words
        return "", ""


_SENTENCES: Mapping[str, Callable[[_Telling], str]] = {
    "received": lambda it: _("Received: %(channel)s", channel=channel_label(str(it.detail.get("channel", "")))),
    "proposed": lambda it: _("%(title)s: the rules propose “%(outcome)s”", title=it.title(), outcome=it.outcome()),
    "verified": lambda it: _("Checked: %(fact)s (%(source)s)", fact=it.fact(), source=it.source()),
    "replay_differs": lambda it: _(
        "ALARM: %(title)s: taken again, this decision gives another answer", title=it.title()
    ),
    "decided_on_known": lambda it: _("%(title)s: decided on what is known", title=it.title()),
    "confirmed": lambda it: (
        _("%(title)s: confirmed “%(outcome)s”", title=it.title(), outcome=it.outcome())
        if not it.detail.get("override")
        else _("%(title)s: decided otherwise, “%(outcome)s”", title=it.title(), outcome=it.outcome())
    ),
    "agreed_again": lambda it: _("%(title)s: the rules agree again with what was confirmed", title=it.title()),
    "contradicted": lambda it: _(
        "%(title)s: a later fact contradicts what was confirmed; the rules now propose “%(outcome)s”",
        title=it.title(),
        outcome=it.outcome(),
    ),
    "entered": lambda it: _("Moved to: %(stage)s", stage=stage_label(it.programme, str(it.detail.get("stage", "")))),
    "lowering_asked": lambda it: _(
        "%(title)s: asked to lower it to “%(outcome)s”", title=it.title(), outcome=it.outcome()
    ),
    "lowering_refused": lambda it: _("%(title)s: a second manager did not agree to lower it", title=it.title()),
    "alert_raised": lambda _it: _("Safeguarding alert raised"),
    "alert_acknowledged": lambda _it: _("Safeguarding alert acknowledged"),
    "asked": lambda _it: _("Asked the sender a question"),
    "replied": lambda _it: _("The sender replied"),
    "amended": lambda _it: _("The sender changed what they sent"),
    "completed": lambda it: _("Completed: %(form)s", form=form_title(it.programme, str(it.detail.get("form", "")))),
    "overdue": lambda it: _("Overdue: %(clock)s", clock=it.clock()),
    "family_joined": lambda it: _("Joined with %(case)s: the same family", case=str(it.detail.get("case", ""))),
    "family_parted": lambda it: _("Parted from %(case)s: not the same family", case=str(it.detail.get("case", ""))),
    "seen": lambda _it: _("Looked at what was waiting"),
}
