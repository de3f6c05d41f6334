"""What the engine refuses in stored logic: operators, arity, size, depth, literals, and a test that is no condition."""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.errors import Problem
from frontdoor.domain.rules.check_rule import check_rule


def of_rule_set(document: Mapping[str, Any], at: str) -> Iterator[Problem]:
    """Yield what the engine refuses in any logic of a rule set: operators, arity, size, depth, literals."""
    written = {
        f"{at}/facts/{key}/logic": one["logic"] for key, one in document.get("facts", {}).items() if "logic" in one
    }
    for code, decision in document.get("decisions", {}).items():
        rows = {f"rows/{key}": row for key, row in decision.get("rows", {}).items()}
        for key, row in {**rows, "otherwise": decision.get("otherwise", {})}.items():
            here = f"{at}/decisions/{code}/{key}"
            argument = row.get("argument")
            written |= {f"{here}/when": row["when"]} if "when" in row else {}
            written |= {} if argument is None or _clock(argument) else {f"{here}/argument": argument}
    for where, logic in written.items():
        for one in (*check_rule(logic), *_condition(logic, where)):
            yield Problem(where + one.where, one.code, one.message)


def _condition(logic: Any, where: str) -> Iterator[Problem]:
    """Yield a problem for a test that is a text, a number or a list: it would be true, or false, of everybody."""
    if where.endswith("/when") and not isinstance(logic, Mapping | bool):
        yield Problem("", "no_condition", "Write a condition: an operator with what it reads, or true")


def _clock(argument: Any) -> bool:
    return isinstance(argument, Mapping) and "clock" in argument


def of_pathway(tree: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the engine refuses in the exits of the stages."""
    for key, stage in tree.get("rules", {}).get("pathway", {}).get("stages", {}).items():
        for way, exit_ in stage.get("exits", {}).items():
            where = f"/rules/pathway/stages/{key}/exits/{way}/when"
            for one in (*check_rule(exit_["when"]), *_condition(exit_["when"], where)):
                yield Problem(where + one.where, one.code, one.message)
