"""A change as it would look, before anybody approves it: the theme, and each letter as a page and as PDF."""

from base64 import b64encode

from flask import Response, current_app, render_template, request, url_for

from frontdoor import clock
from frontdoor.services import preview
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import CONCERNED, bp
from frontdoor.web.languages import LANGUAGES, language
from frontdoor.web.pages import look_like
from frontdoor.web.printing import download, fonts


@bp.get("/changes/<change_id>/preview")
@allow("staff", *CONCERNED)
def preview_change(change_id: str) -> str:
    """Show what a change would look like."""
    found = preview.look(viewer(), change_id, at=clock.now(), language=language())
    look_like(found.programme)
    return render_template("admin/preview.html", found=found, change=found.change)


@bp.get("/changes/<change_id>/preview/pdf")
@allow("staff", *CONCERNED)
def preview_letter(change_id: str) -> Response:
    """Send one letter of a change as PDF, for a family that does not exist."""
    name, reading = request.args.get("letter", "")[:64], request.args.get("in", "")
    original = current_app.config["BASE_URL"].rstrip("/") + url_for("admin.preview_change", change_id=change_id)
    made = preview.letter_pdf(
        viewer(), change_id, name, reading if reading in LANGUAGES else language(), at=clock.now(), fonts=fonts(),
        original=original,
    )  # fmt: skip
    return download(made, "letter.pdf")


@bp.app_template_filter("as_picture")
def as_picture(drawing: str) -> str:
    """Return a drawing as the address of a picture that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}"
