"""What each missing answer would change, against trying everything through the decision itself."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdoor.domain.rules.consequences import consequences
from frontdoor.domain.rules.decide import from_facts
from frontdoor.domain.rules.given import given_situation
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.outstanding import ANY_OTHER

DAY = date(2026, 11, 22)
TEXTS = {reader: {"en": "Told"} for reader in ("staff", "referrer", "family")}
YES = {"a": "boolean", "b": "boolean", "c": "boolean"}
VALUES = {"boolean": [True, False], "integer": [*range(-2, 9)], "string": ["x", "y", "z"]}


def text(words):
    return {"en": words}


def var(name):
    return {"var": f"facts.{name}"}


def rules(facts, rows, parameters=()):
    """A table T over facts given by name and type; `rows` are (test, decision), and otherwise decides `rest`."""
    outcomes = dict.fromkeys(["rest", "pending", *(decision for _, decision in rows)])
    return parse_rules({
        "set": {
            "id": "set",
            "title": text("Set"),
            "parameters": {key: {"order": 1, "label": text(key), "type": "integer", "value": value, "source": "test"}
                           for key, value in dict(parameters).items()},
            "facts": {key: {"order": place, "label": text(key), "type": kind, "verify": {"sources": {}}}
                      for place, (key, kind) in enumerate(facts.items())},
            "decisions": {"T": {
                "order": 1, "title": text("T"), "hit": "first",
                "outcomes": {key: {"order": 1, "label": text(key), "final": key != "pending"} for key in outcomes},
                "rows": {f"r{place}": {"order": place, "label": text("row"), "when": when, "decision": decision,
                                       "reason_code": f"R{place}", "texts": TEXTS}
                         for place, (when, decision) in enumerate(rows)},
                "otherwise": {"decision": "rest", "reason_code": "REST", "intended": True, "texts": TEXTS},
            }},
        }
    })  # fmt: skip


def told(made, unknown, known=None, language="en"):
    """{fact: {answer in words: outcomes}} of the facts that are unknown."""
    facts = {**dict.fromkeys(unknown), **(known or {})}
    decision = made.decisions["T"]
    situation = given_situation(made, facts, decision.shows, as_of=DAY)
    found = consequences(made, decision, situation, unknown)
    return {
        one.fact.id: {answer.told(one.fact, language): (answer.alone, answer.outcomes) for answer in one.answers}
        for one in found
    }


def test_one_missing_answer_says_what_each_value_leads_to():
    made = rules({"a": "boolean"}, [(var("a"), "accept")])
    assert told(made, ["a"]) == {"a": {"yes": ("accept", ("accept",)), "no": ("rest", ("rest",))}}


def test_an_answer_that_is_not_enough_waits_and_says_how_it_may_end():
    made = rules(YES, [({"and": [var("a"), var("b")]}, "accept")])
    found = told(made, ["a", "b"], {"c": True})
    assert found["a"] == {"yes": ("pending", ("accept", "rest")), "no": ("rest", ("rest",))}


def test_numbers_that_lead_to_the_same_are_one_span():
    made = rules({"n": "integer"}, [({">=": [var("n"), {"var": "parameters.least"}]}, "accept")], {"least": 3})
    assert [*told(made, ["n"])["n"]] == ["2 or less", "3 or more"]
    assert [*told(made, ["n"], language="cy")["n"]] == ["2 neu lai", "3 neu fwy"]


@pytest.mark.parametrize(
    ("operator", "words"),
    [(">=", ["less than 15", "15 or more"]), (">", ["15 or less", "more than 15"])],
    ids=["at-least", "more"],
)
def test_a_fraction_is_told_without_a_gap(operator, words):
    made = rules({"n": "number"}, [({operator: [var("n"), 15]}, "accept")])
    assert [*told(made, ["n"])["n"]] == words


def test_numbers_in_between_are_told_from_and_to():
    made = rules({"n": "integer"}, [({"<": [var("n"), 2]}, "accept"), ({"<": [var("n"), 5]}, "panel")])
    assert [*told(made, ["n"])["n"]] == ["1 or less", "2 to 4", "5 or more"]


def test_codes_that_lead_to_the_same_are_told_together():
    made = rules({"s": "string"}, [({"in": [var("s"), ["x", "y"]]}, "accept")])
    assert [*told(made, ["s"])["s"]] == ["x; y", "anything else; none"]


def test_of_a_date_nothing_is_claimed():
    made = rules({"d": "date"}, [({"<": [var("d"), "2026-01-01"]}, "accept")])
    assert told(made, ["d"]) == {"d": {}}


def test_too_many_completions_leave_what_each_answer_does_alone():
    facts = dict.fromkeys((f"f{place}" for place in range(10)), "boolean")
    made = rules(facts, [({"or": [var(key) for key in facts]}, "accept")])
    decision = made.decisions["T"]
    situation = given_situation(made, dict.fromkeys(facts), decision.shows, as_of=DAY)
    found = consequences(made, decision, situation, ["f0"])
    assert [(one.whole, [answer.alone for answer in one.answers]) for one in found] == [(False, ["accept", "pending"])]


FACTS = {"a": "boolean", "b": "boolean", "n": "integer", "s": "string"}
ATOMS = st.sampled_from([
    var("a"), var("b"), {"!": [var("a")]}, {"unknown": [var("b")]}, {">=": [var("n"), 3]}, {"<": [var("n"), 1]},
    {"==": [var("n"), 2]}, {"==": [var("s"), "x"]}, {"in": [var("s"), ["x", "y"]]},
])  # fmt: skip
TESTS = st.recursive(
    ATOMS, lambda inner: st.builds(lambda kind, parts: {kind: parts}, st.sampled_from(["and", "or"]),
                                   st.lists(inner, min_size=2, max_size=3)), max_leaves=5,
)  # fmt: skip
ROWS = st.lists(st.tuples(TESTS, st.sampled_from(["accept", "panel", "decline"])), min_size=1, max_size=4)
KNOWN = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(VALUES[kind]) for key, kind in FACTS.items()}
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(rows=ROWS, known=KNOWN)
def test_it_agrees_with_trying_every_value_through_the_decision_itself(rows, known):
    made = rules(FACTS, rows)
    unknown = [key for key in FACTS if key not in known]
    decision = made.decisions["T"]
    given_facts = {**dict.fromkeys(unknown), **known}
    situation = given_situation(made, given_facts, decision.shows, as_of=DAY)
    for one in consequences(made, decision, situation, unknown):
        others = [key for key in unknown if key != one.fact.id and f"facts.{key}" in decision.reads]
        for value in VALUES[one.fact.type]:
            (answer,) = [each for each in one.answers if _covers(each, value, one)]
            alone = from_facts(made, "T", {**given_facts, one.fact.id: value}, as_of=DAY)
            ends = {
                from_facts(made, "T", {**given_facts, **dict(zip(others, rest, strict=True)), one.fact.id: value},
                           as_of=DAY).decision
                for rest in product(*(VALUES[FACTS[key]] for key in others))
            }  # fmt: skip
            assert (answer.alone, set(answer.outcomes)) == (alone.decision, ends)


def _covers(answer, value, whose):
    """Whether a value is among those that an answer speaks of, by its words and not by what was tried."""
    if answer.span:
        low, high = (answer.ends[0], answer.ends[-1]) if answer.ends else (None, None)
        return {"any": lambda: True, "at most": lambda: value <= high, "at least": lambda: value >= low,
                "between": lambda: low <= value <= high}[answer.span]()  # fmt: skip
    tried = [each.value for each in answer.values]
    listed = [each.value for other in whose.answers for each in other.values]
    return value in tried or (isinstance(value, str) and value not in listed and ANY_OTHER in tried)
