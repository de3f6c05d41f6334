"""How long a proof takes as tables grow, as ratios within one run. Nothing here fails for being slow."""

import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.services.proving import AS_OF, CODE, form_of, options, question, row, rules_of, words

from frontdoor.services.proofs.findings import Findings, Limit
from frontdoor.services.prove import prove

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
TOLD = "told at the end of the run"
SIZES = ((15, 10), (60, 40))  # rows, questions
PLANTED = 2  # a contradictory row and a shadowed one


def asked(name: str) -> dict[str, Any]:
    return {"var": f"answers.ask.{name}"}


def large(rows: int, questions: int, hit: str, chance: random.Random) -> tuple[Any, Any]:
    """Return a table of so many rows over so many questions, a group among them, with two faults planted."""
    asking: dict[str, Any] = {}
    tests: list[Any] = []
    for place in range(questions - 1):
        name, kind = f"q{place}", ("number", "yes_no", "radios", "checkboxes", "date")[place % 5]
        if kind == "number":
            asking[name] = question(kind, place, name, page="p", minimum=0, maximum=30)
            tests += [{">=": [asked(name), each]} for each in (5, 12, 20)]
        elif kind == "yes_no":
            asking[name] = question(kind, place, name, page="p")
            tests.append({"==": [asked(name), True]})
        elif kind == "date":
            asking[name] = question(kind, place, name, page="p", not_after="as_of")
            tests.append({"<": [{"age_on": [asked(name), {"var": "as_of"}]}, chance.randint(2, 40)]})
        else:
            codes = [f"c{each}" for each in range(6)]
            asking[name] = question(kind, place, name, page="p", options=options(*codes))
            found = {"in": [asked(name), codes[:2]]} if kind == "radios" else {"in": ["c3", asked(name)]}
            tests.append(found)
    asking["members"] = question("group", 99, "Members", page="p", max_items=12,
                                 questions={"age": question("number", 1, "Age", minimum=0, maximum=99)})  # fmt: skip
    facts = {
        "young": {"order": 1, "label": words("Under five"), "type": "integer", "over": "answers.ask.members",
                  "roll_up": "count", "logic": {"<": [{"var": "row.age"}, 5]}},
    }  # fmt: skip
    tests += [{">=": [{"var": "facts.young"}, each]} for each in (1, 2, 3)]
    written = {}
    for place in range(rows - PLANTED):
        parts = chance.sample(tests, 3)
        when = {"and": [parts[0], {"or": parts[1:]}]} if place % 2 else {"and": parts}
        written[f"r{place}"] = row(place, when, chance.choice(["yes", "no", "wait"]))
    first = written["r0"]["when"]
    written["never"] = row(900, {"and": [first, {"!": [first]}]}, "yes")
    written["shadowed"] = row(
        901, {"and": [first, asked("q1")]}, "wait" if written["r0"]["decision"] != "wait" else "no"
    )
    form = form_of(asking)
    return form, rules_of(form, written, facts, hit=hit)


def seconds(work: Callable[[], Findings]) -> tuple[float, Findings]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


@pytest.mark.parametrize("hit", ["first", "exclusive"])
def test_a_table_of_sixty_rows_and_forty_questions_is_proved(hit: str, record_property: Callable[[str, object], None]):
    taken, lines = [], []
    for rows, questions in SIZES:
        form, rules = large(rows, questions, hit, random.Random(7))  # noqa: S311 - an invented table
        spent, found = seconds(
            lambda form=form, rules=rules: prove(rules, {"ask": form}, CODE, as_of=AS_OF, limit=Limit(seconds=120))
        )
        kinds = [each.kind for each in found.found]
        assert ("contradictory", ("never",)) in [(each.kind, each.rows) for each in found.found]
        assert not found.disagreements
        taken.append(spent)
        told = ", ".join(f"{kind} {kinds.count(kind)}" for kind in dict.fromkeys(kinds))
        lines.append(f"  {rows:3} rows, {questions:3} questions  {spent:7.2f} s   {told}")
    lines.append(f"  ratio {taken[1] / taken[0]:.1f} (aim: seconds, not minutes)")
    record_property(TOLD, "\n".join([f"Proving a table, hit policy {hit}", *lines]))
