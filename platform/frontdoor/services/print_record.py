"""A form that was sent or completed, as a printout for one reader: who reads it is recorded before it is sent."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from frontdoor.delivery import layout, pdf
from frontdoor.delivery.layout import Sheet
from frontdoor.domain.access import Viewer
from frontdoor.domain.case import Case
from frontdoor.domain.errors import NotFound
from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.display import laid_out, row_heading
from frontdoor.domain.forms.withholding import FILE, PERSON, SENDER, Recipient, visible_to
from frontdoor.domain.printout import Printout, parts_of
from frontdoor.domain.programme import Programme
from frontdoor.domain.submission import Submission
from frontdoor.domain.text import Text, say
from frontdoor.services import casefile, track
from frontdoor.services.casefile import CaseFile
from frontdoor.store import views

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_WORDS: dict[str, Text] = {
    "for": {"en": "Copy for", "cy": "Copi ar gyfer"},
    "family": {"en": "Family", "cy": "Teulu"},
    "by": {"en": "Completed by", "cy": "Cwblhawyd gan"},
    "on": {"en": "Date", "cy": "Dyddiad"},
    "restricted": {"en": "Restricted", "cy": "Cyfyngedig"},
    "left_out": {
        "en": "Copies for the family leave some questions out, whoever they are for and whatever the answers.",
        "cy": "Mae copïau teulu yn hepgor rhai cwestiynau, beth bynnag yw\u2019r atebion a\u2019r darllenydd.",
    },
}


@dataclass(frozen=True)
class Reader:
    """Somebody for whom a copy may be made: `person` is the id of their row, `""` for the file itself."""

    person: str
    name: str


@dataclass(frozen=True)
class Printed:
    """A printout with the theme of its programme, and for whom it can be made instead."""

    printout: Printout
    programme: Programme
    sheet: Sheet
    readers: tuple[Reader, ...] = ()

    @property
    def html(self) -> str:
        """The printout as a page, escaped."""
        return layout.page(self.printout)

    def pdf(self, *, fonts: Path, original: str) -> bytes:
        """Return the printout as PDF. Errors: `TooLongToPrint`."""
        return pdf.made(self.printout, self.sheet, fonts=fonts, original=original)


def of_case(
    viewer: Viewer, reference: str, submission_id: str, *, person: str = "", language: str, at: datetime
) -> Printed:
    """Return a form of a case for the file, or as a copy for one of the family. Errors: `NotFound`."""
    file, sent = casefile.open_submission(viewer, reference, submission_id, at=at)
    readers = tuple(_readers(file, language))
    whose = next((one for one in readers if one.person == person), None)
    if whose is None:
        raise NotFound("This case has nobody of that kind. Go back to the form and choose for whom the copy is.")
    views.add(viewer, "print", submission_id, at)
    recipient = Recipient(PERSON, person) if person else Recipient(FILE)
    printout = _printout(file.programme, sent, recipient, language, case=file.case, name=whose.name)
    return Printed(printout, file.programme, sheet(file.programme, language), readers)


def of_sender(viewer: Viewer, submission_id: str, *, language: str, at: datetime) -> Printed:
    """Return what a partner's organisation sent, for whoever sent it. Errors: `NotFound` for another organisation's."""
    standing = track.standing(viewer, submission_id)
    views.add(viewer, "print", standing.submission.id, at)
    printout = _printout(standing.programme, standing.submission, Recipient(SENDER), language)
    return Printed(printout, standing.programme, sheet(standing.programme, language))


def sheet(programme: Programme, language: str) -> Sheet:
    """Return what a programme's theme adds to each page; a value that is no colour is left out."""
    colours = {key: value for key, value in programme.theme.get("colours", {}).items() if _COLOUR.fullmatch(str(value))}
    drawing = programme.tree.get("logo", {}).get("svg")
    return Sheet(
        accent=colours.get("accent", Sheet.accent),
        link=colours.get("link", Sheet.link),
        header=say(programme.theme.get("header") or programme.authority_title, language),
        footer=say(programme.theme.get("footer", {}).get("text"), language),
        logo=drawing if isinstance(drawing, str) else "",
    )


def _readers(file: CaseFile, language: str) -> Iterator[Reader]:
    """Yield the file, then everybody whom the nomination names as one of the family."""
    yield Reader("", "")
    form = file.programme.forms.get(file.programme.pathway.intake.form)
    group = form.questions.get(str(file.programme.pathway.intake.subject.get("members", ""))) if form else None
    rows = file.intake.answers.get(group.id) or () if file.intake and group else ()
    for place, row in enumerate(rows, start=1):
        if group is not None:
            yield Reader(row["id"], str(row_heading(group, place, row, language)))


def _printout(
    programme: Programme, sent: Submission, recipient: Recipient, language: str, *, case: Case | None = None,
    name: str = "",
) -> Printout:  # fmt: skip
    form = programme.forms[sent.form]
    as_of = programme.calendar.local_date(sent.received_at)
    shown = visible_to(form, sent.answers, recipient, as_of, also=_of_referrer(programme, sent))
    titles = {group.id: say(group.label, language) for group in form.groups()}
    about = [("on", partial_dates.shown(as_of.isoformat(), language))]
    if recipient.kind == PERSON:
        about.insert(0, ("for", name))
    else:
        about.append(("by", sent.account_name))
    if recipient.kind == FILE and case is not None and case.title:
        about.insert(0, ("family", case.title))
    return Printout(
        title=say(form.title, language),
        reference=sent.case,
        language=language,
        authority=say(programme.authority_title, language),
        parts=parts_of(laid_out(form, shown, language), titles),
        about=tuple((say(_WORDS[key], language), said) for key, said in about),
        marking=say(_WORDS["restricted"], language) if case is not None and case.restricted else "",
        left_out=say(_WORDS["left_out"], language) if recipient.kind == PERSON else "",
        signed_by=(name,) if recipient.kind == PERSON else (),
    )


def _of_referrer(programme: Programme, sent: Submission) -> Collection[str]:
    """Return the questions of the nomination about who referred, whole pages: copies for the family leave them out."""
    intake = programme.pathway.intake
    if sent.form != intake.form:
        return ()
    form = programme.forms[sent.form]
    pages = {form.questions[name].page for name in intake.referrer.values() if name in form.questions}
    return frozenset(question.id for page in pages for question in form.on_page(page))
