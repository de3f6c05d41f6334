"""Seeded tables for the proof, and the same findings by trying everything: `python -m tests.services.proving --seed 1`.

Nothing here knows how the proof works: a table is small enough to enumerate, and the real engine decides each family.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import combinations, product
from typing import Any

from frontdoor.domain.case import Evidence
from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.forms.states import UNKNOWN, Interval, ListState, Rows, StatedAnswers, answer_states
from frontdoor.domain.rules.decide import Inputs, decide
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.rules.kinds import form_kinds
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.table import Rules
from frontdoor.services.prove import Findings, Limit, differences, prove

AS_OF = date(2026, 11, 23)
CODE = "T-1"
PATIENT = Limit(seconds=300, each=60)  # the machine may be busy
MOST_FAMILIES = 600  # beyond this a table is drawn again
Json = Any


def words(text: str) -> dict[str, str]:
    return {"en": text}


def question(widget: str, order: int, label: str, **more: Json) -> dict[str, Json]:
    kinds = {"yes_no": "boolean", "number": "integer", "group": "array", "checkboxes": "array"}
    keywords = {key: more.pop(key) for key in ("questions", "minimum", "maximum") if key in more}
    ui = {"order": order, "widget": widget, "label": words(label), **more}
    return {"type": kinds.get(widget, "string"), **keywords, "ui": ui}


def options(*codes: str, unknown: str = "", exclusive: str = "") -> dict[str, Json]:
    return {
        code: {
            "order": place,
            "label": words(code),
            **({"unknown": True} if code == unknown else {}),
            **({"exclusive": True} if code == exclusive else {}),
        }
        for place, code in enumerate(codes)
    }


def form_of(questions: dict[str, Json], conditions: dict[str, Json] | None = None) -> Form:
    document = {
        "id": "ask",
        "title": words("Ask"),
        "pages": {"p": {"order": 10, "title": words("Page")}},
        "conditions": conditions or {},
        "questions": questions,
    }
    return parse_form(document, {}, compile_rule)


def row(order: int, when: Json, decision: str, **more: Json) -> dict[str, Json]:
    texts = {"staff": words("Reason"), "referrer": words("Received"), "family": words("Received")}
    return {
        "order": order, "label": words(f"Row {order}"), "when": when, "decision": decision,
        "reason_code": f"R{order}", "texts": texts, **more,
    }  # fmt: skip


def rules_of(
    form: Form,
    rows: dict[str, Json],
    facts: dict[str, Json] | None = None,
    *,
    hit: str = "first",
    otherwise: str = "no",
    intended: bool = False,
    parameters: dict[str, Json] | None = None,
) -> Rules:
    texts = {"staff": words("Otherwise"), "referrer": words("Received"), "family": words("Received")}
    end = {"decision": otherwise, "reason_code": "ELSE", "intended": intended, "texts": texts}
    table = {"order": 10, "title": words("Table"), "hit": hit, "outcomes": {}, "rows": rows, "otherwise": end}
    document = {
        "id": "rules",
        "title": words("Rules"),
        "parameters": parameters or {},
        "facts": facts or {},
        "decisions": {CODE: table},
    }
    return parse_rules({"rules": document}, form_kinds([form]))


@dataclass
class Drawn:
    """One table, its form, and every value that each thing about a family can have."""

    rules: Rules
    form: Form
    answers: dict[str, list[Json]]
    evidence: dict[str, list[Json]] = field(default_factory=dict)
    platform: dict[str, list[Json]] = field(default_factory=dict)

    def size(self) -> int:
        found = 1
        for values in (*self.answers.values(), *self.evidence.values(), *self.platform.values()):
            found *= len(values)
        return found


ABSENT = object()


class Drawing:
    """Draws one table."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - invented tables
        self.questions: dict[str, Json] = {}
        self.values: dict[str, list[Json]] = {}
        self.conditions: dict[str, Json] = {}
        self.facts: dict[str, Json] = {}
        self.evidence: dict[str, list[Json]] = {}
        self.platform: dict[str, list[Json]] = {}
        self.truths: list[Json] = []
        self.numbers: list[tuple[Json, int]] = []
        self.open: list[Json] = []

    def table(self) -> Drawn:
        kinds = ["yes_no", "number", "radios", "checkboxes", "group", "evidence", "platform", "row_evidence", "date",
                 "partial_date"]  # fmt: skip
        wanted = [self.chance.choice(kinds) for _ in range(self.chance.randint(2, 4))]
        if self.chance.random() < 0.5 and "group" not in wanted:
            wanted.append("group")
        for place, kind in enumerate(wanted):
            getattr(self, f"_{kind}")(f"q{place}", place)
        self._named_facts()
        form = form_of(self.questions, self.conditions)
        hit = self.chance.choice(["first", "first", "exclusive", "collect"])
        rows = {
            f"r{place}": row(place, self._condition(2), self.chance.choice(["yes", "no", "wait"]),
                             **({"protective": True} if self.chance.random() < 0.15 else {}))
            for place in range(self.chance.randint(3, 8))
        }  # fmt: skip
        parameters = {"least": {"order": 10, "label": words("Least"), "type": "integer", "value": 1, "source": "Test"}}
        rules = rules_of(form, rows, self.facts, hit=hit, parameters=parameters)
        return Drawn(rules, form, self.values, self.evidence, self.platform)

    def _ask(self, name: str, document: Json, values: list[Json]) -> Json:
        if self.conditions and self.chance.random() < 0.4:
            document["ui"]["show_if"] = self.chance.choice([*self.conditions])
        document["ui"]["page"] = "p"
        self.questions[name] = document
        self.values[name] = [ABSENT, *values]
        return {"var": f"answers.ask.{name}"}

    def _yes_no(self, name: str, order: int) -> None:
        here = self._ask(name, question("yes_no", order, name), [True, False])
        self.truths.append(here)
        self.open.append(here)
        if self.chance.random() < 0.5:
            self.conditions[f"if_{name}"] = {
                "label": words(name),
                "logic": {"==": [_own(name), self.chance.random() < 0.5]},
            }

    def _number(self, name: str, order: int) -> None:
        most = self.chance.choice([1, 2, 3])
        here = self._ask(name, question("number", order, name, minimum=0, maximum=most), [*range(most + 1)])
        self.numbers.append((here, most))
        self.open.append(here)
        if self.chance.random() < 0.3:
            self.conditions[f"if_{name}"] = {"label": words(name), "logic": {">": [_own(name), 0]}}

    def _radios(self, name: str, order: int) -> None:
        codes = ["a", "b", "dk"][: self.chance.choice([2, 3])]
        here = self._ask(name, question("radios", order, name, options=options(*codes, unknown="dk")), codes)
        self.truths += [{"==": [here, "a"]}, {"in": [here, ["a", "b"]]}, {"!=": [here, "b"]}]
        self.open.append(here)

    def _checkboxes(self, name: str, order: int) -> None:
        codes = ["a", "b"]
        special = self.chance.choice(["", "unknown", "exclusive"])
        listed = [*codes, "z"] if special else codes
        flags = {special: "z"} if special else {}
        chosen = [[*each] for size in (1, 2, 3) for each in combinations(listed, size)]
        if special == "exclusive":
            chosen = [each for each in chosen if "z" not in each or len(each) == 1]
        here = self._ask(name, question("checkboxes", order, name, options=options(*listed, **flags)), chosen)
        count = {"reduce": [here, {"+": [{"var": "accumulator"}, 1]}, 0]}
        self.truths += [{"in": ["a", here]}, {"!!": [here]}, {"some": [here, {"==": [{"var": ""}, "b"]}]},
                        {"none": [here, {"==": [{"var": ""}, "a"]}]}]  # fmt: skip
        self.numbers.append((count, 2))
        self.open.append(here)

    def _date(self, name: str, order: int) -> None:
        days = ["2026-11-22", "2026-11-23"]
        limits = {"not_before": days[0], "not_after": days[-1]}
        self._dated(self._ask(name, question("date", order, name, **limits), [*days]))

    def _partial_date(self, name: str, order: int) -> None:
        days = ["2026-11-22", "2026-11-23"]
        limits = {"not_before": days[0], "not_after": days[-1]}
        unsure = self.chance.random() < 0.5
        document = question("partial_date", order, name, allow_unknown=unsure, **limits)
        self._dated(self._ask(name, document, [*days, "2026-11", "2026", *(["unknown"] if unsure else [])]))

    def _dated(self, here: Json) -> None:
        as_of = {"var": "as_of"}
        self.numbers += [({"days_between": [here, as_of]}, 1), ({"months_between": [here, as_of]}, 1)]
        self.truths += [{"<": [here, as_of]}, {"==": [here, "2026-11-22"]}, {">=": [{"age_on": [here, as_of]}, 0]}]
        self.open.append(here)

    def _group(self, name: str, order: int) -> None:
        most = 1 if self.chance.random() < 0.3 else 2
        inner = question("number", 1, "n", minimum=0, maximum=1)
        states: list[Json] = [{}, {"n": 0}, {"n": 1}]
        confirm = {}
        if self.chance.random() < 0.4:
            self._ask(f"{name}_all", question("yes_no", order, f"{name} all"), [True, False])
            confirm = {"complete": f"{name}_all"}
        document = question("group", order, name, max_items=most, questions={"n": inner}, **confirm)
        rows = [
            [{"id": f"row{place + 1}", **state} for place, state in enumerate(each)]
            for size in range(most + 1)
            for each in product(states, repeat=size)
        ]
        self._ask(name, document, rows)
        over = f"answers.ask.{name}"
        for roll_up in self.chance.sample(["any", "all", "none", "count"], 2):
            logic = self.chance.choice([
                {">=": [{"var": "row.n"}, 1]}, {"==": [{"var": "row.n"}, 0]},
                {"or": [{"unknown": [{"var": "row.n"}]}, {"<": [{"var": "row.n"}, {"var": "parameters.least"}]}]},
            ])  # fmt: skip
            self._fact(f"{name}_{roll_up}", "integer" if roll_up == "count" else "boolean", logic, over, roll_up)
        listed = {"var": over}
        self.truths += [{"some": [listed, {">": [{"var": "n"}, 0]}]}, {"all": [listed, {"==": [{"var": "n"}, 1]}]},
                        {"!": [{"filter": [listed, {"==": [{"var": "n"}, 1]}]}]}]  # fmt: skip
        self.numbers.append(({"reduce": [listed, {"+": [{"var": "accumulator"}, {"var": "current.n"}]}, 0]}, 2))
        self.open.append(listed)

    def _row_evidence(self, name: str, order: int) -> None:
        """A group with a fact of each row that a source may settle."""
        document = question("group", order, name, max_items=1, questions={"n": question("yes_no", 1, "n")})
        self._ask(name, document, [[], [{"id": "row1"}], [{"id": "row1", "n": True}], [{"id": "row1", "n": False}]])
        over = f"answers.ask.{name}"
        self._fact(f"{name}_own", "boolean", {"var": "row.n"}, over, verify=True)
        self.evidence[f"{name}_own row1"] = [ABSENT, True, False]
        self._fact(f"{name}_any", "boolean", {"var": f"row.{name}_own"}, over, "any")

    def _fact(self, name: str, kind: str, logic: Json = None, over: str = "", roll_up: str = "", *,
              verify: bool = False) -> None:  # fmt: skip
        fact: dict[str, Json] = {"order": 10, "label": words(name), "type": kind}
        if logic is not None:
            fact["logic"] = logic
        if over:
            fact["over"] = over
        if roll_up:
            fact["roll_up"] = roll_up
        if verify:
            fact["verify"] = {"sources": {"s": {"order": 10, "label": words("Source")}}}
        if kind == "boolean" and self.chance.random() < 0.15 and (roll_up or not over):
            fact |= {"unknown_as": False, "unknown_because": "Test"}
        self.facts[name] = fact
        if over and not roll_up:
            return
        here = {"var": f"facts.{name}"}
        self.open.append(here)
        if kind == "boolean":
            self.truths.append(here)
        else:
            self.numbers.append((here, 2))

    def _evidence(self, name: str, order: int) -> None:
        self._fact(name, "boolean", verify=True)
        self.evidence[name] = [ABSENT, True, False]

    def _platform(self, name: str, order: int) -> None:
        self.platform["family.open_episode"] = [ABSENT, True, None]
        self.truths.append({"var": "family.open_episode"})

    def _named_facts(self) -> None:
        for place in range(self.chance.randint(0, 2)):
            logic = self._condition(1)
            verify = self.chance.random() < 0.3
            self._fact(f"f{place}", "boolean", logic, verify=verify)
            if verify:
                self.evidence[f"f{place}"] = [ABSENT, True, False]

    def _condition(self, depth: int) -> Json:
        pick = self.chance.random()
        if depth and pick < 0.25:
            return {"and": [self._condition(depth - 1) for _ in range(2)]}
        if depth and pick < 0.45:
            return {"or": [self._condition(depth - 1) for _ in range(2)]}
        if depth and pick < 0.53:
            return {"!": [self._condition(depth - 1)]}
        if depth and pick < 0.58:
            return {"if": [self._condition(0), self._condition(0), self._condition(0)]}
        if pick < 0.66 and self.open:
            return {"unknown": [self.chance.choice(self.open)]}
        if pick < 0.72 and len(self.truths) > 1:
            return {">=": [{"count_true": self.chance.sample(self.truths, 2)}, self.chance.choice([1, 2])]}
        return self._test()

    def _test(self) -> Json:
        if not self.numbers or (self.truths and self.chance.random() < 0.5):
            return self.chance.choice(self.truths)
        here, most = self.chance.choice(self.numbers)
        sign = self.chance.choice(["<", "<=", ">", ">=", "==", "!="])
        if self.chance.random() < 0.25:
            other, more = self.chance.choice(self.numbers)
            together = self.chance.choice(["+", "-", "max", "min"])
            return {sign: [{together: [here, other]}, self.chance.randint(0, most + more)]}
        return {sign: [here, self.chance.choice([self.chance.randint(0, most), {"var": "parameters.least"}])]}


