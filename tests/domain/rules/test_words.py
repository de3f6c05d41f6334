"""Every row and clause of a receipt as a sentence with its values and whether it is so."""

from dataclasses import replace
from datetime import date

import pytest
from tests.domain.rules.rulesets import DOCUMENTS, f, fact, p, parameter, row, rules, table, text

from frontdoor.domain.rules.decide import Inputs, decide, from_facts
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.words import explain

RULES = rules(**DOCUMENTS)
TODAY = date(2026, 11, 23)
CODES = {"sources": {"school": {"label": text("School")}}, "options": {"given": {"label": text("Given")}}}
FACTS = {
    "count": fact("Local concerns", "integer"),
    "share": fact("Absence", "number"),
    "closed": fact("Closed on", "date"),
    "word": fact("Agreement", "string", verify=CODES),
    "named": fact("Concerns named", "list"),
    "yes": fact("Education", "boolean"),
    "no": fact("Out of work", "boolean"),
    "open": fact("Crime", "boolean"),
}
KNOWN = {
    "count": 1, "share": 14.5, "closed": "2026-03-01", "word": "refused", "named": ["gangs"], "yes": True, "no": False,
    "open": None,
}  # fmt: skip
PARAMETERS = {
    "least": parameter(2),
    "months": {**parameter(12), "unit": {"en": "months", "cy": "mis"}},
    "one_month": {**parameter(1), "unit": text("months")},
    "percent": {**parameter(15, "number"), "unit": text("% of sessions")},
    "codes": parameter(["given", "verbal"], "list"),
}
AS_OF = {"var": "as_of"}


def rules_of(rows, hit="first", **more):
    decided = table(rows, ("z", "Z"), hit, **more)
    return parse_rules(
        {"t": {"id": "t", "title": text("T"), "parameters": PARAMETERS, "facts": FACTS, "decisions": {"T": decided}}}
    )


def told(logic, language="en", **facts):
    """The rows of a table with one row, told over facts."""
    written = rules_of({"r": row(1, logic, "x", "X")})
    return explain(written, from_facts(written, "T", {**KNOWN, **facts}, as_of=TODAY), language)[0]


def lines(clauses, depth=0):
    """Each clause as "words | whether it is so", its parts under it."""
    return [
        line for one in clauses for line in ("  " * depth + f"{one.words} | {one.told}", *lines(one.parts, depth + 1))
    ]


