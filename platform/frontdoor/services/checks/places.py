"""Every piece of logic in one tree, with where it stands: what a name in it stands for depends on that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.services.checks.names import Names


@dataclass(frozen=True)
class Place:
    """One piece of logic at the pointer `where`.

    `over` is the group of a fact or condition of rows, as `answers.FORM.GROUP`. `form` is the form of a condition,
    whose names leave it out; `holder` the fact, `""` for what is none.
    """

    logic: Any
    where: str
    over: str = ""
    form: str = ""
    holder: str = ""

    def full(self, path: str, of: str | None = None) -> str:
        """Return the whole path of a name, read from an element of the list `of`; `""` where that has no name."""
        if of is not None:
            inside = self._root(of) if of else ""
            name = path.removeprefix("current.") if path not in ("current", "accumulator") else ""
            return f"{inside}.{name}" if inside and name else ""
        return self._root(path)

    def _root(self, path: str) -> str:
        root, _, rest = path.partition(".")
        if root == "row":
            return f"{self.over}.{rest}" if self.over else ""
        return f"answers.{self.form}.{rest}" if root == "answers" and self.form else path


def of_rules(names: Names) -> Iterator[Place]:
    """Yield the logic of facts, rows, arguments and exits."""
    for name, document in names.rule_sets.items():
        at = pointer(("rules", name))
        for key, fact in document.get("facts", {}).items():
            if "logic" in fact:
                yield Place(fact["logic"], f"{at}/facts/{key}/logic", str(fact.get("over", "")), holder=key)
        for code, decision in document.get("decisions", {}).items():
            yield from of_decision(decision, f"{at}/decisions/{code}")
    for key, stage in names.tree.get("rules", {}).get("pathway", {}).get("stages", {}).items():
        for way, exit_ in stage.get("exits", {}).items():
            yield Place(exit_.get("when"), f"/rules/pathway/stages/{key}/exits/{way}/when")


def of_decision(decision: Mapping[str, Any], at: str) -> Iterator[Place]:
    """Yield the tests and arguments of one table, whose pointer is `at`."""
    rows = {f"{at}/rows/{key}": row for key, row in decision.get("rows", {}).items()}
    for where, row in {**rows, f"{at}/otherwise": decision.get("otherwise", {})}.items():
        if "when" in row:
            yield Place(row["when"], f"{where}/when")
        argument = row.get("argument")
        if argument is not None and not (isinstance(argument, Mapping) and "clock" in argument):
            yield Place(argument, f"{where}/argument")


def of_forms(names: Names) -> Iterator[Place]:
    """Yield the conditions of forms and of their groups."""
    for name, document in names.tree.get("forms", {}).items():
        at, form = pointer(("forms", name)), str(document.get("id"))
        for key, condition in document.get("conditions", {}).items():
            over = f"answers.{form}.{condition['over']}" if condition.get("over") else ""
            yield Place(condition.get("logic"), f"{at}/conditions/{key}/logic", over, form)
        for group, question in document.get("questions", {}).items():
            for key, condition in question.get("conditions", {}).items():
                where = f"{at}/questions/{group}/conditions/{key}/logic"
                yield Place(condition.get("logic"), where, f"answers.{form}.{group}", form)