def _own(name: str) -> Json:
    """As a form reads its own answers."""
    return {"var": f"answers.{name}"}


def drawn(seed: int, number: int) -> Drawn:
    """Return table `number` of a seed, small enough to try every family."""
    for again in range(1000):
        found = Drawing(f"{seed} {number} {again}").table()
        if found.size() <= MOST_FAMILIES:
            return found
    raise AssertionError("no small table was drawn")


@dataclass
class Tried:
    """What trying every family found."""

    contradictory: set[str]
    dead: set[str]
    gap: bool = False
    clashes: set[tuple[str, str]] = field(default_factory=set)
    families: int = 0


def tried(table: Drawn) -> Tried:
    """Return the findings by deciding every family with the real engine."""
    decision = table.rules.decisions[CODE]
    found = Tried({each.id for each in decision.rows}, {each.id for each in decision.rows})
    result_of = {each.id: each.decision for each in decision.rows}
    for inputs in families(table):
        receipt = decide(table.rules, CODE, inputs)
        found.families += 1
        true = [each.id for each in receipt.rows if each.truth == "true" and each.id != "otherwise"]
        found.contradictory -= set(true)
        found.dead -= set(receipt.fired)
        if receipt.fired == ("otherwise",) and known(table, inputs):
            found.gap = True
        if receipt.reason_code == "RULE_CLASH":
            pairs = set(combinations(true, 2))
            if decision.hit == "collect":
                pairs = {pair for pair in pairs if result_of[pair[0]] != result_of[pair[1]]}
            found.clashes |= pairs
    found.dead -= found.contradictory
    return found


