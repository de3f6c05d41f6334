"""Why a fact of a receipt was so, in words: clause by clause, member by member, or what it was worked out from."""

from datetime import date

import pytest
from tests.domain.rules.rulesets import fact, parameter, row, table, text
from tests.domain.rules.test_words import lines

from frontdoor.domain.forms.states import Known, Rows, RowState, StatedAnswers
from frontdoor.domain.rules.decide import Inputs, decide, from_facts
from frontdoor.domain.rules.fact_words import explain_fact
from frontdoor.domain.rules.model import parse_rules

TODAY = date(2026, 11, 23)
MEMBERS = "answers.nomination.members"
QUESTIONS = {f"{MEMBERS}.absence": {"en": "Absence of this person", "cy": "Absenoldeb y person hwn"}}
FACTS = {
    "absent": fact(
        "Education", "boolean", {">=": [{"var": "row.absence"}, {"var": "parameters.percent"}]},
        over=MEMBERS, roll_up="any",
    ),
    "concerns": fact("Local concerns", "integer"),
    "enough": fact("Enough", "boolean", {"and": [{">=": [{"var": "facts.concerns"}, 2]}, {"var": "facts.crime"}]}),
    "crime": fact("Crime", "boolean"),
    "sum": fact("All together", "integer", {"+": [{"var": "facts.concerns"}, 1]}),
}  # fmt: skip
ROWS = {"r": row(1, {"or": [{"var": "facts.absent"}, {"var": "facts.enough"}, {">": [{"var": "facts.sum"}, 9]}]},
                 "x", "X")}  # fmt: skip
RULES = parse_rules({"t": {
    "id": "t", "title": text("T"), "facts": FACTS, "decisions": {"T": table(ROWS, ("z", "Z"))},
    "parameters": {"percent": {**parameter(15), "unit": text("% of sessions")}},
}})  # fmt: skip


def of_family(key, language="en", **facts):
    receipt = from_facts(RULES, "T", {"concerns": 1, "crime": None, "absent": False, **facts}, as_of=TODAY)
    return explain_fact(RULES, receipt, key, language, QUESTIONS)


def of_members(language="en"):
    sent = Rows([RowState("ann", {"absence": Known(20)}), RowState("ben", {"absence": Known(3)})], True)
    answers = {"nomination": StatedAnswers("nomination", {"members": sent})}
    receipt = decide(RULES, "T", Inputs(answers, TODAY))
    return explain_fact(RULES, receipt, "absent", language, QUESTIONS)


def test_a_fact_of_the_family_is_told_clause_by_clause():
    (one,) = of_family("enough")
    assert (one.row, one.value, one.stated) == ("", "no", False)
    assert lines(one.clauses) == ["Local concerns: 1, at least 2 needed | No", "Crime | Not known yet"]


def test_a_number_is_told_by_what_it_was_worked_out_from():
    (one,) = of_family("sum")
    assert (one.value, one.inputs, one.clauses) == ("2", ("Local concerns: 1",), ())


def test_what_somebody_said_was_not_worked_out():
    (one,) = of_family("enough", enough=True)
    assert (one.value, one.stated, one.clauses) == ("yes", True, ())


def test_what_has_no_logic_has_no_reason():
    assert of_family("crime") == ()
    assert of_family("nothing") == ()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Absence of this person: 20, at least 15% of sessions needed | Yes",
                "Absence of this person: 3, at least 15% of sessions needed | No"]),
        ("cy", ["Absenoldeb y person hwn: 20, mae angen o leiaf 15% of sessions | Ydy",
                "Absenoldeb y person hwn: 3, mae angen o leiaf 15% of sessions | Nac ydy"]),
    ],
    ids=["en", "cy"],
)  # fmt: skip
def test_a_fact_of_members_is_told_for_each_of_them(language, words):
    told = of_members(language)
    assert [one.row for one in told] == ["ann", "ben"]
    assert [line for one in told for line in lines(one.clauses)] == words
