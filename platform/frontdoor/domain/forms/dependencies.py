"""What a condition reads, and the order in which a form's visibility must be resolved."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.questions import Condition, Json, Page, Question, Step

_ITERATORS = frozenset({"some", "all", "none", "filter", "map", "reduce"})


class Unreadable(Exception):
    """Logic whose inputs cannot be told from its text; the message says what to write instead."""


def reads(logic: Json) -> Iterator[str]:
    """Yield every path that `logic` reads, such as `answers.concern`.

    Inside an iterator `var` sees only the element, so its second argument is not followed. Unreadable for a path
    that is computed or empty.
    """
    if isinstance(logic, list):
        for element in logic:
            yield from reads(element)
    if not isinstance(logic, Mapping):
        return
    for operator, arguments in logic.items():
        given = arguments if isinstance(arguments, list) else [arguments]
        if operator in _ITERATORS:
            yield from reads(given[:1])
            yield from reads(given[2:])
        elif operator in {"var", "missing", "missing_some"}:
            yield from _paths(operator, given)
        else:
            yield from reads(given)


def _paths(operator: str, given: list[Json]) -> Iterator[str]:
    if operator == "var":
        named, others = given[:1] or [""], given[1:]
    elif operator == "missing_some":
        named, others = (given[1] if len(given) > 1 and isinstance(given[1], list) else [""]), given[:1]
    else:
        named, others = (given[0] if given and isinstance(given[0], list) else given), []
    for path in named:
        if not isinstance(path, str) or not path:
            raise Unreadable("Write each path as text, such as answers.concern: a condition names what it reads")
        yield path
    yield from reads(others)


class Graph:
    """The dependencies of one form; `problems` collects what is wrong, `circle` is one that waits for itself."""

    def __init__(
        self, pages: Mapping[str, Page], questions: Mapping[str, Question], conditions: Mapping[str, Condition]
    ) -> None:
        self.pages = pages
        self.questions = questions
        self.conditions = conditions
        self.problems: list[Problem] = []
        self.circle: tuple[Step, ...] = ()

    def steps(self) -> tuple[Step, ...]:
        """Return every page, question and condition after all that it depends on; empty when that is impossible."""
        needs: dict[Step, list[Step]] = {}
        for page in self.pages.values():
            needs[Step("page", page.id)] = self._named(page.show_if, "", f"/pages/{page.id}/show_if")
        for condition in self.conditions.values():
            needs[Step("condition", condition.id)] = self._read(condition.logic, "", f"/conditions/{condition.id}")
        for question in self.questions.values():
            where = f"/questions/{question.id}"
            needs[Step("question", question.id)] = [
                Step("page", question.page),
                *self._named(question.show_if, "", f"{where}/ui/show_if"),
                *self._worked_out(question, "", where),
            ]
            self._named(question.required_if, "", f"{where}/ui/required_if")
            self._named(question.share_if, "", f"{where}/ui/share_if")
            needs.update(self._rows(question, where))
        if self.problems:
            return ()
        return self._ordered(needs)

    def _rows(self, group: Question, where: str) -> dict[Step, list[Step]]:
        needs: dict[Step, list[Step]] = {}
        for question in group.questions.values():
            at = f"{where}/questions/{question.id}/ui"
            needs[Step("question", question.id, group.id)] = [
                Step("question", group.id),
                *self._named(question.show_if, group.id, f"{at}/show_if"),
                *self._worked_out(question, group.id, at.removesuffix("/ui")),
            ]
            self._named(question.required_if, group.id, f"{at}/required_if")
            self._named(question.share_if, group.id, f"{at}/share_if")
        for condition in group.conditions.values():
            needs[Step("condition", condition.id, group.id)] = self._read(
                condition.logic, group.id, f"/conditions/{condition.id}"
            )
        return needs

    def _named(self, condition_id: str, group: str, where: str) -> list[Step]:
        if not condition_id:
            return []
        if group and condition_id in self.questions[group].conditions:
            return [Step("condition", condition_id, group)]
        if condition_id in self.conditions:
            return [Step("condition", condition_id)]
        self.problems.append(Problem(where, "unknown_condition", "Name one of the form's conditions here"))
        return []

    def _worked_out(self, question: Question, group: str, where: str) -> list[Step]:
        """Return what a calculated value waits for: what it reads, and the words that a list of it is complete."""
        if question.widget != "calculated":
            return []
        steps = self._read(question.logic, group, where)
        if any(step.kind == "condition" for step in steps):
            message = "Read answers here, no conditions: write the test of the condition out"
            self.problems.append(Problem(f"{where}/logic", "unknown_path", message))
        groups = [self.questions[step.id] for step in steps if step.kind == "question" and not step.group]
        return [*steps, *(Step("question", one.complete) for one in groups if one.complete in self.questions)]

    def _read(self, logic: Json, group: str, where: str) -> list[Step]:
        try:
            paths = list(dict.fromkeys(reads(logic)))
        except Unreadable as unclear:
            self.problems.append(Problem(f"{where}/logic", "unreadable", str(unclear)))
            return []
        return [step for path in paths for step in self._reached(path, group, f"{where}/logic")]

    def _reached(self, path: str, group: str, where: str) -> list[Step]:
        root, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if path == "as_of":
            return []
        if root == "answers" and name in self.questions and self.questions[name].answers:
            rows = self.questions[name].questions
            return [Step("question", name), *(Step("question", row, name) for row in rows)]
        if root == "row" and group and name in self.questions[group].questions:
            return [Step("question", name, group)]
        if root == "row" and group and name == "id":
            return [Step("question", group)]
        if root == "conditions" and rest and rest == name:
            return self._named(name, group, where)
        hint = "answers.QUESTION, conditions.NAME or as_of" + (", or row.QUESTION of this group" if group else "")
        self.problems.append(Problem(where, "unknown_path", f"`{path}` is not in this form: read {hint}"))
        return []

    def _ordered(self, needs: Mapping[Step, list[Step]]) -> tuple[Step, ...]:
        try:
            return tuple(TopologicalSorter(needs).static_order())
        except CycleError as circle:
            self.circle = round_trip = tuple(step for step in circle.args[1] if isinstance(step, Step))
            names = " → ".join(f"{step.kind} {step.id}" for step in round_trip)
            self.problems.append(
                Problem(
                    f"/{round_trip[0].kind}s/{round_trip[0].id}",
                    "circle",
                    f"These wait for each other: {names}. Let one of them not depend on the next",
                )
            )
            return ()