def later(table: Drawn, seed: int, number: int) -> Rules:
    """Return another version of a table: rows in another order, one of them with another decision."""
    chance = random.Random(f"later {seed} {number}")  # noqa: S311 - invented tables
    decision = table.rules.decisions[CODE]
    rows = [*decision.rows]
    chance.shuffle(rows)
    rows[0] = replace(rows[0], decision=chance.choice(["yes", "no", "wait", "new"]))
    return replace(table.rules, decisions={CODE: replace(decision, rows=tuple(rows))})


def moved(table: Drawn, now: Rules) -> tuple[set[tuple[str, str]], set[tuple[str, str]], Findings]:
    """Return the pairs of decisions that differ between two versions: by proof, by trial; and the proof."""
    proof = differences(table.rules, now, {"ask": table.form}, CODE, as_of=AS_OF, limit=PATIENT)
    pairs = {tuple(decide(rules, CODE, inputs).decision for rules in (table.rules, now)) for inputs in families(table)}
    return {(each.was, each.now) for each in proof.found}, {(a, b) for a, b in pairs if a != b}, proof


def families(table: Drawn) -> Iterator[Inputs]:
    """Yield every family: each answer blank or given, the form sent or not, each source silent or not."""
    beside = [*table.evidence, *table.platform]
    choices = [*table.evidence.values(), *table.platform.values()]
    answers = [_without(dict(zip(table.answers, each, strict=True))) for each in product(*table.answers.values())]
    stated: list[dict[str, StatedAnswers]] = [{}]
    stated += [{"ask": answer_states(table.form, each, as_of=AS_OF)} for each in answers]
    for said in product(*choices):
        told = _without(dict(zip(beside, said, strict=True)))
        evidence = [_evidence(key, value) for key, value in told.items() if key in table.evidence]
        platform = {key: value for key, value in told.items() if key in table.platform}
        for each in stated:
            yield Inputs(each, AS_OF, evidence, platform)


