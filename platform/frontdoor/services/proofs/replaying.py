"""Asks the real engine about one family, and leaves out of the family whatever does not matter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from frontdoor.domain.case import Evidence
from frontdoor.domain.forms.questions import NUMBER_WIDGETS, Form, Question
from frontdoor.domain.forms.states import answer_states
from frontdoor.domain.forms.validators import ENDS
from frontdoor.domain.rules.decide import Inputs, decide
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.scopes import names
from frontdoor.domain.rules.symbolic.families import Told
from frontdoor.domain.rules.table import Rules

Json = Any
Holds = Callable[[Told], bool]
Place = tuple[str, ...]  # (form, question), or (form, group, row, question)
MOST_TRIALS = 400  # of leaving something out


@dataclass(frozen=True)
class Engine:
    """The real engine over one rule set and its forms, on one day."""

    rules: Rules
    forms: Mapping[str, Form]
    code: str
    as_of: date
    holidays: tuple[str, ...] = ()

    @cached_property
    def drivers(self) -> frozenset[str]:
        """The questions whose answers do more than make something known, by path."""
        return _drivers(self.rules, self.forms, self.code)

    def decide(self, family: Told) -> Receipt:
        """Return the receipt of one family."""
        return decide(self.rules, self.code, self.inputs(family))

    def inputs(self, family: Told) -> Inputs:
        """Return a family as decisions are made from it."""
        at = datetime.combine(self.as_of, time(12), UTC)
        evidence = [
            Evidence("", fact, row or None, value, "verified", "", self.as_of, "", "", at)
            for (fact, row), value in family.evidence.items()
        ]
        answers = {name: answer_states(self.forms[name], raw, as_of=self.as_of) for name, raw in family.answers.items()}
        return Inputs(answers, self.as_of, evidence, family.platform, family.decisions, holidays=self.holidays)


def truths(receipt: Receipt) -> dict[str, str]:
    """Return the truth of each row by its id."""
    return {row.id: row.truth for row in receipt.rows}


@dataclass(frozen=True)
class Lesser:
    """A family with something left out, and what it would be if that were answered in other ways."""

    name: str
    family: Told
    otherwise: tuple[Told, ...] = ()


def shrunk(family: Told, holds: Holds, engine: Engine) -> Told:
    """Return the family without whatever can be unknown and it still holds; what is left matters.

    What is unknown is mostly weaker than anything known, so nothing else need be tried. Only where rules ask whether
    something is unknown, or a form shows questions by an answer, other answers are tried as well.
    """
    trials = 0
    for lesser in (_without_parts, _without_forms, _without_blocks, _without_rows, _without_answers):
        tried: set[str] = set()
        while trials < MOST_TRIALS:
            found = next((each for each in lesser(family, engine) if each.name not in tried), None)
            if found is None:
                break
            trials += 1
            tried.add(found.name)
            if holds(found.family) and all(map(holds, found.otherwise)):
                family = found.family
    return family


def _without_parts(family: Told, engine: Engine) -> Iterator[Lesser]:
    for part in ("evidence", "platform", "decisions"):
        held = getattr(family, part)
        for key in held:
            yield Lesser(f"{part} {key}", replace(family, **{part: _without(held, key)}))


def _without_forms(family: Told, engine: Engine) -> Iterator[Lesser]:
    for form in family.answers:
        yield Lesser(form, replace(family, answers=_without(family.answers, form)))


def _without_blocks(family: Told, engine: Engine) -> Iterator[Lesser]:
    """Leave out many answers at once: of forty, three may matter."""
    for form, answers in family.answers.items():
        names = [name for name in answers if f"answers.{form}.{name}" not in engine.drivers]
        size = len(names) // 2
        while size > 1:
            for start in range(0, len(names), size):
                block = names[start : start + size]
                kept = {name: value for name, value in answers.items() if name not in block}
                yield Lesser(f"{form} {' '.join(block)}", _with(family, form, kept))
            size //= 2


def _without_rows(family: Told, engine: Engine) -> Iterator[Lesser]:
    for form, answers in family.answers.items():
        for name, value in answers.items():
            for row in _rows(value):
                kept = [one for one in value if one is not row]
                yield Lesser(f"{form} {name} {row['id']}", _with(family, form, {**answers, name: kept}))


def _without_answers(family: Told, engine: Engine) -> Iterator[Lesser]:
    for form, answers in family.answers.items():
        for name, value in answers.items():
            yield _unsaid(family, engine, (form, name))
            for row in _rows(value):
                for key in [key for key in row if key != "id"]:
                    yield _unsaid(family, engine, (form, name, row["id"], key))


def _unsaid(family: Told, engine: Engine, place: Place) -> Lesser:
    return Lesser(" ".join(place), said(family, place, None), tuple(_other_ways(family, engine, place)))


def _other_ways(family: Told, engine: Engine, place: Place) -> Iterator[Told]:
    """Yield the family with other answers at a place, where an answer can do more than make something known."""
    form, name, *rest = place
    path = ".".join(("answers", form, name, *rest[1:]))
    question = engine.forms[form].questions[name]
    if rest:
        question = question.questions[rest[1]]
    if path in engine.drivers:
        yield from (said(family, place, value) for value in _some(question))


def said(family: Told, place: Place, value: Json) -> Told:
    """Return the family with another answer at a place, (form, question) or (form, group, row, question)."""
    form, name, *rest = place
    answers = family.answers.get(form, {})
    if rest:
        row_id, key = rest
        value = [_put(row, key, value) if row["id"] == row_id else row for row in answers[name]]
    return _with(family, form, _put(answers, name, value))


def _put(held: Mapping[str, Json], key: str, value: Json) -> dict[str, Json]:
    return _without(held, key) | ({} if value is None else {key: value})


def _rows(value: Json) -> list[dict[str, Json]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _with(family: Told, form: str, answers: Mapping[str, Json]) -> Told:
    return replace(family, answers={**family.answers, form: answers})


def _without(held: Mapping[Any, Json], key: Any) -> dict[Any, Json]:
    return {name: value for name, value in held.items() if name != key}


def unknown_and_mattering(family: Told, engine: Engine, holds: Holds) -> list[Place]:
    """Return the places that must stay unknown for it to hold: they are told as not known."""
    return [place for place in _blank(family, engine) if not all(map(holds, _other_ways(family, engine, place)))]


def _blank(family: Told, engine: Engine) -> Iterator[Place]:
    for path in sorted(engine.drivers):
        _, form, name, *inner = path.split(".")
        answers = family.answers.get(form, {})
        if not inner:
            if name not in answers:
                yield form, name
            continue
        for row in _rows(answers.get(name)):
            if inner[0] not in row:
                yield form, name, row["id"], inner[0]


def _some(question: Question) -> list[Json]:
    """Return a few answers that a question may have."""
    if question.widget == "yes_no":
        return [True, False]
    if question.parts:
        return []
    if question.widget in NUMBER_WIDGETS:
        ends = ENDS.get(question.widget, (0, 100))
        least, most = question.schema.get("minimum", ends[0]), question.schema.get("maximum", ends[1])
        return [least, (least + most) // 2, most]
    values = [option.value for option in question.options if not option.unknown]
    return [[value] for value in values] if question.widget == "checkboxes" else [*values]


def _drivers(rules: Rules, forms: Mapping[str, Form], code: str) -> frozenset[str]:
    """Return the questions that a form shows others by, or that rules ask about being unknown."""
    found: set[str] = set()
    for form in forms.values():
        conditions = [*form.conditions.values()]
        conditions += [each for group in form.groups() for each in group.conditions.values()]
        read = frozenset().union(*(names(each.logic, f"answers.{each.group}") for each in conditions))
        found |= {f"answers.{form.id}.{path.partition('.')[2]}" for path in read if path.startswith("answers.")}
    decision = rules.decisions[code]
    found |= {path for row in decision.rows if row.asks_unknown for path in row.reads}
    for fact in rules.needed(decision.reads):
        if _asks_unknown(fact.logic) or fact.name in found:
            found |= fact.reads
    return frozenset(path for path in found if _question(path, forms) is not None)


def _asks_unknown(logic: Json) -> bool:
    if isinstance(logic, dict):
        return "unknown" in logic or any(map(_asks_unknown, logic.values()))
    return isinstance(logic, list) and any(map(_asks_unknown, logic))


def _question(path: str, forms: Mapping[str, Form]) -> Question | None:
    root, _, rest = path.partition(".")
    form, _, name = rest.partition(".")
    known = root == "answers" and form in forms
    question = forms[form].question(name.replace(".", "/")) if known else None
    return question if question is not None and question.widget != "group" else None
