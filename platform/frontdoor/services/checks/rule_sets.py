"""Facts and decision tables: what they name, whether anybody can supply it, whether they agree."""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.validators import compiled
from frontdoor.domain.schemas import did_you_mean
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.reads import compared, reads

Document = Mapping[str, Any]


def check(names: Names) -> Iterator[Problem]:
    """Yield every problem of the rule sets that reading them alone cannot see."""
    for name, document in names.rule_sets.items():
        at = pointer(("rules", name))
        yield from _id(name, document, at)
        for key, fact in document.get("facts", {}).items():
            yield from _fact(key, fact, f"{at}/facts/{key}", names)
        for key, decision in document.get("decisions", {}).items():
            yield from _decision(decision, f"{at}/decisions/{key}", names)


def logic(written: Any, where: str, names: Names, over: str = "") -> Iterator[Problem]:
    """Yield a problem for each name in the logic that does not exist, and each code that its name cannot hold."""
    for read in reads(written):
        missing = names.missing(read, over)
        if missing:
            yield Problem(where + read.where, "unknown_name", missing)
    for test in compared(written):
        codes = names.codes_of(test.read, over)
        for constant in test.constants if codes else ():
            wrong = isinstance(constant, str | int) and not isinstance(constant, bool)
            if wrong and codes and str(constant) not in codes:
                near = did_you_mean(str(constant), sorted(codes))
                message = f"`{test.read.path}` is never `{constant}`{near}"
                yield Problem(where + test.read.where, "unknown_code", message)


def _id(name: str, document: Document, at: str) -> Iterator[Problem]:
    wanted = name.replace("-", "_")
    if document.get("id") != wanted:
        yield Problem(f"{at}/id", "wrong_id", f"Write `{wanted}`: the id is the file's name with _ for -")


def _fact(key: str, fact: Document, at: str, names: Names) -> Iterator[Problem]:
    over = str(fact.get("over", ""))
    if over and over.removeprefix("answers.") not in names.questions:
        groups = [f"answers.{path}" for path, one in names.questions.items() if "questions" in one]
        near = did_you_mean(over, groups)
        yield Problem(f"{at}/over", "unknown_group", f"There is no repeating group `{over}`{near}")
    elif over and "questions" not in names.questions[over.removeprefix("answers.")]:
        yield Problem(f"{at}/over", "unknown_group", f"`{over}` is one question: name a repeating group")
    yield from _verified(fact.get("verify", {}).get("schema", {}), f"{at}/verify/schema")
    yield from _unless(fact, at, names)
    if "logic" in fact:
        yield from logic(fact["logic"], f"{at}/logic", names, over)
        yield from _asked(fact["logic"], f"{at}/logic", names, over)
    elif not (fact.get("question") or fact.get("verify")):
        message = f"Nobody can supply `{key}`: give it logic, a `question` that an officer asks, or `verify`"
        yield Problem(at, "no_source", message)


def _unless(fact: Document, at: str, names: Names) -> Iterator[Problem]:
    """Yield a problem where `unless` names no yes-or-no fact of the same rows."""
    named = fact.get("verify", {}).get("unless")
    if named is None:
        return
    fit = [
        key
        for key, one in names.facts.items()
        if one["type"] == "boolean" and "roll_up" not in one and one.get("over") == fact.get("over")
    ]
    if named not in fit:
        near = did_you_mean(str(named), fit)
        yield Problem(
            f"{at}/verify/unless", "unknown_fact", f"There is no yes-or-no fact `{named}` of these rows{near}"
        )


def _verified(schema: Document, where: str) -> Iterator[Problem]:
    """Yield a problem for a schema that cannot judge what a source says, or that looks outside itself."""
    try:
        compiled(schema)
    except ValueError:
        message = "Write plain JSON Schema without references: `type`, `format`, `enum`, `minimum`, `maximum`, `items`"
        yield Problem(where, "schema", message)