def _without(values: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in values.items() if value is not ABSENT}


def _evidence(key: str, value: Json) -> Evidence:
    fact, _, row_id = key.partition(" ")
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    return Evidence("", fact, row_id or None, value, "verified", "s", AS_OF, "", "", at)


def known(table: Drawn, inputs: Inputs) -> bool:
    """Tell whether nothing is open: the form sent and answered, and told whatever only others can tell."""
    if "ask" not in inputs.answers or len(inputs.platform) < len(table.platform):
        return False
    said = {each.fact for each in inputs.evidence}
    if any(fact.logic is None and fact.id not in said for fact in table.rules.facts.values()):
        return False
    states = [*inputs.answers["ask"].states.values()]
    rows = [state for state in states if isinstance(state, Rows)]
    states += [each for group in rows for one in group.rows for each in one.answers.values()]
    return not any(
        state is UNKNOWN or isinstance(state, Interval)
        or (isinstance(state, ListState | Rows) and not state.complete)
        for state in states
    )  # fmt: skip


def compared(table: Drawn) -> tuple[list[str], Findings, Tried]:
    """Return where proof and trial differ; nothing where they agree."""
    proof = prove(table.rules, {"ask": table.form}, CODE, as_of=AS_OF, limit=PATIENT)
    trial = tried(table)
    sets = {kind: {each.rows[0] for each in proof.found if each.kind == kind} for kind in ("contradictory", "dead")}
    clashes = {(each.rows[0], each.rows[1]) for each in proof.found if each.kind == "clash"}
    gap = any(each.kind == "gap" for each in proof.found)
    pairs = [
        ("contradictory", sets["contradictory"], trial.contradictory), ("dead", sets["dead"], trial.dead),
        ("clash", clashes, trial.clashes), ("gap", gap, trial.gap),
        ("disagreements", [*proof.disagreements], []), ("not proved", [*proof.not_proved], []),
    ]  # fmt: skip
    told = [f"{kind}: proof {mine}, trial {theirs}" for kind, mine, theirs in pairs if mine != theirs]
    unsure = [each.kind for each in proof.found if each.sure != "proved"]
    return told + [f"only possible: {kind}" for kind in unsure], proof, trial


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tables", type=int, default=500)
    chosen = parser.parse_args()
    wrong, counts, spent = 0, dict.fromkeys(("contradictory", "dead", "gap", "clash"), 0), [0.0, 0.0]
    tried_families = 0
    for number in range(chosen.tables):
        table = drawn(chosen.seed, number)
        start = time.perf_counter()
        differs, proof, trial = compared(table)
        spent[0] += time.perf_counter() - start
        tried_families += trial.families
        for each in proof.found:
            counts[each.kind] += 1
        if differs:
            wrong += 1
            sys.stdout.write(f"seed {chosen.seed} table {number}: {'; '.join(differs)}\n")
    sys.stdout.write(
        f"seed {chosen.seed}: {chosen.tables} tables, {tried_families} families, {wrong} differ; found {counts}; "
        f"{spent[0]:.0f} s\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
