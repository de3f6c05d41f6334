"""The named conditions of a form document: where they stand, who uses them, and edits of them as pure functions.

A place is `("conditions", ID)` or, for a condition of a group's rows, `("questions", GROUP, "conditions", ID)`. A
condition of the form with `over` is of that group's rows too. Ids are permanent; labels are not.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import Path, find, pointer
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.rules.allowed import FORBIDDEN_SEGMENTS
from frontdoor.domain.rules.dialect.orders import STEP, in_order
from frontdoor.domain.rules.dialect.proposing import ID
from frontdoor.domain.rules.dialect.uses import names_read
from frontdoor.domain.text import Text

Document = Mapping[str, Any]
_MISSING: Any = object()


@dataclass(frozen=True)
class Use:
    """One place that goes by a condition. `how` is shown, required or read; `sort` is page, question or condition."""

    pointer: str
    how: str
    sort: str
    label: Text


def places(document: Document) -> tuple[Path, ...]:
    """Return the place of every condition in reading order: the form's, then those of each group's rows."""
    found = [("conditions", key) for key in in_order(document.get("conditions", {}))]
    questions: Mapping[str, Any] = document.get("questions", {})
    rows = [("questions", key, "conditions", one) for key in _asked_in_order(questions)
            for one in in_order(questions[key].get("conditions", {}))]  # fmt: skip
    return (*found, *rows)


def place_at(document: Document, at: str) -> Path:
    """Return the place that a pointer names. Errors: `NotFound` where no condition stands."""
    return next((place for place in places(document) if pointer(place) == at), None) or _none()


def condition(document: Document, place: Path) -> Mapping[str, Any]:
    """Return the condition at a place. Errors: `NotFound`."""
    found: Any = find(document, place, _MISSING)
    return found if isinstance(found, Mapping) else _none()


def group_of(document: Document, place: Path) -> str:
    """Return the repeating group whose rows a condition is of; `""` for one of the whole form."""
    return place[1] if len(place) > 2 else str(condition(document, place).get("over", ""))


def put(document: Document, place: Path, label: Text, logic: Any) -> dict[str, Any]:
    """Return the document with a condition as it is given, a new one last among its neighbours.

    Errors: `AnswersRejected` for a new id that cannot be one or a label without English; `NotFound` for no such group.
    """
    made: dict[str, Any] = deepcopy(dict(document))
    beside = _beside(made, place)
    if not label.get("en"):
        raise AnswersRejected("Give it a label", problems=[Problem("/label.en", "required", "Write this")])
    if place[-1] not in beside:
        _permanent(place[-1])
        last = max((one.get("order", 0) for one in beside.values()), default=0)
        beside[place[-1]] = {"order": int(last) + STEP}
    beside[place[-1]] = {**beside[place[-1]], "label": dict(label), "logic": deepcopy(logic)}
    return made


def remove(document: Document, place: Path) -> dict[str, Any]:
    """Return the document without a condition. Errors: `AnswersRejected` with a problem for each place that uses it."""
    condition(document, place)
    problems = [Problem(use.pointer, "used", _first(use)) for use in uses(document, place)]
    if problems:
        raise AnswersRejected("This is still used", problems=problems)
    made: dict[str, Any] = deepcopy(dict(document))
    del find(made, place[:-1], None)[place[-1]]
    return made


def uses(document: Document, place: Path) -> tuple[Use, ...]:
    """Return every place of the form that uses a condition: pages and questions by name, conditions by what they read.

    In the rows of a group a name is the group's own condition first, then the form's.
    """
    return tuple(_Using(document, place[-1], group_of(document, place)).found())


@dataclass(frozen=True)
class _Using:
    document: Document
    key: str
    group: str

    def found(self) -> Iterator[Use]:
        if not self.group:
            yield from self.of_pages()
        questions: Mapping[str, Any] = self.document.get("questions", {})
        for key in _asked_in_order(questions):
            if not self.group:
                yield from self.of_question(questions[key], ("questions", key))
            rows: Mapping[str, Any] = questions[key].get("questions", {}) if self.meant_in(key) else {}
            for row in _asked_in_order(rows):
                yield from self.of_question(rows[row], ("questions", key, "questions", row))
        yield from self.of_conditions()

    def of_pages(self) -> Iterator[Use]:
        for key, page in self.document.get("pages", {}).items():
            if page.get("show_if") == self.key:
                yield Use(pointer(("pages", key)), "shown", "page", page.get("title", {}))

    def of_conditions(self) -> Iterator[Use]:
        for place in places(self.document):
            one, group = condition(self.document, place), group_of(self.document, place)
            meant = self.meant_in(group) if group else not self.group
            itself = place[-1] == self.key and group == self.group
            if meant and not itself and f"conditions.{self.key}" in set(names_read(one.get("logic"))):
                yield Use(pointer(place), "read", "condition", one.get("label", {}))

    def of_question(self, question: Mapping[str, Any], at: Path) -> Iterator[Use]:
        ui = question.get("ui", {})
        for keyword, how in (("show_if", "shown"), ("required_if", "required")):
            if ui.get(keyword) == self.key:
                yield Use(pointer((*at, "ui", keyword)), how, "question", ui.get("label", {}))

    def meant_in(self, group: str) -> bool:
        """Return whether a name in the rows of a group is this condition."""
        own = {place[-1] for place in places(self.document) if group_of(self.document, place) == group}
        return group == self.group or (not self.group and self.key not in own)


def _beside(made: dict[str, Any], place: Path) -> dict[str, Any]:
    holder = made if len(place) == 2 else find(made, place[:2], None)
    if not isinstance(holder, dict) or (len(place) > 2 and holder.get("ui", {}).get("widget") != "group"):
        _none()
    beside: dict[str, Any] = holder.setdefault("conditions", {})
    return beside


def _asked_in_order(questions: Mapping[str, Any]) -> list[str]:
    return sorted(questions, key=lambda key: (questions[key].get("ui", {}).get("order", 0), key))


def _permanent(key: str) -> None:
    if not ID.fullmatch(key) or key in FORBIDDEN_SEGMENTS:
        words = "Use small letters, figures and _, a letter first: an id cannot be changed later"
        raise AnswersRejected("Choose another id", problems=[Problem("/id", "bad_id", words)])


def _none() -> Any:
    raise NotFound("There is no such condition in this form any more. Look at the form as it is now.")


def _first(use: Use) -> str:
    """Return what to do first, before a condition can go."""
    return _FIRST[use.sort, use.how].format(use.label.get("en", ""))


_FIRST = {
    ("page", "shown"): "First take it out of the page “{}”: it is shown when this holds",
    ("question", "shown"): "First take it out of the question “{}”: it is asked when this holds",
    ("question", "required"): "First take it out of the question “{}”: it must be answered when this holds",
    ("condition", "read"): "First take it out of the condition “{}”: it is built on this",
}
