"""Forms made from a seed: several pages, linked groups, chained conditions, and conditions outside the dialect.

Every kind of question in `tests.domain.forms.kinds` may stand in them, so a new widget is tried as soon as it has a
kind; a test refuses a widget that has none.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.domain.forms.kinds import KINDS, UNSAYABLE

Json = Any
STRUCTURE = frozenset({"group", "addresses", "info"})  # widgets that are made here, not answers of a kind
SINGLE = frozenset({"integer", "number", "scale", "radios", "select", "yes_no", "date"})  # stored as sent, one value


class Maker:
    """Makes one form document; with `within`, no condition and no question of it is outside the dialect."""

    def __init__(self, random: Random, *, within: bool) -> None:
        self.random = random
        self.within = within
        self.pool = sorted(set(KINDS) - UNSAYABLE if within else set(KINDS))
        self.conditions: dict[str, Json] = {}

    def document(self) -> Json:
        """Return a form of three pages, the later two conditional perhaps, with one or two groups."""
        asked: dict[str, str] = {}
        pages: dict[str, Json] = {}
        questions: dict[str, Json] = {}
        for place, page in enumerate(("one", "two", "three")):
            pages[page] = {"order": place, "title": {"en": page}}
            if place and self.random.random() < 0.6:
                pages[page] |= self._named("show_if", "")
            for number in range(self.random.randint(2, 4)):
                name = f"{page}_{number}"
                questions[name] = self._question(name, page, asked, "")
            questions[f"{page}_words"] = _ui(page, 90, widget="info", **self._named("show_if", ""))
            if place:
                questions[f"{page}_rows"] = self._group(f"{page}_rows", page, asked, questions)
        return {
            "id": "made", "title": {"en": "Made"}, "pages": pages, "conditions": self.conditions,
            "questions": questions,
        }  # fmt: skip

    def _question(self, name: str, page: str, asked: dict[str, str], group: str) -> Json:
        kind = self.random.choice(self.pool)
        rest = dict(KINDS[kind][0])
        schema = rest.pop("schema", {})
        given = rest["widget"] != "calculated"
        more: Json = {"required": self.random.random() < 0.4} if given else {}
        more |= self._named("show_if", group, 0.4) | (self._named("required_if", group, 0.3) if given else {})
        asked[name] = kind
        for _ in range(self.random.choice([0, 1, 1, 2])):
            self._condition(asked, group)
        return {**schema, **_ui(page, len(asked), **rest, **more)}

    def _group(self, name: str, page: str, asked: dict[str, str], before: Json) -> Json:
        inner: dict[str, str] = {}
        rows = {f"{name}_{place}": self._question(f"{name}_{place}", page, inner, name) for place in range(3)}
        others = [other for other, question in before.items() if question["ui"]["widget"] == "group"]
        if others and not self.within:
            rows[f"{name}_link"] = _ui(page, 9, widget="select", options_from=others[0])
        ui = {"widget": "group", "max_items": 3, "min_items": self.random.choice([0, 0, 2])}
        ui |= {"required": self.random.random() < 0.3, **self._named("show_if", "", 0.4)}
        asked[name] = "group"
        return {"type": "array", **_ui(page, 80, **ui), "questions": rows}

    def _named(self, key: str, group: str, chance: float = 1.0) -> dict[str, str]:
        """Return `{key: a condition}` now and then: one of the form's, or of the row's own group."""
        here = [
            name for name, one in self.conditions.items() if one.get("over", "") in ({"", group} if group else {""})
        ]
        if self.within and group:
            here = [name for name in here if self.conditions[name].get("over")]
        return {key: self.random.choice(here)} if here and self.random.random() < chance else {}

    def _condition(self, asked: dict[str, str], group: str) -> None:
        logic = self._logic(asked, group)
        others = [name for name, one in self.conditions.items() if one.get("over", "") == group]
        if others and self.random.random() < 0.5:
            other = {"var": f"conditions.{self.random.choice(others)}"}
            logic = self.random.choice([{"and": [logic, other]}, {"or": [other, logic]}, {"!": [other]}, other])
        name = f"c{len(self.conditions)}"
        over = {"over": group} if group else {}
        self.conditions[name] = {"order": len(self.conditions), "label": {"en": name}, "logic": logic, **over}

    def _logic(self, asked: dict[str, str], group: str) -> Json:
        root = "row" if group else "answers"
        name = self.random.choice([name for name, kind in asked.items() if kind != "group" or not self.within])
        var = {"var": f"{root}.{name}"}
        if not self.within and (asked[name] == "group" or self.random.random() < 0.5):
            return self._outside(var, asked[name])
        return self.random.choice(list(self._tests(var, asked[name])))

    def _tests(self, var: Json, kind: str) -> Iterator[Json]:
        """Yield tests of one answer: those of the dialect, and where the form may leave it, any constant with any."""
        yield from ({"!": [var]}, {"!!": [var]}, var)
        constants = [value for value in KINDS[kind][1] if isinstance(value, str | int | float)]
        if not self.within:
            constants += ["a", "none", 0, 1, True, False, None]
        if kind in SINGLE or not self.within:
            constant = self.random.choice(constants)
            yield {self.random.choice(["==", "===", "!=", "!=="]): self.random.sample([var, constant], 2)}
            yield {"in": [var, self.random.choices([constant, "b", 2, "2026-02-28"], k=2)]}
        if kind == "checkboxes" or not self.within:
            yield {"in": [self.random.choice(["a", "b"]), var]}

    def _outside(self, var: Json, kind: str) -> Json:
        if kind == "group":
            return self.random.choice([
                {"some": [var, {"==": [{"var": "id"}, "row1"]}]}, {"none": [var, {"!!": [{"var": "id"}]}]},
                {"all": [var, {"!=": [{"var": "id"}, "row2"]}]}, {"!": [var]}, {"!!": [var]},
            ])  # fmt: skip
        return self.random.choice([
            {">": [var, 1]}, {"<=": [0, var, 5]}, {"==": [{"+": [var, 1]}, 2]}, {"in": ["a", {"cat": [var, "!"]}]},
            {">": [{"age_on": [var, {"var": "as_of"}]}, 17]}, {"missing": [var["var"]]}, {"unknown": [var]},
            {">": [{"count_true": [var, {"!": [var]}, True]}, 1]}, {"if": [var, {"!": [True]}, True]},
            {"==": [{"substr": [{"cat": [var]}, 0, 1]}, "a"]}, {"<": [{"days_between": [{"var": "as_of"}, var]}, 0]},
            {"==": [var, "Okafor"]}, {"%": [var, 2]}, {"max": [var, 3]},
        ])  # fmt: skip


def _ui(page: str, order: int, **rest: Any) -> Json:
    return {"ui": {"page": page, "order": order, "label": {"en": f"{rest['widget']}"}, **rest}}


def documents(seed: int, count: int) -> list[Json]:
    """Return `count` form documents, every other one within the dialect. The same seed gives the same forms."""
    return [
        Maker(Random(f"{seed} form {number}"), within=number % 2 == 0).document()  # noqa: S311 - repeatable, not secret
        for number in range(count)
    ]