@pytest.mark.parametrize(
    ("logic", "sentence"),
    [
        pytest.param(f("yes"), "Education | Yes", id="a-fact"),
        pytest.param(f("no"), "Out of work | No", id="a-fact-that-is-not-so"),
        pytest.param(f("open"), "Crime | Not known yet", id="a-fact-that-is-not-known"),
        pytest.param({"!": f("yes")}, "Education: yes, must be no | No", id="not-a-fact"),
        pytest.param({"!": {"!": f("yes")}}, "Education | Yes", id="not-not-a-fact"),
        pytest.param({">=": [f("count"), 1]}, "Local concerns: 1, at least 1 needed | Yes", id="at-least"),
        pytest.param({">": [f("count"), 1]}, "Local concerns: 1, more than 1 needed | No", id="more-than"),
        pytest.param({"<=": [f("count"), p("least")]}, "Local concerns: 1, must be 2 or less | Yes", id="a-parameter"),
        pytest.param({"<": [1, f("count")]}, "Local concerns: 1, more than 1 needed | No", id="turned-round"),
        pytest.param({"!": {">=": [f("count"), 2]}}, "Local concerns: 1, must be less than 2 | Yes", id="not-at-least"),
        pytest.param({"==": [f("word"), "given"]}, "Agreement: refused, must be Given | No", id="a-code-by-its-label"),
        pytest.param({"!==": [f("word"), "given"]}, "Agreement: refused, must be anything but Given | Yes", id="other"),
        pytest.param(
            {"in": [f("word"), p("codes")]}, "Agreement: refused, must be one of: Given, verbal | No", id="in"
        ),
        pytest.param(
            {"!": {"in": [f("word"), ["given"]]}}, "Agreement: refused, must be none of: Given | Yes", id="not-in"
        ),
        pytest.param({"in": ["gangs", f("named")]}, "Concerns named: gangs, must include gangs | Yes", id="includes"),
        pytest.param(
            {">=": [f("share"), p("percent")]}, "Absence: 14.5, at least 15% of sessions needed | No", id="unit"
        ),
        pytest.param({"!!": f("word")}, "Agreement: refused, must be given | Yes", id="given-at-all"),
        pytest.param({"!": {"!!": f("word")}}, "Agreement: refused, must not be given | No", id="not-given-at-all"),
        pytest.param({"unknown": f("open")}, "Crime: not known, counts only while not known | Yes", id="unknown"),
        pytest.param({"!": {"unknown": f("open")}}, "Crime: not known, must be known | No", id="not-unknown"),
        pytest.param(
            {"or": [f("open"), {"unknown": f("open")}]},
            "Crime: not known, yes or not known will do | Yes",
            id="or-unknown",
        ),
        pytest.param(
            {"<": [f("closed"), AS_OF]}, "Closed on: 1 March 2026, must be before 23 November 2026 | Yes", id="day"
        ),
        pytest.param(
            {"<=": [{"months_between": [f("closed"), AS_OF]}, p("months")]},
            "Months from Closed on (1 March 2026) to 23 November 2026: 9, must be 12 months or less | Yes",
            id="worked-out",
        ),
        pytest.param(
            {"<=": [{"months_between": [f("closed"), AS_OF]}, p("one_month")]},
            "Months from Closed on (1 March 2026) to 23 November 2026: 9, must be 1 or less | No",
            id="one-of-a-unit",
        ),
        pytest.param(
            {">": [{"+": [f("count"), 1]}, 1]}, "Local concerns (1) plus 1: 2, more than 1 needed | Yes", id="a-sum"
        ),
        pytest.param(
            {">": [{"%": [f("count"), 2]}, 0]},
            "What follows from Local concerns (1): 1, more than 0 needed | Yes",
            id="what-has-no-phrase",
        ),
        pytest.param(f("word"), "Agreement: refused, must be given | Yes", id="a-word"),
        pytest.param({"+": [f("count"), 0]}, "Local concerns (1) plus 0 | Yes", id="a-number-that-counts-as-so"),
        pytest.param(
            {"==": [p("least"), 2]}, "A number the board may move: 2, must be 2 | Yes", id="a-parameter-itself"
        ),
        pytest.param(
            {">": [f("count"), f("share")]}, "Local concerns: 1, more than Absence (14.5) needed | No", id="two-facts"
        ),
        pytest.param(
            {"!": {"some": [f("named"), {"==": [{"var": ""}, "x"]}]}},
            "Concerns named: one of them must fit: must not be so | Yes",
            id="not-some",
        ),
        pytest.param(
            {"some": [f("named"), {"==": [{"var": ""}, "x"]}]}, "Concerns named: one of them must fit | No", id="some"
        ),
    ],
)
def test_a_clause_says_what_is_known_what_is_needed_and_whether_it_is_so(logic, sentence):
    assert lines(told(logic).clauses) == [sentence]


@pytest.mark.parametrize(
    ("logic", "sentence"),
    [
        pytest.param(
            {"!": f("yes")},
            {"cy": 'Education: ydy, rhaid i\'r ateb fod "nac ydy" | Nac ydy'},
            id="not-a-fact",
        ),
        pytest.param(
            {">=": [f("count"), 2]},
            {"cy": "Local concerns: 1, mae angen o leiaf 2 | Nac ydy"},
            id="at-least",
        ),
        pytest.param(
            {"<=": [{"months_between": [f("closed"), AS_OF]}, p("months")]},
            {"cy": "Misoedd o Closed on (1 Mawrth 2026) i 23 Tachwedd 2026: 9, rhaid iddo fod yn 12 mis neu lai | Ydy"},
            id="worked-out",
        ),
        pytest.param(
            f("open"),
            {"cy": "Crime | Ddim yn hysbys eto"},
            id="not-known",
        ),
    ],
)
def test_a_clause_says_it_in_welsh_too(logic, sentence):
    assert lines(told(logic, "cy").clauses) == [sentence["cy"]]


COUNT = {"count_true": [f("yes"), f("no"), f("open")]}


