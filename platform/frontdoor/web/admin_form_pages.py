"""What the pages of the designer show: forms, pages and questions in order, each with what depends on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from frontdoor.domain.canonical import find, path, pointer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.forms.design.places import Place, question_of, sort_of
from frontdoor.domain.forms.design.places import beside as neighbours
from frontdoor.domain.orders import in_order
from frontdoor.domain.text import say
from frontdoor.services.edit_forms import Desk
from frontdoor.services.question_uses import Use
from frontdoor.web.admin_form_shown import Making, Shown, anchor_of


@dataclass(frozen=True)
class Page:
    """One page of the form with its questions; `shown` counts those that the search left."""

    page: Shown
    questions: tuple[Shown, ...]


@dataclass(frozen=True)
class Overview:
    """A form as its page shows it. `lost` are questions whose page is no more; `links` where else to go, if there."""

    title: str
    pages: tuple[Page, ...]
    questions: int
    conditions: int
    problems: tuple[tuple[str, str], ...]
    lost: tuple[Shown, ...]
    links: Mapping[str, str]
    found: int


@dataclass(frozen=True)
class Listed:
    """A form in the list: its file's name, title, how many pages and questions, and whether the change makes it."""

    name: str
    title: str
    pages: int
    questions: int
    state: str


def listed(desk: Desk, language: str) -> list[Listed]:
    """Return the forms of a change by title."""
    found = []
    for name, one in desk.documents.items():
        was = desk.under.tree.get("forms", {}).get(name)
        state = "new" if was is None else "" if was == one else "changed"
        counted = len(one.get("questions", {}))
        found.append(Listed(name, say(one.get("title"), language), len(one.get("pages", {})), counted, state))
    return sorted(found, key=lambda one: (one.title.casefold(), one.name))


def overview(desk: Desk, language: str, words: str = "") -> Overview:
    """Return a form as its page shows it, with the questions in which all the words occur."""
    document = desk.document
    making = Making(desk, language, _problems(desk))
    pages = document.get("pages", {})
    wanted = words.casefold().split()
    made, found = [], 0
    for number, key in enumerate(in_order(pages), start=1):
        page = making.page(key, number, len(pages))
        questions = tuple(one for one in making.on_page(key) if _fits(one, wanted))
        found += len(questions)
        if questions or not wanted:
            made.append(Page(page, questions))
    lost = tuple(
        making.question(("questions", key), 1, 1)
        for key, one in document.get("questions", {}).items()
        if one["ui"].get("page") not in pages
    )
    total = len(document.get("questions", {}))
    problems = tuple((making.where(one.where), one.message) for one in desk.problems)
    return Overview(
        say(document.get("title"), language), tuple(made), total, len(document.get("conditions", {})), problems, lost,
        links(desk), found,
    )  # fmt: skip


def shown(desk: Desk, place: Place, language: str) -> Shown:
    """Return one entry as the list shows it."""
    making = Making(desk, language, {})
    keys = in_order(neighbours(desk.document, place)) if place else []
    number = keys.index(place[-1]) + 1 if place and place[-1] in keys else 1
    return making.entry(place, number, len(keys))


def options_of(desk: Desk, place: Place, language: str) -> list[Shown]:
    """Return a question's own options in order."""
    making, at = Making(desk, language, {}), (*place, "ui", "options")
    keys = in_order({key: one for key, one in (find(desk.document, at, {}) or {}).items() if one})
    return [making.entry((*at, key), number, len(keys)) for number, key in enumerate(keys, start=1)]


@dataclass(frozen=True)
class Option:
    """An option with what happens next where it is chosen: conditions, pages, questions and rule rows that read it."""

    option: Shown
    then: tuple["Told", ...]
    published: bool


def options_told(desk: Desk, place: Place, language: str) -> list[Option]:
    """Return a question's own options in order, each with what depends on it."""
    return [
        Option(one, told(desk, desk.follows(at), language), desk.published(at))
        for one in options_of(desk, place, language)
        for at in (tuple(path(one.at) or ()),)
    ]


