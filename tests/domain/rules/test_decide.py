"""Decisions about a case: answers, evidence, what the platform knows."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.domain.rules.rulesets import DOCUMENTS, MEMBERS, a, f, fact, over, p, parameter, r, row, rules, table, text

from frontdoor.domain.case import Evidence
from frontdoor.domain.errors import DocumentRejected, NotFound, RuleFailed
from frontdoor.domain.forms.states import NONE, UNKNOWN, Interval, Known, ListState, Rows, RowState, StatedAnswers
from frontdoor.domain.rules.decide import (
    Circumstances,
    Inputs,
    Snapshot,
    decide,
    derive_facts,
    evaluate_fact,
    from_facts,
)
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.receipt import Receipt
from frontdoor.domain.rules.replay import replay, same
from frontdoor.domain.rules.situation import Provenance

TODAY = date(2026, 11, 23)
RULES = rules()


def member(row_id, **states):
    unasked = dict.fromkeys(
        [
            "offence_date",
            "asb_action_date",
            "permanent_exclusion",
            "fixed_exclusions_3t",
            "unauth_absence_pct_3t",
            "pru_after_exclusion",
            "not_on_roll",
            "benefit",
        ],
        NONE,
    )
    return RowState(row_id, {"dob": Known("2012-01-01"), **unasked, **states})


NO_CONCERNS = ListState((), True)


def nomination(*members, complete=True, local=NO_CONCERNS):
    return StatedAnswers("nomination", {"members": Rows(members, complete), "local": local})


def inputs(answers, **more):
    sent = {"nomination": Provenance("asserted", ("nomination",), ("Ann Teacher",))}
    return Inputs({"nomination": answers} if answers else {}, TODAY, sources=sent, **more)


def evidence(fact_id, value, row_id=None, day=20, kind="verified"):
    at = datetime(2026, 11, day, 9, tzinfo=UTC)
    return Evidence(f"e{day}", fact_id, row_id, value, kind, "education", at.date(), "u1", "Olu Officer", at)


def fact_of(given_inputs, name, ruleset=RULES):
    return derive_facts(ruleset, given_inputs)[name]


CHILD = member("m1", fixed_exclusions_3t=Known(4))
OFFENDER = member("m1", offence_date=Known("2026-06-01"), fixed_exclusions_3t=Known(3))


def test_answers_become_facts_and_facts_a_decision():
    receipt = decide(RULES, "TFP1-E", inputs(nomination(OFFENDER, local=ListState(("abuse",), True))))
    assert receipt.outcome == "eligible / TWO_PLUS_LOCAL"
    assert receipt.fired == ("two_local",)
    assert receipt.texts["staff"]["en"] == "2 criteria, 1 local (1 needed)"


def test_a_nomination_that_was_never_sent_decides_nothing():
    receipt = decide(RULES, "TFP1-E", inputs(None))
    assert receipt.outcome == "pending / CHECKS_OUTSTANDING"


def test_an_incomplete_list_of_members_may_hold_another_child_but_no_fewer():
    assert fact_of(inputs(nomination(CHILD, complete=False)), "c2").finding == Finding(True)
    assert fact_of(inputs(nomination(member("m1"), complete=False)), "c2").finding == Finding()
    assert fact_of(inputs(nomination(member("m1"))), "c2").finding == Finding(False)


def test_an_incomplete_list_of_local_concerns_is_a_lower_bound():
    some = nomination(local=ListState(("abuse", "gangs"), complete=False))
    assert fact_of(inputs(some), "local").finding == Finding(low=2)


def test_a_hidden_list_is_empty_and_a_blank_one_is_unknown():
    assert fact_of(inputs(StatedAnswers("nomination", {"members": NONE, "local": NONE})), "c1").finding == Finding(
        False
    )
    blank = inputs(StatedAnswers("nomination", {"members": Rows((), False), "local": UNKNOWN}))
    assert fact_of(blank, "c1").finding == Finding()


def test_a_year_of_birth_counts_if_both_its_ends_agree():
    child = member("m1", dob=Interval(date(2012, 1, 1), date(2012, 12, 31)))
    assert fact_of(inputs(nomination(child)), "dependent_child").finding == Finding(True)
    perhaps = member("m1", dob=Interval(date(2008, 1, 1), date(2008, 12, 31)))
    assert fact_of(inputs(nomination(perhaps)), "dependent_child").finding == Finding()


def test_evidence_replaces_what_was_asserted_and_the_latest_word_counts():
    words = [evidence("c2", True, day=20), evidence("c2", False, day=21), evidence("c2", True, day=19)]
    known = fact_of(inputs(nomination(CHILD), evidence=words), "c2")
    assert known.finding == Finding(False)
    assert known.provenance == Provenance("verified", ("education",), ("Olu Officer",), "2026-11-21")


def test_evidence_of_nothing_is_known_to_be_none():
    words = [evidence("closed_on", None)]
    assert fact_of(inputs(nomination(), evidence=words), "closed_on").finding == Finding(none=True)


def test_an_officer_may_take_something_as_none_and_it_shows():
    known = fact_of(inputs(nomination(), evidence=[evidence("c3", False, kind="assumed")]), "c3")
    assert known.provenance.state == "assumed"


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        pytest.param({"m1": True, "m2": False}, "verified", id="the-row-that-settles-it-is-verified"),
        pytest.param({"m1": False}, "asserted", id="the-other-row-is-only-asserted"),
        pytest.param({"m1": False, "m2": False}, "asserted", id="that-there-is-no-third-member-is-only-asserted"),
    ],
)
def test_evidence_about_one_member_replaces_that_row_alone(rows, state):
    words = [evidence("c2", value, row_id) for row_id, value in rows.items()]
    known = fact_of(inputs(nomination(member("m1"), member("m2")), evidence=words), "c2")
    assert known.finding == Finding(any(rows.values()))
    assert known.provenance.state == state


def test_what_was_worked_out_is_as_good_as_the_weakest_thing_it_read():
    words = [evidence("c1", True), evidence("c2", True)]
    known = fact_of(inputs(nomination(CHILD), evidence=words), "criteria_met")
    assert known.provenance.state == "asserted"
    assert known.provenance.sources == ("education", "nomination")
    all_checked = fact_of(inputs(nomination(CHILD), evidence=[*words, evidence("c3", False)]), "criteria_met")
    assert all_checked.provenance.state == "verified"


def test_platform_values_absent_are_unknown_and_null_is_none():
    assert fact_of(inputs(None), "closed_on").finding == Finding()
    never = inputs(None, platform={"family.closed_on": None, "family.open_episode": False})
    assert fact_of(never, "closed_on").finding == Finding(none=True)
    assert decide(RULES, "DEDUP", never).outcome == "new / NO_MATCH"


def test_unknown_as_false_applies_to_a_form_that_was_never_sent():
    assert fact_of(inputs(None), "cp_plan").finding == Finding(False)
    assert fact_of(inputs(None), "derby_homes_tenant").finding == Finding()


def test_parameters_can_be_tried_without_being_changed():
    answers = nomination(OFFENDER, local=ListState(("abuse",), True))
    assert decide(RULES, "TFP1-E", inputs(answers, parameters={"local_min": 2})).reason_code == "TWO_NO_LOCAL"
    assert RULES.parameters["local_min"].value == 1


ROWS = {
    "id": "rows",
    "title": text("Rows"),
    "parameters": {"limit": parameter(18)},
    "facts": {
        "minor": fact(
            "Under age", "boolean", {"<": [{"age_on": [r("dob"), {"var": "as_of"}]}, p("limit")]}, over=MEMBERS
        ),
        "minors": over("Minors", "integer", r("minor"), "count"),
        "all_minors": over("All are minors", "boolean", r("minor"), "all"),
        "no_minors": over("None is a minor", "boolean", r("minor"), "none"),
        "benefits": over("Benefits", "list", r("benefit"), "list"),
        "some_minor": fact("Some minor", "boolean", {"some": [a("members"), {"var": "minor"}]}),
    },
    "decisions": {},
}
BY_ROW = rules(rows=ROWS)


def test_a_row_fact_is_read_by_facts_over_the_same_group_and_inside_iterators():
    known = derive_facts(BY_ROW, inputs(nomination(member("m1"), member("m2", dob=Known("1990-01-01")))))
    assert known["minor"].rows == {"m1": Finding(True), "m2": Finding(False)}
    assert known["minors"].finding == Finding(1)
    assert known["some_minor"].finding == Finding(True)


def test_evidence_about_a_row_fact_reaches_what_reads_it():
    words = [evidence("minor", False, "m1")]
    assert fact_of(inputs(nomination(member("m1")), evidence=words), "minors", BY_ROW).finding == Finding(0)


ADULT, MINOR, AGELESS = member("a", dob=Known("1990-01-01")), member("m"), member("u", dob=UNKNOWN)


@pytest.mark.parametrize(
    ("members", "complete", "expected"),
    [
        pytest.param((MINOR, ADULT, AGELESS), True, (Finding(low=1, high=2), False, False), id="one-of-each"),
        pytest.param((MINOR, MINOR), True, (Finding(2), True, False), id="all"),
        pytest.param((MINOR,), False, (Finding(low=1), None, False), id="perhaps-more"),
        pytest.param((ADULT,), True, (Finding(0), False, True), id="none"),
        pytest.param((ADULT,), False, (Finding(low=0), False, None), id="none-so-far"),
        pytest.param((), True, (Finding(0), False, True), id="nobody"),
        pytest.param((AGELESS,), True, (Finding(low=0, high=1), None, None), id="unknown"),
    ],
)
def test_rows_roll_up_by_strong_kleene_and_by_how_complete_the_list_is(members, complete, expected):
    named = [RowState(f"m{index}", each.answers) for index, each in enumerate(members)]
    known = derive_facts(BY_ROW, inputs(nomination(*named, complete=complete)))
    found = known["minors"].finding, known["all_minors"].finding.value, known["no_minors"].finding.value
    assert found == expected


def test_a_list_of_rows_leaves_out_none_and_says_when_it_is_incomplete():
    two = nomination(member("m1", benefit=Known("ESA")), member("m2"))
    assert fact_of(inputs(two), "benefits", BY_ROW).finding == Finding(["ESA"])
    open_list = nomination(member("m1", benefit=Known("ESA")), member("m2", benefit=UNKNOWN))
    assert fact_of(inputs(open_list), "benefits", BY_ROW).finding == Finding(["ESA"], complete=False)


def failing(**more):
    facts = {
        "n": fact("N", "number"),
        "ratio": fact("Ratio", "number", {"/": [1, f("n")]}, order=2),
        "flag": fact("Flag", "boolean"),
    }
    rows = {"r1": row(1, {">": [f("ratio"), 1]}, "x", "X"), "r2": row(2, f("flag"), "y", "Y", **more)}
    return rules(t={"id": "t", "title": text("T"), "facts": facts, "decisions": {"T": table(rows, ("z", "Z"))}})


def test_a_rule_that_fails_goes_to_a_person_and_every_row_says_so():
    receipt = from_facts(failing(), "T", {"n": 0, "flag": True}, as_of=TODAY)
    assert receipt.outcome == "cannot_decide / RULE_FAILED"
    assert [line.truth for line in receipt.rows] == ["error", "true", "true"]
    assert "r1" in receipt.texts["staff"]["en"]
    assert receipt.texts["referrer"]["en"] == "Received; we will contact you if we need more."
    assert receipt.facts["ratio"].error


def test_a_failed_rule_never_holds_up_protection():
    assert from_facts(failing(protective=True), "T", {"n": 0, "flag": True}, as_of=TODAY).outcome == "y / Y"


def test_two_true_rows_of_an_exclusive_table_go_to_a_person():
    rows = {"r1": row(1, {">=": [f("n"), 1]}, "x", "X"), "r2": row(2, {">=": [f("n"), 2]}, "y", "Y")}
    both = rules(
        t={
            "id": "t",
            "title": text("T"),
            "facts": {"n": fact("N", "integer")},
            "decisions": {"T": table(rows, ("z", "Z"), "exclusive")},
        }
    )
    assert from_facts(both, "T", {"n": 1}, as_of=TODAY).outcome == "x / X"
    assert from_facts(both, "T", {"n": 2}, as_of=TODAY).outcome == "cannot_decide / RULE_CLASH"


def test_collected_rows_join_their_reasons_and_the_argument_is_printed():
    rows = {
        "r1": row(1, f("a"), "claim", "ONE", "First"),
        "r2": row(2, f("b"), "claim", "TWO", "Second", argument=f("base")),
    }
    facts = {"a": fact("A", "boolean"), "b": fact("B", "boolean"), "base": fact("Base", "string")}
    both = rules(
        t={
            "id": "t",
            "title": text("T"),
            "facts": facts,
            "decisions": {"T": table(rows, ("no_claim", "NONE"), "collect")},
        }
    )
    receipt = from_facts(both, "T", {"a": True, "b": True, "base": "swansea"}, as_of=TODAY)
    assert receipt.outcome == "claim / ONE+TWO swansea"
    assert receipt.texts["staff"]["en"] == "First · Second"
    assert receipt.fired == ("r1", "r2")
    assert from_facts(both, "T", {"a": True, "b": None}, as_of=TODAY).outcome == "pending / CHECKS_OUTSTANDING"


def test_an_argument_can_be_the_date_of_a_clock():
    rows = {"r1": row(1, f("a"), "exit", "UNTIL", "Until {argument}", argument={"clock": "K1"})}
    clock = rules(
        t={
            "id": "t",
            "title": text("T"),
            "facts": {"a": fact("A", "boolean")},
            "decisions": {"T": table(rows, ("go_on", "OPEN"))},
        }
    )
    around = Circumstances(clock_dates={"K1": "2027-02-28"})
    receipt = from_facts(clock, "T", {"a": True}, as_of=TODAY, around=around)
    assert receipt.outcome == "exit / UNTIL 2027-02-28"
    assert receipt.texts["staff"]["en"] == "Until 2027-02-28"
    assert same(receipt, replay(receipt, clock)) == []


def test_a_decision_may_read_an_earlier_one():
    facts = {"tfp1": fact("Eligibility", "string", {"var": "decisions.TFP1-E.decision"})}
    rows = {"r1": row(1, {"==": [f("tfp1"), "eligible"]}, "audit", "STRAND_A")}
    later = rules(
        **DOCUMENTS,
        later={"id": "later", "title": text("L"), "facts": facts, "decisions": {"IF-E": table(rows, ("decline", "N"))}},
    )
    assert decide(later, "IF-E", inputs(None, decisions={"TFP1-E": "eligible"})).outcome == "audit / STRAND_A"
    assert decide(later, "IF-E", inputs(None)).outcome == "pending / CHECKS_OUTSTANDING"
    assert from_facts(later, "IF-E", {"tfp1": "eligible"}, as_of=TODAY).outcome == "audit / STRAND_A"


def outstanding(code, facts):
    return [each.id for each in from_facts(RULES, code, facts, as_of=TODAY).outstanding]


@pytest.mark.parametrize(
    ("code", "facts", "expected"),
    [
        pytest.param("TFP1-E", {"c1": True, "c2": False, "c3": True, "local": None}, ["local"], id="only-local"),
        pytest.param(
            "TFP1-E",
            {"c1": False, "c2": False, "c3": None, "local": None, "dependent_child": None},
            ["dependent_child"],
            id="what-cannot-reach-two-is-not-asked",
        ),
        pytest.param("TFP1-E", {"c1": None, "c2": False, "c3": None, "local": 0}, ["c1", "c3"], id="two-criteria"),
        pytest.param("TFP1-E", {"c1": True, "c2": True, "c3": True, "local": 0}, [], id="nothing"),
        pytest.param("DEDUP", {"closed_on": None}, ["closed_on"], id="a-date"),
        pytest.param("FF-M", {"level": None}, ["level"], id="a-row-that-asks-unknown"),
        pytest.param("FF-R", {"agreement": None}, ["agreement"], id="a-text"),
    ],
)
def test_only_what_could_change_the_outcome_is_outstanding(code, facts, expected):
    assert outstanding(code, facts) == expected


def test_outstanding_facts_are_named_by_their_labels_in_the_staff_text():
    receipt = from_facts(RULES, "TFP1-E", {"c1": None, "c2": None, "c3": True, "local": 0}, as_of=TODAY)
    assert receipt.texts["staff"]["en"] == "Waiting for: Crime and anti-social behaviour; Education"


def test_too_many_unknown_facts_all_count():
    names = [f"x{number:02}" for number in range(12)]
    facts = {name: fact(name, "boolean") for name in names}
    rows = {"r1": row(1, {"and": [f(name) for name in names]}, "x", "X")}
    many = rules(t={"id": "t", "title": text("T"), "facts": facts, "decisions": {"T": table(rows, ("z", "Z"))}})
    receipt = from_facts(many, "T", dict.fromkeys(names), as_of=TODAY)
    assert [each.id for each in receipt.outstanding] == names


def test_a_receipt_survives_json_and_replays_to_the_same_answer():
    around = Circumstances(Snapshot("northam", "test", 4, "sha256:ab"), "holidays-7")
    words = [evidence("c2", True, "m1")]
    receipt = decide(RULES, "TFP1-E", inputs(nomination(OFFENDER, AGELESS, complete=False), evidence=words), around)
    stored = json.loads(json.dumps(receipt.to_json()))
    again = Receipt.from_json(stored)
    assert again.to_json() == receipt.to_json()
    assert same(again, replay(again, RULES)) == []
    assert stored["snapshot"] == {"authority": "northam", "programme": "test", "number": 4, "digest": "sha256:ab"}
    assert stored["holidays"] == "holidays-7"


def test_a_replay_under_other_rules_says_what_differs():
    receipt = from_facts(RULES, "TFP1-E", {"c1": True, "c2": True, "c3": False, "local": 1}, as_of=TODAY)
    stricter = {**DOCUMENTS["eligibility"], "decisions": {"TFP1-E": table({}, ("panel_review", "ALWAYS"))}}
    differences = same(receipt, replay(receipt, rules(**{**DOCUMENTS, "eligibility": stricter})))
    assert {"/decision", "/reason_code", "/fired/0"} <= set(differences)


def test_a_new_engine_alone_is_no_difference():
    receipt = from_facts(RULES, "FF-L", {"need_domains": 2}, as_of=TODAY)
    assert same(replace(receipt, engine="frontdoor 0.0.1"), receipt) == []


def test_a_receipt_keeps_no_answer_that_its_rules_do_not_read():
    answers = nomination(member("m1", secret=Known("elsewhere")))
    receipt = decide(RULES, "TFP1-E", inputs(answers))
    assert "elsewhere" not in json.dumps(receipt.to_json())
    assert "dob" in json.dumps(receipt.to_json())


def test_a_receipt_shows_how_each_fact_was_known():
    receipt = decide(RULES, "TFP1-E", inputs(nomination(CHILD), evidence=[evidence("c2", True)]))
    stored = receipt.to_json()["facts"]
    assert stored["c2"]["known"] == {
        "state": "verified",
        "sources": ["education"],
        "by": ["Olu Officer"],
        "checked_on": "2026-11-20",
    }
    assert stored["c1"]["known"]["by"] == ["Ann Teacher"]
    assert stored["c1"]["value"] is False


def test_an_unknown_table_is_not_found():
    with pytest.raises(NotFound):
        decide(RULES, "NOPE", inputs(None))


def problems(**documents):
    with pytest.raises(DocumentRejected) as refused:
        rules(**documents)
    return [(problem.file, problem.where, problem.code) for problem in refused.value.problems], refused.value.problems


def broken(facts, decisions=None):
    return {"id": "t", "title": text("T"), "facts": facts, "decisions": decisions or {}}


def test_facts_that_depend_on_each_other_are_refused_naming_the_ring():
    facts = {"a": fact("A", "boolean", f("b")), "b": fact("B", "boolean", f("c")), "c": fact("C", "boolean", f("a"))}
    found, said = problems(t=broken(facts))
    assert found == [("t", "/facts/a", "ring")]
    assert "a → b → c → a" in said[0].message


def test_decisions_that_depend_on_each_other_are_refused():
    one = table({"r": row(1, {"==": [{"var": "decisions.TWO.decision"}, "x"]}, "x", "X")}, ("z", "Z"))
    two = table({"r": row(1, f("first"), "x", "X")}, ("z", "Z"))
    facts = {"first": fact("F", "boolean", {"==": [{"var": "decisions.ONE.decision"}, "x"]})}
    found, _ = problems(t=broken(facts, {"ONE": one, "TWO": two}))
    assert found == [("t", "/decisions/ONE", "ring")]


@pytest.mark.parametrize(
    ("document", "where", "code"),
    [
        pytest.param(
            broken({"a": fact("A", "boolean", {"==": [f("a2"), None]})}),
            "/facts/a/logic/==/1",
            "null_refused",
            id="logic",
        ),
        pytest.param(
            broken({"a": fact("A", "boolean", f("nothing"))}), "/facts/a/logic", "unknown_name", id="no-such-fact"
        ),
        pytest.param(
            broken({"a": fact("A", "boolean", {">": [p("nothing"), 1]})}),
            "/facts/a/logic",
            "unknown_name",
            id="no-such-parameter",
        ),
        pytest.param(
            broken({}, {"T": table({"r": row(1, {"var": "row.a"}, "x", "X")}, ("z", "Z"))}),
            "/decisions/T/rows/r/when/var",
            "no_row",
            id="row",
        ),
        pytest.param(
            broken({}, {"T": table({"r": row(1, True, "x", "X", "{nothing}")}, ("z", "Z"))}),
            "/decisions/T/rows/r/texts/staff",
            "unknown_insert",
            id="no-such-insert",
        ),
    ],
)
def test_documents_that_cannot_decide_are_refused_with_the_place(document, where, code):
    found, _ = problems(t=document)
    assert ("t", where, code) in found


@pytest.mark.parametrize("audience", ["referrer", "family"])
@pytest.mark.parametrize("insert", ["{c1}", "{checks}", "{argument}"])
def test_texts_for_others_never_insert_what_they_did_not_supply(audience, insert):
    told = row(1, f("c1"), "x", "X")
    told["texts"] = {**told["texts"], audience: text(f"Because of {insert}")}
    found, _ = problems(t=broken({"c1": fact("C", "boolean")}, {"T": table({"r": told}, ("z", "Z"))}))
    assert found == [("t", f"/decisions/T/rows/r/texts/{audience}", "insert_refused")]


def test_one_id_in_two_rule_sets_is_refused():
    found, _ = problems(one=broken({"a": fact("A", "boolean")}), two=broken({"a": fact("A", "boolean")}))
    assert found == [("two", "/facts/a", "twice")]


def test_facts_come_in_dependency_order_whatever_the_documents_say():
    facts = {
        "last": fact("L", "boolean", f("middle"), order=1),
        "middle": fact("M", "boolean", f("start"), order=2),
        "start": fact("S", "boolean", order=3),
    }
    assert list(rules(t=broken(facts)).facts) == ["start", "middle", "last"]


def test_a_fact_of_the_wrong_type_fails_instead_of_deciding():
    facts = {"word": fact("W", "string"), "n": fact("N", "integer", f("word"), order=2)}
    rows = {"r": row(1, {">": [f("n"), 1]}, "x", "X")}
    wrong = rules(t=broken(facts, {"T": table(rows, ("z", "Z"))}))
    assert from_facts(wrong, "T", {"word": "many"}, as_of=TODAY).outcome == "cannot_decide / RULE_FAILED"


def test_deciding_changes_nothing_that_was_handed_in():
    given = inputs(nomination(CHILD))
    before = repr(given)
    decide(RULES, "TFP1-E", given)
    assert repr(given) == before


def test_an_argument_that_fails_goes_to_a_person_and_an_unknown_one_is_left_out():
    facts = {"n": fact("N", "number"), "ratio": fact("Ratio", "number", {"/": [1, f("n")]}, order=2)}
    for argument in ({"/": [1, f("n")]}, f("ratio")):
        rows = {"r1": row(1, True, "x", "X", argument=argument)}
        divided = rules(t=broken(facts, {"T": table(rows, ("z", "Z"))}))
        assert from_facts(divided, "T", {"n": 4}, as_of=TODAY).outcome == "x / X 0.25"
        assert from_facts(divided, "T", {"n": 0}, as_of=TODAY).outcome == "cannot_decide / RULE_FAILED"
        assert from_facts(divided, "T", {"n": None}, as_of=TODAY).outcome == "x / X"


def test_a_fact_that_reads_a_failed_fact_has_failed_too():
    facts = {
        "n": fact("N", "number"),
        "a": fact("A", "number", {"/": [1, f("n")]}),
        "b": fact("B", "boolean", {">": [f("a"), 1]}),
    }
    known = rules(t=broken(facts))
    with pytest.raises(RuleFailed):
        evaluate_fact(known, "b", {"n": 0}, as_of=TODAY)
    assert evaluate_fact(known, "b", {"n": 0.5}, as_of=TODAY) == "true"


def test_a_row_that_fails_by_itself_is_an_error():
    facts = {"n": fact("N", "number")}
    rows = {"r1": row(1, {">": [{"/": [1, f("n")]}, 2]}, "x", "X")}
    receipt = from_facts(rules(t=broken(facts, {"T": table(rows, ("z", "Z"))})), "T", {"n": 0}, as_of=TODAY)
    assert receipt.rows[0].truth == "error"
    assert receipt.outcome == "cannot_decide / RULE_FAILED"


PLACES = {
    "r1": row(1, {">": [{"var": "capacity.free.north"}, 0]}, "accept", "BASE", argument="north"),
    "r2": row(2, {"==": [{"var": "answers.nomination.area"}, "south"]}, "hold", "SOUTH"),
}


def test_what_a_table_reads_itself_is_named_when_it_is_unknown():
    direct = rules(t=broken({}, {"T": table(PLACES, ("z", "Z"))}))
    full = inputs(None, platform={"capacity.free": {"north": 0}})
    assert decide(direct, "T", inputs(None, platform={"capacity.free": {"north": 1}})).outcome == "accept / BASE north"
    assert [each.id for each in decide(direct, "T", full).outstanding] == ["answers.nomination.area"]
    open_places = decide(direct, "T", inputs(None))
    assert [each.label["en"] for each in open_places.outstanding] == ["area", "Free places by base"]
    assert from_facts(direct, "T", {"free": {"north": 2}}, as_of=TODAY).outcome == "accept / BASE north"
    assert from_facts(direct, "T", {"free": {"north": 0}, "area": "south"}, as_of=TODAY).outcome == "hold / SOUTH"


def test_platform_values_can_be_given_by_name():
    rows = {"r1": row(1, {"var": "family.open_episode"}, "x", "X")}
    direct = rules(t=broken({}, {"T": table(rows, ("z", "Z"))}))
    assert from_facts(direct, "T", {"open_episode": True}, as_of=TODAY).outcome == "x / X"
    assert from_facts(direct, "T", {}, as_of=TODAY).outcome == "z / Z"


def test_a_text_cannot_insert_a_fact_of_rows():
    facts = {"minor": fact("Minor", "boolean", r("grown"), over=MEMBERS)}
    found, _ = problems(t=broken(facts, {"T": table({"r": row(1, True, "x", "X", "{minor}")}, ("z", "Z"))}))
    assert found == [("t", "/decisions/T/rows/r/texts/staff", "unknown_insert")]


def test_a_table_knows_its_outcomes():
    written = table({"r": row(1, True, "x", "X")}, ("z", "Z"))
    written["outcomes"] = {"x": {"order": 1, "label": text("Yes"), "final": True, "owner": "team_leader"}}
    decision = rules(t=broken({}, {"T": written})).decisions["T"]
    assert decision.outcome("x").owner == "team_leader"
    assert decision.outcome("nope") is None


def test_evidence_about_a_fact_that_nothing_reads_changes_nothing():
    with_more = inputs(nomination(CHILD), evidence=[evidence("level", 4)])
    assert decide(RULES, "TFP1-E", with_more).to_json() == decide(RULES, "TFP1-E", inputs(nomination(CHILD))).to_json()


def test_replaying_a_table_that_is_gone_is_not_found():
    receipt = from_facts(RULES, "FF-L", {"need_domains": 2}, as_of=TODAY)
    with pytest.raises(NotFound):
        replay(receipt, rules(eligibility=DOCUMENTS["eligibility"]))
