"""Reads a form document. What comes out is frozen, complete and safe to evaluate."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from frontdoor.domain.errors import DocumentRejected, Problem, RuleRefused
from frontdoor.domain.forms import composites, validators
from frontdoor.domain.forms.addresses import as_group
from frontdoor.domain.forms.dependencies import Graph
from frontdoor.domain.forms.question_reading import ID, Codes, faults, ordered, read_question
from frontdoor.domain.forms.questions import (
    COMPOSITE_WIDGETS,
    CompileCondition,
    Condition,
    Evaluate,
    Form,
    Json,
    Option,
    Page,
    Question,
    Step,
)

__all__ = ["CompileCondition", "Condition", "Evaluate", "Form", "Json", "Option", "Page", "Question", "Step"]
__all__ += ["parse_form", "sketch_form"]


def parse_form(document: Mapping[str, Json], codes: Codes, compile_condition: CompileCondition) -> Form:
    """Return the form that a resolved document describes.

    The document has passed its meta-schema and its library parts are inlined. `codes` is the `lists` object of
    codes.json. `compile_condition` turns JSONLogic into a function; it stands above this floor, so it is handed in,
    and may raise RuleRefused. DocumentRejected with every problem, each where it is in the document.
    """
    form, problems = sketch_form(document, codes, compile_condition)
    if problems:
        raise DocumentRejected(f"The form `{form.id}` cannot be used yet", problems=problems)
    return form


def sketch_form(
    document: Mapping[str, Json], codes: Codes, compile_condition: CompileCondition
) -> tuple[Form, list[Problem]]:
    """Return the form as far as it can be read, and what stands in the way of using it: for whoever designs it.

    With a problem it is only to be looked at: it may have no `steps`.
    """
    reading = _Reading(document, codes, compile_condition)
    return reading.form(), reading.problems


class _Reading:
    def __init__(self, document: Mapping[str, Json], codes: Codes, compile_condition: CompileCondition) -> None:
        self.document = document
        self.codes = codes
        self.compile_condition = compile_condition
        self.problems: list[Problem] = []

    def form(self) -> Form:
        if "parts" in self.document:
            self.problems.append(Problem("/parts", "not_inlined", "Resolve the form first: its parts are inlined"))
        pages = self._pages()
        every = self._conditions(self.document.get("conditions"), "/conditions", "")
        over: dict[str, dict[str, Condition]] = {}
        for condition in every:
            over.setdefault(condition.group, {})[condition.id] = condition
        questions = self._questions(pages, over)
        conditions = over.get("", {})
        self._references(questions, over)
        graph = Graph(pages, questions, conditions)
        steps = () if self.problems else graph.steps()
        self.problems += graph.problems
        return Form(
            id=self.document.get("id", ""),
            title=self.document.get("title", {}),
            pages=pages,
            questions=questions,
            conditions=conditions,
            steps=steps,
            intro=self.document.get("intro", {}),
            submit_label=self.document.get("submit_label", {}),
        )

    def _pages(self) -> dict[str, Page]:
        return {
            name: Page(
                id=name,
                order=page.get("order", 0),
                title=page.get("title", {}),
                intro=page.get("intro", {}),
                show_if=page.get("show_if") or "",
                kind=page.get("kind", ""),
            )
            for name, page in ordered(self.document.get("pages"))
        }

    def _conditions(self, entries: Mapping[str, Json] | None, where: str, group: str) -> Iterator[Condition]:
        for name, entry in ordered(entries):
            if not ID.fullmatch(name):
                self.problems.append(Problem(f"{where}/{name}", "bad_id", "Use small letters, figures and _"))
            try:
                evaluate = self.compile_condition(entry.get("logic"))
            except RuleRefused as refused:
                found = refused.problems or (Problem("", refused.code, refused.message),)
                self.problems += [
                    Problem(f"{where}/{name}/logic{problem.where}", problem.code, problem.message) for problem in found
                ]
                continue
            yield Condition(
                name, entry.get("label", {}), entry.get("logic"), evaluate, group or entry.get("over") or ""
            )

    def _questions(self, pages: Mapping[str, Page], over: Mapping[str, dict[str, Condition]]) -> dict[str, Question]:
        questions: dict[str, Question] = {}
        for name, entry in ordered(self.document.get("questions"), ui=True):
            where = f"/questions/{name}"
            entry = as_group({**entry})
            question = self._question(name, entry, where)
            if question.page not in pages:
                self.problems.append(Problem(f"{where}/ui/page", "unknown_page", "Put it on a page of this form"))
            if question.widget == "group":
                own = self._conditions(entry.get("conditions"), f"{where}/conditions", name)
                rows = self._rows(name, entry, where)
                conditions = {**over.get(name, {}), **{condition.id: condition for condition in own}}
                question = replace(question, questions=rows, conditions=conditions)
            questions[name] = question
        places = {page: place for place, page in enumerate(pages)}
        return dict(sorted(questions.items(), key=lambda pair: places.get(pair[1].page, 0)))

    def _rows(self, group: str, entry: Mapping[str, Json], where: str) -> dict[str, Question]:
        if not entry.get("questions"):
            self.problems.append(Problem(where, "empty_group", "Give the group at least one question"))
        return {
            name: self._question(name, row, f"{where}/questions/{name}", group=group)
            for name, row in ordered(entry.get("questions"), ui=True)
        }

    def _question(self, name: str, entry: Mapping[str, Json], where: str, *, group: str = "") -> Question:
        entry = as_group({**entry})
        question = read_question(name, entry, self.codes, group=group)
        found = list(faults(question, where, self.codes))
        if group and question.widget == "group":
            found.append(Problem(where, "nested_group", "A row holds no group: link two groups with `options_from`"))
        if question.widget == "calculated" and not found:
            question, refused = self._with_logic(question, where)
            found += refused
        self.problems += found
        if found:
            return question
        return composites.with_parts(self._checked(question), self._checked)

    def _with_logic(self, question: Question, where: str) -> tuple[Question, list[Problem]]:
        try:
            return replace(question, evaluate=self.compile_condition(question.logic)), []
        except RuleRefused as refused:
            found = refused.problems or (Problem("", refused.code, refused.message),)
            return question, [Problem(f"{where}/logic{one.where}", one.code, one.message) for one in found]

    def _checked(self, question: Question) -> Question:
        """Return the question with the validator of its stored value."""
        if question.widget in COMPOSITE_WIDGETS or not question.given:
            return question
        schema = validators.stored_schema(question.widget, question.schema)
        if question.widget in {"checkboxes", "file"}:
            schema |= {"minItems": question.min_items, "maxItems": question.max_items or len(question.options)}
        return replace(question, validator=validators.compiled(schema))

    def _references(self, questions: Mapping[str, Question], over: Mapping[str, dict[str, Condition]]) -> None:
        groups = {name for name, question in questions.items() if question.widget == "group"}
        for name in sorted(set(over) - groups - {""}):
            for condition in over[name]:
                where = f"/conditions/{condition}/over"
                self.problems.append(Problem(where, "unknown_group", "Name a repeating group of this form"))
        for question in questions.values():
            where = f"/questions/{question.id}"
            self._linked(question, where, groups)
            self._teller(question, where, questions.keys())
            for row in question.questions.values():
                self._linked(row, f"{where}/questions/{row.id}", groups)
                self._teller(row, f"{where}/questions/{row.id}", {"id", *questions, *question.questions})
            self._group_references(question, questions, where)

    def _linked(self, question: Question, where: str, groups: set[str]) -> None:
        if question.options_from and question.options_from not in groups:
            self.problems.append(
                Problem(f"{where}/ui/options_from", "unknown_group", "Name a repeating group of this form")
            )

    def _teller(self, question: Question, where: str, known: Collection[str]) -> None:
        if question.told_by and question.told_by not in known:
            message = "Name a question of this form that says who told it, or `id` in a row that is a person"
            self.problems.append(Problem(f"{where}/ui/told_by", "unknown_question", message))

    def _group_references(self, group: Question, questions: Mapping[str, Question], where: str) -> None:
        if group.complete and (group.complete not in questions or questions[group.complete].widget != "yes_no"):
            self.problems.append(Problem(f"{where}/ui/complete", "not_yes_no", "Name a yes or no question"))
        hides = group.questions.get(group.confidential)
        if group.confidential and (hides is None or hides.widget != "yes_no"):
            self.problems.append(
                Problem(f"{where}/ui/confidential", "not_yes_no", "Name a yes or no question of the row")
            )
        for name in group.row_title:
            if name not in group.questions:
                self.problems.append(Problem(f"{where}/ui/row_title", "unknown_question", "Name questions of the row"))
