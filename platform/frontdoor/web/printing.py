"""Forms as printouts: the accessible page, which is the original, and the PDF that says where that is."""

from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template, request, url_for

from frontdoor import clock
from frontdoor.services import print_record
from frontdoor.services.print_record import Printed
from frontdoor.web.access import allow, viewer
from frontdoor.web.languages import LANGUAGES, language
from frontdoor.web.pages import look_like


@allow("staff", "see_case")
def case_form(reference: str, submission_id: str) -> str:
    """Show a form of a case as it is printed, for the file or for one of the family."""
    found = _of_case(reference, submission_id)
    look_like(found.programme)
    where: dict[str, Any] = {"reference": reference, "submission_id": submission_id}
    return render_template(
        "casework/printout.html",
        printed=found,
        person=_person(),
        reading=_reading(),
        back_to=url_for("casework.submission", **where),
        here=url_for("casework.printout", **where),
        pdf=url_for("casework.pdf", **where, **_chosen()),
    )


@allow("staff", "see_case")
def case_pdf(reference: str, submission_id: str) -> Response:
    """Send a form of a case as PDF."""
    found = _of_case(reference, submission_id)
    look_like(found.programme)
    where: dict[str, Any] = {"reference": reference, "submission_id": submission_id}
    return _sent(found, url_for("casework.printout", **where, **_chosen()))


@allow("partner")
def sent_form(submission_id: str) -> str:
    """Show what an organisation sent as it is printed."""
    found = print_record.of_sender(viewer(), submission_id, language=_reading(), at=clock.now())
    look_like(found.programme)
    return render_template(
        "casework/printout.html",
        printed=found,
        person="",
        reading=_reading(),
        back_to=url_for("partner.sent", submission_id=submission_id),
        here=url_for("partner.printout", submission_id=submission_id),
        pdf=url_for("partner.pdf", submission_id=submission_id, **_chosen()),
    )


@allow("partner")
def sent_pdf(submission_id: str) -> Response:
    """Send what an organisation sent as PDF."""
    found = print_record.of_sender(viewer(), submission_id, language=_reading(), at=clock.now())
    look_like(found.programme)
    return _sent(found, url_for("partner.printout", submission_id=submission_id, **_chosen()))


def fonts() -> Path:
    """Return the folder of the typefaces that came with the build."""
    return Path(current_app.static_folder or "") / "fonts"


def download(content: bytes, name: str) -> Response:
    """Return a PDF to be kept under a name that says nothing personal."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(content, mimetype="application/pdf", headers=headers)


def _sent(found: Printed, address: str) -> Response:
    original = current_app.config["BASE_URL"].rstrip("/") + address
    return download(found.pdf(fonts=fonts(), original=original), found.printout.file_name)


def _of_case(reference: str, submission_id: str) -> Printed:
    return print_record.of_case(
        viewer(), reference, submission_id, person=_person(), language=_reading(), at=clock.now()
    )


def _person() -> str:
    return request.args.get("person", "")[:64]


def _reading() -> str:
    """Return the language to print in: as asked for, else the reader's."""
    asked = request.args.get("in", "")
    return asked if asked in LANGUAGES else language()


def _chosen() -> dict[str, Any]:
    return {key: value for key, value in (("person", _person()), ("in", request.args.get("in", "")[:2])) if value}
