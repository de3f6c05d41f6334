"""Two people changed the same entry: both versions beside each other, and the one who saves decides."""

from collections.abc import Mapping
from typing import Any

from flask import render_template

from frontdoor.domain.canonical import digest
from frontdoor.domain.forms.design.entered import fields_of
from frontdoor.web import admin_form_boxes, admin_form_pages
from frontdoor.web.admin_form_state import Editor
from frontdoor.web.languages import language


def conflict_page(editor: Editor, theirs: Mapping[str, Any]) -> str:
    """Return the page that shows what was typed beside what somebody else saved meanwhile."""
    desk, told = editor.desk, language()
    other = fields_of(desk.document, editor.place, theirs)
    boxes = admin_form_boxes.shown(desk, editor.place, editor.held, editor.fields, told)
    saved = {one.name: one for one in admin_form_boxes.shown(desk, editor.place, theirs, other, told)}
    differing = [(one, saved.get(one.name)) for one in boxes if not _same(one, saved.get(one.name))]
    return render_template(
        "admin/designer/conflict.html", desk=desk, change=desk.change, editor=editor, differing=differing,
        seen=digest(theirs), entry=admin_form_pages.shown(desk, editor.place, told),
    )  # fmt: skip


def _same(one: admin_form_boxes.ShownBox, other: admin_form_boxes.ShownBox | None) -> bool:
    mine = tuple(" ".join(text.split()) for text in one.values or (one.value,))
    theirs = tuple(" ".join(text.split()) for text in (other.values or (other.value,))) if other else ("",)
    return (mine or ("",)) == (theirs or ("",))
