"""One page, question or option of a form as the designer shows it: its words, what it needs, what stands against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import digest, path, pointer
from frontdoor.domain.forms.design.places import Place, entry, sort_of
from frontdoor.domain.forms.design.widgets import WIDGETS
from frontdoor.domain.orders import in_order
from frontdoor.domain.text import say
from frontdoor.services.edit_forms import Desk


@dataclass(frozen=True)
class Shown:
    """One page, question or option: `at` its pointer, `number` its place among its neighbours, of `many`.

    `kind` is the type of a question in words; `needed` and `asked` name conditions, `needed` is `*` for always.
    `options` are the labels of a question's options, `inner` the questions of a list's rows; `keeper` who keeps it.
    """

    at: str
    key: str
    label: str
    held: Mapping[str, Any]
    number: int = 1
    many: int = 1
    kind: str = ""
    needed: str = ""
    asked: str = ""
    options: tuple[str, ...] = ()
    inner: tuple["Shown", ...] = ()
    problems: tuple[str, ...] = ()
    new: bool = False
    keeper: str = ""

    @property
    def anchor(self) -> str:
        """Return the id of the entry on its page."""
        return anchor_of(tuple(path(self.at) or ()))

    @property
    def seen(self) -> str:
        """Return the digest of what is shown."""
        return digest(self.held)


def anchor_of(place: Place) -> str:
    """Return the id of an entry on its page."""
    return "-".join(("entry", *place)).replace("_", "-").lower()


@dataclass(frozen=True)
class Making:
    """Makes what is shown of a desk's open form; `problems` are messages by pointer."""

    desk: Desk
    language: str
    problems: Mapping[str, list[str]]

    def entry(self, place: Place, number: int, many: int) -> Shown:
        """Return any entry."""
        if sort_of(place) == "question":
            return self.question(place, number, many)
        if sort_of(place) == "page":
            return self.page(place[1], number, many)
        held = entry(self.desk.document, place)
        label = say(held.get("label") or held.get("title"), self.language)
        return Shown(pointer(place), place[-1] if place else "", label, held, number, many,
                     new=not self.desk.published(place))  # fmt: skip

    def page(self, key: str, number: int, many: int) -> Shown:
        """Return a page."""
        place = ("pages", key)
        held = entry(self.desk.document, place)
        return Shown(
            pointer(place), key, say(held.get("title"), self.language), held, number, many,
            asked=self.condition(held.get("show_if", ""), ""),
            problems=tuple(self.problems.get(pointer(place), ())), new=not self.desk.published(place),
            keeper=self.desk.keeper(place),
        )  # fmt: skip

    def on_page(self, page: str) -> Iterator[Shown]:
        """Yield the questions of a page in order."""
        around = {
            key: one["ui"]
            for key, one in self.desk.document.get("questions", {}).items()
            if one["ui"].get("page") == page
        }
        for number, key in enumerate(in_order(around), start=1):
            yield self.question(("questions", key), number, len(around))

    def question(self, place: Place, number: int, many: int) -> Shown:
        """Return a question, with those of a list's rows."""
        held = entry(self.desk.document, place)
        ui, group = held["ui"], place[1] if len(place) == 4 else ""
        inner = {key: one["ui"] for key, one in (held.get("questions") or {}).items()}
        rows = enumerate(in_order(inner), start=1)
        needed = "*" if ui.get("required") else self.condition(ui.get("required_if", ""), group)
        at = pointer(place)
        under = [message for where, some in self.problems.items() if where == at or where.startswith((f"{at}/ui",
                 f"{at}/type")) for message in some]  # fmt: skip
        return Shown(
            at, place[-1], say(ui.get("label"), self.language), held, number, many,
            kind=say(WIDGETS[ui["widget"]].name, self.language) if ui["widget"] in WIDGETS else ui["widget"],
            needed=needed, asked=self.condition(ui.get("show_if", ""), group),
            options=tuple(self.options(ui)), problems=tuple(under), new=not self.desk.published(place),
            inner=tuple(self.question((*place, "questions", key), row, len(inner)) for row, key in rows),
            keeper=self.desk.keeper(place),
        )  # fmt: skip

    def options(self, ui: Mapping[str, Any]) -> Iterator[str]:
        """Yield the labels of a question's options, those of its code list too."""
        listed = self.desk.codes.get(ui.get("codes", ""), {}).get("codes", {})
        own = {key: one for key, one in (ui.get("options") or {}).items() if one}
        merged = {key: {**listed.get(key, {}), **own.get(key, {})} for key in {**listed, **own}}
        yield from (say(merged[key].get("label"), self.language) for key in in_order(merged))

    def condition(self, name: str, group: str) -> str:
        """Return what a condition is called, its id where the form has none of that name."""
        document = self.desk.document
        own = (document.get("questions", {}).get(group) or {}).get("conditions") or {}
        held = own.get(name) or document.get("conditions", {}).get(name) or {}
        return say(held.get("label"), self.language) or name

    def where(self, at: str) -> str:
        """Return the id of the entry that a problem is about."""
        place = tuple(path(at) or ())
        while place and sort_of(place) not in ("page", "question"):
            place = place[:-1]
        return anchor_of(place) if place else ""