@dataclass(frozen=True)
class Removing:
    """An entry that is to be taken out: its uses, told, and what goes with it."""

    entry: Shown
    uses: tuple["Told", ...]
    with_it: tuple[Shown, ...]
    published: bool


@dataclass(frozen=True)
class Told:
    """One use in words, with the address of the page that shows it, `""` for none."""

    what: str
    address: str


def removing(desk: Desk, place: Place, language: str) -> Removing:
    """Return what the page that asks whether to take an entry out tells."""
    one = shown(desk, place, language)
    with_it: tuple[Shown, ...] = one.inner
    if sort_of(place) == "page":
        with_it = tuple(Making(desk, language, {}).on_page(place[1]))
    published = sort_of(place) == "option" and desk.published(place)
    return Removing(one, told(desk, desk.uses(place), language), with_it, published)


def told(desk: Desk, uses: list[Use], language: str) -> tuple[Told, ...]:
    """Return uses in words, one for each thing that is used there."""
    found = [Told(say(use.label, language), _address(desk, use)) for use in uses]
    return tuple(dict.fromkeys(found))


def place_of(typed: str) -> Place:
    """Return the place that a pointer of our pages names. Errors: `NotFound` where no entry stands at such a place."""
    read = path(typed)
    place = tuple(read or ())
    if read is None or not sort_of(place):
        raise NotFound("There is no such part of the form any more. Look at it as it is now.")
    return place


def beside(document: Mapping[str, Any], place: Place) -> Mapping[str, Any]:
    """Return the entries among which a place stands, whatever page they are on; none where there is no such list."""
    found: Mapping[str, Any] = find(document, place[:-1], None) or {}
    return found


def address_beside(change_id: str, form: str, place: Place) -> str:
    """Return the address of the page that lists an entry, at the entry."""
    if sort_of(place) == "option":
        question = pointer(question_of(place))
        where = url_for("admin.form_entry", change_id=change_id, form=form, at=question)
    else:
        where = url_for("admin.form_to_edit", change_id=change_id, form=form)
    return f"{where}#{anchor_of(place)}"


def links(desk: Desk) -> dict[str, str]:
    """Return where else one may go from a form: to pages that others make, where they are there."""
    wanted = {"conditions": "admin.form_conditions", "map": "admin.form_map", "try": "admin.try_form"}  # fmt: skip
    there = {name: endpoint for name, endpoint in wanted.items() if endpoint in current_app.view_functions}
    return {name: url_for(endpoint, change_id=desk.change.id, form=desk.name) for name, endpoint in there.items()}


def _address(desk: Desk, use: Use) -> str:
    """Return the page on which a use is changed."""
    section, name = use.document.split("/", 1)
    values: dict[str, Any] = {"change_id": desk.change.id}
    if section == "forms" and sort_of(use.place) == "question":
        return url_for("admin.form_entry", form=name, at=use.pointer, **values)
    if section == "forms" and "admin.form_conditions" in current_app.view_functions:
        return url_for("admin.form_conditions", form=name, **values)
    if section == "rules" and use.place[:1] == ("decisions",) and len(use.place) > 1:
        return url_for("admin.rule_table", rule_set=name, at=use.place[1], **values)
    if section == "rules" and use.place[:1] == ("facts",) and len(use.place) > 1:
        return url_for("admin.rule_entry", rule_set=name, at=pointer(use.place[:2]), **values)
    return ""


def _problems(desk: Desk) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in desk.problems:
        found.setdefault(one.where, []).append(one.message)
    return found


def _fits(one: Shown, wanted: list[str]) -> bool:
    text = " ".join((one.label, one.key, one.kind, *one.options, *(each.label for each in one.inner))).casefold()
    return all(word in text for word in wanted)