def _asked(written: Any, where: str, names: Names, over: str) -> Iterator[Problem]:
    """Yield a problem where logic reads a form that nobody ever fills in."""
    asked = _forms_asked(names)
    if asked is None:
        return
    for read in reads(written):
        path = over if read.path.startswith("row.") and over else read.path
        form = path.split(".")[1] if path.startswith("answers.") and path.count(".") else ""
        if form in names.forms and form not in asked:
            message = f"Nobody is asked `{form}`: add it to a stage of the pathway, or read another form"
            yield Problem(where + read.where, "form_not_asked", message)


def _forms_asked(names: Names) -> frozenset[str] | None:
    """Return the forms that the pathway asks somebody to fill in; None in a tree without a pathway."""
    pathway = names.tree.get("rules", {}).get("pathway")
    if pathway is None:
        return None
    stages = pathway.get("stages", {}).values()
    asked = {form for stage in stages for form in stage.get("forms", {})}
    return frozenset(asked | {pathway.get("intake", {}).get("form", "")})


def _decision(decision: Document, at: str, names: Names) -> Iterator[Problem]:
    outcomes = decision.get("outcomes", {})
    rows = {f"{at}/rows/{key}": row for key, row in decision.get("rows", {}).items()}
    ends = {f"{at}/{key}": decision[key] for key in ("otherwise", "when_unknown") if key in decision}
    for where, row in {**rows, **ends}.items():
        if row.get("decision") not in outcomes:
            near = did_you_mean(str(row.get("decision")), sorted(outcomes))
            message = f"`{row.get('decision')}` is no outcome of this table{near}"
            yield Problem(f"{where}/decision", "unknown_outcome", message)
        yield from logic(row.get("when"), f"{where}/when", names)
        yield from _argument(row.get("argument"), f"{where}/argument", names)
    yield from _reasons({**rows, **ends})
    if "when_unknown" not in decision and _waits(decision) and "pending" not in outcomes:
        message = "Facts may be unknown here: add the outcome `pending` with owner and clock, or `when_unknown`"
        yield Problem(f"{at}/outcomes", "no_waiting_outcome", message)
    for key, outcome in outcomes.items():
        yield from _outcome(outcome, f"{at}/outcomes/{key}", names)


def _waits(decision: Document) -> bool:
    """Return whether some row that is neither protective nor always true could leave the table waiting."""
    return any(isinstance(row.get("when"), Mapping) for row in decision.get("rows", {}).values())


def _argument(argument: Any, where: str, names: Names) -> Iterator[Problem]:
    clocks = names.tree.get("rules", {}).get("clocks", {}).get("clocks", {})
    if isinstance(argument, Mapping) and "clock" in argument:
        if argument["clock"] not in clocks:
            near = did_you_mean(str(argument["clock"]), sorted(clocks))
            yield Problem(f"{where}/clock", "unknown_clock", f"There is no clock `{argument['clock']}`{near}")
    elif argument is not None:
        yield from logic(argument, where, names)


def _reasons(rows: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield a problem for each reason code that stands for two different outcomes: it would explain neither."""
    seen: dict[str, str] = {}
    for where, row in rows.items():
        code, decision = str(row.get("reason_code")), str(row.get("decision"))
        if seen.setdefault(code, decision) != decision:
            message = f"`{code}` is already the reason for `{seen[code]}`: write a reason of its own"
            yield Problem(f"{where}/reason_code", "reason_twice", message)


def _outcome(outcome: Document, at: str, names: Names) -> Iterator[Problem]:
    rules = names.tree.get("rules", {})
    roles, clocks = rules.get("roles", {}).get("roles", {}), rules.get("clocks", {}).get("clocks", {})
    if not outcome.get("final"):
        for key in ("owner", "clock"):
            if key not in outcome:
                message = f"Something is waited for here: add `{key}`, so that somebody answers for it in time"
                yield Problem(at, f"no_{key}", message)
    for key, known in (("owner", roles), ("clock", clocks)):
        if key in outcome and outcome[key] not in known:
            what = "role" if key == "owner" else "clock"
            near = did_you_mean(str(outcome[key]), sorted(known))
            yield Problem(f"{at}/{key}", f"unknown_{what}", f"There is no {what} `{outcome[key]}`{near}")
