"""Whether what a decision reads can be known when it is proposed: not only later, and by somebody at all.

The order is that of the pathway: a stage comes before another when exits lead from it to that one, by whatever way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.needs import decisions_needed, decisions_read, forms_read, needed, place_of
from frontdoor.services.checks.places import Place
from frontdoor.services.checks.reads import reads

Document = Mapping[str, Any]
_INTAKE = ""  # stands before every stage


@dataclass(frozen=True)
class Step:
    """Where a decision is proposed or an exit is tested: the stage, and the pointer into the pathway."""

    stage: str
    where: str


def check(names: Names) -> Iterator[Problem]:
    """Yield a problem for each decision and exit that asks for what nobody can know then."""
    pathway = names.tree.get("rules", {}).get("pathway")
    if pathway is None:
        return
    order = _Order(names, pathway)
    for code, steps in order.proposed.items():
        if code in names.decisions:
            yield from order.unsupplied(code)
            for step in steps:
                yield from order.too_early(code, step)
    for key, stage in pathway.get("stages", {}).items():
        for way, exit_ in stage.get("exits", {}).items():
            here = f"/rules/pathway/stages/{key}/exits/{way}/when"
            for code in sorted(decisions_read(Place(exit_.get("when"), here))):
                yield from order.undecided(code, Step(key, here))


class _Order:
    def __init__(self, names: Names, pathway: Document) -> None:
        self.names = names
        self.stages: Mapping[str, Document] = pathway.get("stages", {})
        intake = pathway.get("intake", {})
        self.asked: dict[str, set[str]] = {str(intake.get("form", "")): {_INTAKE}}
        self.proposed: dict[str, list[Step]] = {
            code: [Step(_INTAKE, f"/rules/pathway/intake/decisions/{code}")] for code in intake.get("decisions", {})
        }
        for key, stage in self.stages.items():
            for form in stage.get("forms", {}):
                self.asked.setdefault(form, set()).add(key)
            for code in stage.get("decisions", {}):
                where = f"/rules/pathway/stages/{key}/decisions/{code}"
                self.proposed.setdefault(code, []).append(Step(key, where))
        self.before = {key: _before(key, self.stages) for key in (_INTAKE, *self.stages)}

    def too_early(self, code: str, step: Step) -> Iterator[Problem]:
        """Yield a problem for each fact, and each earlier decision, that only a later stage brings."""
        for key in needed(self.names, code):
            fact = self.names.facts[key]
            forms = forms_read(fact)
            late = forms and "verify" not in fact and all(form in self.asked for form in forms)
            if late and not any(self._asked_by(form, step.stage) for form in forms):
                yield Problem(step.where, "used_before_known", self._later(code, key, forms, step))
        for named in sorted(decisions_needed(self.names, code)):
            yield from self.undecided(named, step)

    def undecided(self, code: str, step: Step) -> Iterator[Problem]:
        """Yield a problem where a decision is read before any stage could have proposed it."""
        if code not in self.names.decisions:
            return
        made = {one.stage for one in self.proposed.get(code, ())}
        if not made:
            message = f"No stage proposes `{code}`: add it to the decisions of a stage before this, or of the intake"
            yield Problem(step.where, "never_decided", message)
        elif not made & {_INTAKE, step.stage, *self.before[step.stage]}:
            later = " and ".join(f"`{one}`" for one in sorted(made))
            message = f"`{code}` is only proposed at {later}, which comes later: propose it before this is read"
            yield Problem(step.where, "used_before_known", message)

    def unsupplied(self, code: str) -> Iterator[Problem]:
        """Yield a problem for each fact that a table needs and nobody can tell, wherever it is proposed."""
        for key in needed(self.names, code):
            fact = self.names.facts[key]
            where = next(
                f"{pointer(('rules', name))}/facts/{key}"
                for name, one in self.names.rule_sets.items()
                if key in one.get("facts", {})
            )
            if "logic" not in fact and "verify" not in fact:
                message = (
                    f"`{code}` reads this, and no form asks it: add `verify` with its sources, or logic over a form"
                )
                yield Problem(where, "no_source", message)
            elif "logic" in fact and "verify" not in fact and self._shown_only(fact):
                yield Problem(
                    f"{where}/logic", "no_source", "Nobody answers what this reads: it is only shown to people"
                )

    def _shown_only(self, fact: Document) -> bool:
        """Tell whether everything that a fact reads of forms is words on the page."""
        place = place_of(fact)
        paths = [place.full(read.path, read.of) for read in reads(fact["logic"])]
        asked = [
            self.names.questions.get(path.removeprefix("answers.")) for path in paths if path.startswith("answers.")
        ]
        return bool(asked) and all(one is not None and one.get("ui", {}).get("widget") == "info" for one in asked)

    def _later(self, code: str, key: str, forms: frozenset[str], step: Step) -> str:
        stages = sorted({stage for form in forms for stage in self.asked[form]})
        known = ", ".join(f"`{form}`" for form in sorted(forms))
        where = f"at `{step.stage}`" if step.stage else "when it comes in"
        later = " or ".join(f"`{stage}`" for stage in stages)
        return f"`{code}` is proposed {where}, and `{key}` is known only from {known}, asked later at {later}"

    def _asked_by(self, form: str, stage: str) -> bool:
        return bool(self.asked[form] & {_INTAKE, stage, *self.before[stage]})


def _before(stage: str, stages: Mapping[str, Document]) -> frozenset[str]:
    """Return the stages from which exits lead to one."""
    found: set[str] = set()
    todo = [stage]
    while todo:
        target = todo.pop()
        for key, one in stages.items():
            if key not in found and any(way.get("to") == target for way in one.get("exits", {}).values()):
                found.add(key)
                todo.append(key)
    return frozenset(found)