@pytest.mark.parametrize(
    ("logic", "sentences"),
    [
        pytest.param(
            {"and": [f("yes"), {"and": [f("no"), f("open")]}]},
            ["Education | Yes", "Out of work | No", "Crime | Not known yet"],
            id="all-of-several-stand-beside-each-other",
        ),
        pytest.param(
            {"or": [f("yes"), {">=": [f("count"), 2]}]},
            [
                "One of these must be so: Education; Local concerns | Yes",
                "  Education | Yes",
                "  Local concerns: 1, at least 2 needed | No",
            ],
            id="one-of-several",
        ),
        pytest.param(
            {"!": {"and": [f("yes"), f("open")]}},
            [
                "These must not all be so: Education; Crime | Not known yet",
                "  Education | Yes",
                "  Crime | Not known yet",
            ],
            id="not-all",
        ),
        pytest.param(
            {"!": {"or": [f("yes"), f("no")]}},
            ["None of these may be so: Education; Out of work | No", "  Education | Yes", "  Out of work | No"],
            id="none",
        ),
        pytest.param(
            {">=": [COUNT, p("least")]},
            [
                "How many of these are so (Education; Out of work; Crime): between 1 and 2, at least 2 needed"
                " | Not known yet",
                "  Education | Yes",
                "  Out of work | No",
                "  Crime | Not known yet",
            ],
            id="so-many-of-several",
        ),
        pytest.param(
            {">=": [{"count_true": [{"or": [f("open"), {"unknown": f("open")}]}]}, 1]},
            [
                "How many of these are so, or may yet be (Crime): 1, at least 1 needed | Yes",
                "  Crime: not known, yes or not known will do | Yes",
            ],
            id="so-many-that-may-yet-be",
        ),
        pytest.param(
            {"<": [0, f("count"), 3]},
            [
                "All of these must be so: Local concerns | Yes",
                "  Local concerns: 1, more than 0 needed | Yes",
                "  Local concerns: 1, must be less than 3 | Yes",
            ],
            id="between",
        ),
        pytest.param(
            {"unknown": {"and": [f("yes"), f("open")]}},
            [
                "All of these must be so: Education; Crime: Not known yet, counts only while not known | Yes",
                "  Education | Yes",
                "  Crime | Not known yet",
            ],
            id="all-of-several-not-known",
        ),
        pytest.param(
            {"or": [False, {">": [{"+": [f("count"), 1]}, 5]}]},
            [
                "One of these must be so: no; Local concerns (1) plus 1 | No",
                "  No | No",
                "  Local concerns (1) plus 1: 2, more than 5 needed | No",
            ],
            id="a-literal-and-a-sum",
        ),
        pytest.param(
            {"if": [f("yes"), f("no"), f("open")]},
            [
                "The first of these decides which other holds: Education; Out of work; Crime | No",
                "  Education | Yes",
                "  Out of work | No",
                "  Crime | Not known yet",
            ],
            id="if",
        ),
    ],
)
def test_parts_stand_under_the_clause_that_says_how_many_are_needed(logic, sentences):
    assert lines(told(logic).clauses) == sentences


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("code", sorted(RULES.decisions))
def test_no_sentence_holds_a_brace_or_an_operator(code, language):
    told = explain(RULES, from_facts(RULES, code, {}, as_of=TODAY), language)
    assert [line for one in told for line in lines(one.clauses) if set("{}<>=") & set(line)] == []


def eligibility(**facts):
    return explain(RULES, from_facts(RULES, "TFP1-E", facts, as_of=TODAY))


def test_a_row_is_led_by_its_label_and_what_comes_after_the_one_that_decides_was_not_reached():
    rows = eligibility(c1=True, c2=False, c3=True, local=1)
    assert [(one.label, one.told, one.fired) for one in rows] == [
        ("NO_DEPENDENT_CHILD", "No", False),
        ("CHECKS_OUTSTANDING", "No", False),
        ("ALL_THREE", "No", False),
        ("TWO_PLUS_LOCAL", "Yes", True),
        ("TWO_NO_LOCAL", "Not reached", False),
        ("CHECKS_OUTSTANDING", "Not reached", False),
        ("In any other case", "Not reached", False),
    ]


def test_an_officer_is_told_what_failed_in_a_row_that_was_passed_over_and_all_of_the_row_that_decides():
    rows = {one.decision + one.label: one for one in eligibility(c1=True, c2=False, c3=True, local=1)}
    assert [clause.words for clause in rows["eligibleALL_THREE"].because] == ["Education"]
    assert len(rows["eligibleTWO_PLUS_LOCAL"].because) == 2
    assert rows["panel_reviewTWO_NO_LOCAL"].because == ()


