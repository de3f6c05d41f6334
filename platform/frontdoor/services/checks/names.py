"""Everything that logic can name in one tree, and the codes that each name can hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from frontdoor.domain.programme.documents import rule_sets
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES, platform_value
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.checks.reads import Read

Tree = Mapping[str, Any]
# What rules may read of an earlier decision of the case.
_OF_DECISION = ("decision",)


@dataclass(frozen=True)
class Names:
    """What exists in a tree. Questions are by `FORM.QUESTION`, `FORM.GROUP.QUESTION` for those of a row."""

    tree: Tree

    @cached_property
    def rule_sets(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the rule sets by name."""
        rules = self.tree.get("rules", {})
        return {name: rules[name] for name in rule_sets(rules)}

    @cached_property
    def facts(self) -> Mapping[str, Mapping[str, Any]]:
        """Return every fact by id."""
        return self._all("facts")

    @cached_property
    def parameters(self) -> Mapping[str, Mapping[str, Any]]:
        """Return every parameter by id."""
        return self._all("parameters")

    @cached_property
    def decisions(self) -> Mapping[str, Mapping[str, Any]]:
        """Return every decision table by code."""
        return self._all("decisions")

    @cached_property
    def forms(self) -> Mapping[str, Mapping[str, Any]]:
        """Return every form by its id."""
        return {str(document.get("id")): document for document in self.tree.get("forms", {}).values()}

    @cached_property
    def questions(self) -> Mapping[str, Mapping[str, Any]]:
        """Return every question by `FORM.QUESTION` and `FORM.GROUP.QUESTION`."""
        found = {}
        for form_id, form in self.forms.items():
            for key, question in form.get("questions", {}).items():
                found[f"{form_id}.{key}"] = question
                found.update({f"{form_id}.{key}.{row}": one for row, one in question.get("questions", {}).items()})
        return found

    @cached_property
    def lists(self) -> Mapping[str, Any]:
        """Return the code lists by id."""
        codes: Mapping[str, Any] = self.tree.get("rules", {}).get("codes", {}).get("lists", {})
        return codes

    def missing(self, read: Read, over: str = "") -> str:
        """Return what is wrong with a name that logic reads, `""` for one that exists. `over` is a fact's group."""
        if read.of is not None:
            return self._missing_in_row(read.path.removeprefix("current."), read.of, over) if read.path else ""
        root, _, rest = read.path.partition(".")
        first = rest.partition(".")[0]
        if root == "row":
            return self._missing_in_row(rest, f"{over}", "") if over else "`row` is read only by a fact with `over`"
        known: Mapping[str, Mapping[str, Any]] = {
            "facts": self.facts, "parameters": self.parameters, "decisions": self.decisions,
        }  # fmt: skip
        if root == "decisions" and first in self.decisions:
            part = rest.partition(".")[2]
            return "" if part in _OF_DECISION else _no(read.path, [f"{root}.{first}.{each}" for each in _OF_DECISION])
        if root in known:
            return "" if first in known[root] else _no(f"{root}.{first}", [f"{root}.{key}" for key in known[root]])
        if root == "answers":
            return self._missing_answer(rest)
        return "" if platform_value(read.path) else _no(read.path, [*PLATFORM_VALUES, "answers", "facts", "parameters"])

    def codes_of(self, read: Read, over: str = "") -> frozenset[str] | None:
        """Return the codes that a name can hold, None where it can hold anything."""
        path = self._full(read, over)
        root, _, rest = path.partition(".")
        if root == "answers":
            return self.options(self.questions.get(rest))
        if root == "decisions" and rest.endswith(".decision"):
            return frozenset(self.decisions.get(rest.removesuffix(".decision"), {}).get("outcomes", {}))
        if path == "case.stage":
            return frozenset(self.tree.get("rules", {}).get("pathway", {}).get("stages", {}))
        return self._fact_codes(rest) if root == "facts" else None

    def _fact_codes(self, fact_id: str) -> frozenset[str] | None:
        """Return the codes of a fact that is the answer to a question with options, or verified among options."""
        fact = self.facts.get(fact_id, {})
        options = fact.get("verify", {}).get("options")
        if options:
            return frozenset(options)
        logic = fact.get("logic")
        named = logic.get("var") if isinstance(logic, Mapping) else None
        return self.codes_of(Read(named, ""), "") if isinstance(named, str) and named.startswith("answers.") else None

    def options(self, question: Mapping[str, Any] | None) -> frozenset[str] | None:
        """Return the option codes of a question, None where it has none of its own."""
        ui = (question or {}).get("ui", {})
        if "options" not in ui and "codes" not in ui:
            return None
        listed = self.lists.get(ui.get("codes", ""), {}).get("codes", {})
        return frozenset({**listed, **ui.get("options", {})})

    def _full(self, read: Read, over: str) -> str:
        """Return the whole path of a name, through the list whose element it is read from."""
        if read.of is not None:
            return f"{read.of}.{read.path.removeprefix('current.')}" if read.of.startswith("answers.") else ""
        root, _, rest = read.path.partition(".")
        return f"{over}.{rest}" if root == "row" and over else read.path

    def _missing_in_row(self, path: str, group: str, over: str) -> str:
        """Return what is wrong with a name read from a row of a group; nothing where the group has no name."""
        if group.startswith("row."):
            group = f"{over}.{group.removeprefix('row.')}"
        name = path.partition(".")[0]
        row = self._row_names(group)
        if not row or name in row or name in ("id", "accumulator", "current"):
            return ""
        return _no(name, sorted(row), f" in a row of `{group}`")

    def _row_names(self, group: str) -> frozenset[str]:
        question = self.questions.get(group.removeprefix("answers."), {})
        rows = set(question.get("questions", {}))
        of_row = {key for key, one in self.facts.items() if one.get("over") == group and "roll_up" not in one}
        return frozenset(rows | of_row) if rows else frozenset()

    def _missing_answer(self, rest: str) -> str:
        form, _, path = rest.partition(".")
        if form not in self.forms:
            return _no(f"answers.{form}", [f"answers.{one}" for one in self.forms])
        question = path.partition(".")[0]
        mine = self.forms[form].get("questions", {})
        if question in mine:
            return ""
        return _no(f"answers.{form}.{question}", [f"answers.{form}.{one}" for one in mine])

    def _all(self, section: str) -> dict[str, Mapping[str, Any]]:
        return {key: one for document in self.rule_sets.values() for key, one in document.get(section, {}).items()}


def _no(name: str, known: list[str], inside: str = "") -> str:
    near = did_you_mean(name, known)
    return f"There is no `{name}`{inside}{near if 'mean' in near else ''}"
