"""Every way through a form, read-only: of a change as it would be, and of what is live."""

from typing import Any

from flask import render_template

from frontdoor import clock
from frontdoor.domain.designs.ways import ways
from frontdoor.services import programmes, see_forms
from frontdoor.services.edit_conditions import Design
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import CONCERNED, bp
from frontdoor.web.form_map_drawing import drawing
from frontdoor.web.languages import language


@bp.get("/changes/<change_id>/all-forms")
@allow("staff", *CONCERNED)
def forms_of_change(change_id: str) -> str:
    """List the forms of a change as it would make them, with their ways and conditions."""
    change, found = see_forms.titles_of_change(viewer(), change_id, at=clock.now())
    return render_template("admin/forms/of_change.html", change=change, forms=found)


@bp.get("/changes/<change_id>/forms/<form>/map")
@allow("staff", *CONCERNED)
def form_map(change_id: str, form: str) -> str:
    """Show every way through a form as a change would make it."""
    design = see_forms.of_change(viewer(), change_id, form, at=clock.now())
    return render_template("admin/forms/map.html", change=design.change, **_shown(design))


@bp.get("/programmes/<programme>/forms")
@allow("staff", *CONCERNED)
def live_forms(programme: str) -> str:
    """List the forms that are live in a programme."""
    at = clock.now()
    return render_template(
        "admin/forms/live.html", forms=see_forms.live(viewer(), programme, at=at),
        programme=programmes.live(viewer().authority, programme, at),
    )  # fmt: skip


@bp.get("/programmes/<programme>/forms/<form>/map")
@allow("staff", *CONCERNED)
def live_form_map(programme: str, form: str) -> str:
    """Show every way through a form as it is live."""
    at = clock.now()
    design = see_forms.live_form(viewer(), programme, form, at=at)
    running = programmes.live(viewer().authority, programme, at)
    return render_template("admin/forms/map.html", change=None, programme=running, **_shown(design))


def _shown(design: Design) -> dict[str, Any]:
    found = ways(design.form, clock.now().date(), language())
    return {"design": design, "ways": found, "drawing": drawing(found, language())}