def test_a_row_without_a_label_is_led_by_its_reason():
    bare = {name: one for name, one in row(1, True, "x", "X", "Meets two").items() if name != "label"}
    inserting = {**bare, "texts": {**bare["texts"], "staff": text("Meets {count}")}, "order": 2}
    written = rules_of({"a": bare, "b": inserting})
    receipt = from_facts(written, "T", KNOWN, as_of=TODAY)
    assert [one.label for one in explain(written, receipt)] == ["Meets two", "X", "In any other case"]


def test_a_row_that_is_gone_is_named_by_its_id():
    written = rules_of({"r": row(1, True, "x", "X")})
    receipt = from_facts(written, "T", KNOWN, as_of=TODAY)
    assert [one.label for one in explain(rules_of({}), receipt)] == ["r", "In any other case"]
    assert [one.label for one in explain(replace(written, decisions={}), receipt)] == ["r", "In any other case"]


@pytest.mark.parametrize(
    ("hit", "rows", "expected"),
    [
        pytest.param(
            "first", ("open", True), ["Not known yet", "Only once the rows above are known", "Not reached"], id="waits"
        ),
        pytest.param("collect", ("no", "yes"), ["No", "Yes", "Not reached"], id="every-row-is-looked-at"),
        pytest.param("collect", ("no", "no"), ["No", "No", "Yes"], id="nothing-else-holds"),
        pytest.param("collect", ("open", "no"), ["Not known yet", "No", "Not reached"], id="open-rows-wait"),
        pytest.param("exclusive", ("yes", "no"), ["Yes", "No", "Not reached"], id="exclusive"),
    ],
)
def test_how_far_the_walk_came(hit, rows, expected):
    made = {
        name: row(place, f(logic) if isinstance(logic, str) else logic, name, name)
        for place, (name, logic) in enumerate(zip("ab", rows, strict=True))
    }
    written = rules_of(made, hit)
    assert [one.told for one in explain(written, from_facts(written, "T", KNOWN, as_of=TODAY))] == expected


def test_a_protective_row_that_fires_alone_ends_the_walk():
    rows = {"a": row(1, f("yes"), "x", "A", protective=True), "b": row(2, f("yes"), "x", "B")}
    written = rules_of(rows, "collect")
    assert [one.told for one in explain(written, from_facts(written, "T", KNOWN, as_of=TODAY))] == [
        "Yes", "Not reached", "Not reached",
    ]  # fmt: skip


def test_a_rule_that_fails_says_so():
    written = rules_of({"r": row(1, {">": [{"/": [1, f("count")]}, 1]}, "x", "X")})
    failed = explain(written, from_facts(written, "T", {"count": 0}, as_of=TODAY))[0]
    assert (failed.told, failed.clauses[0].told) == ("Could not be worked out", "Could not be worked out")


def test_a_number_that_the_receipt_does_not_have_is_told_as_nothing():
    written = rules_of({"r": row(1, {">=": [f("count"), p("least")]}, "x", "X")})
    receipt = replace(from_facts(written, "T", KNOWN, as_of=TODAY), parameters={})
    assert explain(written, receipt)[0].clauses[0].words == "Local concerns: 1, at least nothing needed"


def test_another_decision_is_called_by_its_title():
    first = table({"r": row(1, f("yes"), "x", "X")}, ("z", "Z"))
    second = table({"r": row(1, {"==": [{"var": "decisions.A.decision"}, "x"]}, "x", "X")}, ("z", "Z"))
    document = {"id": "t", "title": text("T"), "facts": FACTS, "decisions": {"A": first, "B": second}}
    written = parse_rules({"t": document})
    receipt = decide(written, "B", Inputs(answers={}, as_of=TODAY, decisions={"A": "x"}))
    assert explain(written, receipt)[0].clauses[0].words == "A table: x, must be x"
    assert explain(replace(written, decisions={"B": written.decisions["B"]}), receipt)[0].clauses[0].told == "Yes"


def test_what_a_table_reads_itself_is_called_by_the_platforms_words_or_by_its_id():
    rows = {
        "r1": row(1, {">": [{"var": "capacity.free.north"}, 0]}, "x", "X"),
        "r2": row(2, {"==": [{"var": "answers.nomination.area"}, "south"]}, "x", "X"),
    }
    written = rules_of(rows)
    told = explain(written, decide(written, "T", Inputs(answers={}, as_of=TODAY)))
    assert [one.clauses[0].words for one in told[:2]] == [
        "Free places by base: not known, more than 0 needed",
        "Area: not known, must be south",
    ]
