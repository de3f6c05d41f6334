"""Building a form in the designer by posts, as somebody does who reads it off paper."""

from dataclasses import replace
from typing import Any

from tests.web.administering import INSIDE, Person

from frontdoor import clock
from frontdoor.domain.canonical import pointer
from frontdoor.domain.forms.design.edits import new_question
from frontdoor.domain.forms.design.entered import fields_of
from frontdoor.domain.orders import in_order
from frontdoor.services import edit_forms

WHY = "Partnership board, 12 March 2026, item 4"


class Builder:
    """A configurer with one form of a change open."""

    def __init__(self, person: Person, change: str, form: str = "") -> None:
        self.person, self.change, self.form = person, change, form

    @property
    def home(self) -> str:
        return f"/changes/{self.change}/forms"

    @property
    def here(self) -> str:
        return f"{self.home}/{self.form}"

    @property
    def document(self) -> dict[str, Any]:
        """The form as the draft has it."""
        return dict(edit_forms.opened(EDITOR, self.change, self.form, at=clock.now()).document)

    def says_why(self) -> None:
        assert self.person.post(f"{self.home}/why", because=WHY).status_code == 303

    def begins(self, title: str) -> None:
        """Begin a form with nothing in it."""
        answer = self.person.post(f"{self.home}/new", **{"title.en": title})
        assert answer.status_code == 303, answer.text
        self.form = answer.location.rpartition("/")[2]

    def enters(self, place: tuple[str, ...], held: dict[str, Any], *, new: bool) -> None:
        """Open the page of an entry and type it; a new one with its id."""
        at = {"in": pointer(place[:-1])} if new else {"at": pointer(place)}
        ui = held.get("ui", {})
        if new and ui:
            at |= {"widget": ui["widget"]} | ({"page": ui["page"]} if "page" in ui else {})
        query = "&".join(f"{name}={value}" for name, value in at.items())
        page = f"{self.here}/entry?{query}"
        typed = {name: list(texts) for name, texts in fields_of(self.document, place, held).items()}
        own = {"id": place[-1]} if new else {}
        answer = self.person.post(f"{self.here}/entry", page=page, **typed, **own, save="yes")
        main = answer.text.partition("<main")[2][:3000]
        assert answer.status_code == 303, (place, answer.status_code, typed, main)

    def copies(self, wanted: dict[str, Any]) -> None:
        """Type a whole form, page by page and question by question; its conditions are there already."""
        self.enters(
            (), {key: one for key, one in wanted.items() if key in ("title", "intro", "submit_label")}, new=False
        )
        for key in in_order(wanted["pages"]):
            self.enters(("pages", key), wanted["pages"][key], new=True)
        by_page = [
            name
            for page in in_order(wanted["pages"])
            for name in in_order({
                key: one["ui"] for key, one in wanted["questions"].items() if one["ui"]["page"] == page
            })
        ]  # fmt: skip
        later = []
        for key in by_page:
            later += self.asks(("questions", key), wanted["questions"][key])
        for place, held in later:  # what names other questions can be said once all of them are there
            self.enters(place, held, new=False)

    def asks(self, place: tuple[str, ...], held: dict[str, Any]) -> list[tuple[tuple[str, ...], dict[str, Any]]]:
        """Add a question with its options and the questions of its rows; return what has to be completed later."""
        ui = {key: one for key, one in held["ui"].items() if key not in NAMING}
        naming = ui != held["ui"]
        begun = {**new_question(ui["widget"], ui.get("page", "")), **held, "ui": ui}
        begun.pop("questions", None)
        self.enters(place, begun, new=True)
        later = [(place, held)] if naming else []
        options = held["ui"].get("options") or {}
        for code in in_order(options):
            self.enters((*place, "ui", "options", code), options[code], new=True)
        inner = held.get("questions") or {}
        for key in in_order({key: one["ui"] for key, one in inner.items()}):
            later += self.asks((*place, "questions", key), inner[key])
        return later


NAMING = frozenset({"options_from", "complete", "row_title"})
EDITOR = replace(INSIDE, account="editor", kind="staff", permissions=frozenset({"edit_change"}))


def told(document: Any) -> Any:
    """A document without what an editor settles: orders are compared as an order, empty objects left out."""
    if not isinstance(document, dict):
        return document
    return {key: told(one) for key, one in document.items() if key != "order" and one not in ({}, None)}
