"""What the proof says of tables that are wrong in one way each, and of what lies outside it."""

from typing import Any

import pytest
from tests.services.proving import AS_OF, CODE, form_of, options, question, row, rules_of, words

from frontdoor.domain.errors import NotFound
from frontdoor.domain.rules.table import Rules
from frontdoor.services.proofs.findings import Findings, Limit
from frontdoor.services.proofs.replaying import Engine
from frontdoor.services.prove import differences, prove

CHILD = {
    "age": question("number", 1, "Age", minimum=0, maximum=17),
    "absent": question("number", 2, "Absence", minimum=0, maximum=100),
}
FORM = form_of(
    {
        "worried": question("yes_no", 10, "Is anybody worried?", page="p"),
        "needs": question("number", 20, "How many needs?", page="p", minimum=0, maximum=9),
        "agency": question("radios", 30, "Agency", page="p", options=options("school", "police", "dk", unknown="dk")),
        "badge": question("text", 40, "Badge", page="p", show_if="police"),
        "seen": question("date", 50, "Last seen", page="p", not_before="2026-01-01", not_after="as_of"),
        "children": question("group", 60, "Children", page="p", max_items=10, questions=CHILD),
    },
    {"police": {"label": words("Police"), "logic": {"==": [{"var": "answers.agency"}, "police"]}}},
)
OVER = "answers.ask.children"


def asked(name: str) -> dict[str, Any]:
    return {"var": f"answers.ask.{name}"}


def fact(name: str) -> dict[str, Any]:
    return {"var": f"facts.{name}"}


def of_children(order: int, label: str, roll_up: str, logic: Any, kind: str = "boolean") -> dict[str, Any]:
    return {"order": order, "label": words(label), "type": kind, "over": OVER, "roll_up": roll_up, "logic": logic}


FACTS = {
    "child_of_9": of_children(10, "A child of 9", "any", {"==": [{"var": "row.age"}, 9]}),
    "child_under_5": of_children(20, "A child under five", "any", {"<": [{"var": "row.age"}, 5]}),
    "all_grown": of_children(30, "All children over ten", "all", {">": [{"var": "row.age"}, 10]}),
    "young": of_children(40, "Children under five", "count", {"<": [{"var": "row.age"}, 5]}, "integer"),
    "police_say": {"order": 50, "label": words("Known to the police"), "type": "boolean",
                   "verify": {"sources": {"police": {"order": 10, "label": words("Police")}}}},
}  # fmt: skip
MANY = {">=": [asked("needs"), 3]}


def table(*rows: tuple[str, Any, str], **more: Any) -> Rules:
    written = {name: row(place * 10, when, result) for place, (name, when, result) in enumerate(rows, start=1)}
    return rules_of(FORM, written, FACTS, **more)


def proved(rules: Rules, limit: Limit | None = None) -> Findings:
    return prove(rules, {"ask": FORM}, CODE, as_of=AS_OF, limit=limit)


def kinds(findings: Findings) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.kind, each.rows) for each in findings.found]


def test_a_row_that_asks_for_both_sides_of_a_number_is_contradictory_and_blocks() -> None:
    never = {"and": [{">": [asked("needs"), 7]}, {"<": [asked("needs"), 7]}]}
    findings = proved(table(("never", never, "yes"), intended=True))
    assert kinds(findings) == [("contradictory", ("never",))]
    assert findings.blocks
    assert findings.found[0].told["en"] == "“Row 10” can never be true: no family meets all of it."


def test_a_row_about_a_hidden_question_is_contradictory_because_hidden_is_nothing() -> None:
    hidden = {"and": [{"==": [asked("agency"), "school"]}, {"!!": [asked("badge")]}]}
    assert kinds(proved(table(("hidden", hidden, "yes"), intended=True))) == [("contradictory", ("hidden",))]


def test_a_shadowed_row_is_dead_and_names_the_row_that_covers_it() -> None:
    shadowed = {">=": [asked("needs"), 5]}
    rules = table(("other", {"==": [asked("agency"), "police"]}, "no"), ("many", MANY, "yes"), ("more", shadowed, "no"),
                  intended=True)  # fmt: skip
    [dead] = proved(rules).found
    assert (dead.kind, dead.rows, dead.covered_by, dead.blocks) == ("dead", ("more",), ("many",), True)
    assert dead.told["en"] == (
        "“Row 30” never decides: whoever it is true of comes under “Row 20” first. For example, a family where "
        "“Agency” is “school” and “How many needs?” is 5: “Row 30” is true, and the decision is `yes`."
    )
    assert dead.told["cy"].startswith("Nid yw “Row 30” byth yn penderfynu")


def test_a_row_with_a_decision_of_its_own_is_dead_where_the_row_before_is_never_false() -> None:
    either_way = {"or": [{"unknown": [asked("worried")]}, asked("worried"), {"!": [asked("worried")]}]}
    [dead] = proved(table(("always", either_way, "no"), ("last", MANY, "yes"), intended=True)).found
    assert (dead.kind, dead.rows, dead.covered_by) == ("dead", ("last",), ("always",))


def test_what_must_stay_unknown_is_told_as_not_known() -> None:
    nobody_knows = {"unknown": [asked("agency")]}
    rules = table(
        ("unknown", nobody_knows, "wait"), ("both", {"and": [nobody_knows, asked("worried")]}, "no"), intended=True
    )
    [dead] = proved(rules).found
    assert "“Is anybody worried?” is yes and “Agency” is not known" in dead.told["en"]
    assert "“Agency” ddim yn hysbys" in dead.told["cy"]


def test_what_is_not_known_of_a_child_is_told_beside_the_child() -> None:
    of_nine = {"and": [{"==": [{"var": "row.age"}, 9]}, {"unknown": [{"var": "row.absent"}]}]}
    facts = FACTS | {"nine": of_children(60, "Nine", "any", of_nine)}
    rows = {"nine": row(10, fact("nine"), "yes"), "worried": row(20, asked("worried"), "no")}
    [clash] = proved(rules_of(FORM, rows, facts, hit="exclusive", intended=True)).found
    assert "“Children” has 1 (“Age” is 9 and “Absence” is not known)" in clash.told["en"]


def test_an_answer_that_only_hides_a_question_is_kept_because_it_matters() -> None:
    [gap] = proved(table(("badge", {"!!": [asked("badge")]}, "yes"))).found
    assert gap.witness is not None
    assert gap.witness.answers == {"ask": {"agency": "school"}}
    assert gap.told["en"] == "A family where “Agency” is “school” goes to “Otherwise”: `no`."


def test_a_family_that_no_row_decides_is_a_gap_told_with_what_matters_only() -> None:
    rules = table(
        ("many", MANY, "yes"), ("nine", fact("child_of_9"), "yes"), ("none", {"==": [asked("needs"), 0]}, "no")
    )
    findings = proved(rules)
    [gap] = findings.found
    assert (gap.kind, gap.blocks, findings.proved) == ("gap", False, True)
    assert gap.witness is not None
    assert set(gap.witness.answers["ask"]) == {"needs", "children"}
    assert gap.witness.answers["ask"]["needs"] in (1, 2)
    assert gap.told["en"].endswith("goes to “Otherwise”: `no`.")
    assert "“How many needs?” is " in gap.told["en"]
    assert "worried" not in gap.told["en"]


def test_otherwise_that_is_meant_leaves_no_gap() -> None:
    assert not proved(table(("many", MANY, "yes"), intended=True)).found


def test_a_table_that_covers_every_known_family_has_no_gap() -> None:
    assert not proved(table(("many", MANY, "yes"), ("few", {"<": [asked("needs"), 3]}, "wait"))).found


@pytest.mark.parametrize("hit", ["exclusive", "collect"])
def test_two_rows_that_can_both_be_true_clash_and_block(hit: str) -> None:
    rules = table(("many", MANY, "yes"), ("police", fact("police_say"), "no"), hit=hit, intended=True)
    [clash] = proved(rules).found
    assert (clash.kind, clash.rows, clash.blocks) == ("clash", ("many", "police"), True)
    assert clash.told["en"] == (
        "“Row 10” and “Row 20” contradict each other: a family where “How many needs?” is 3 and "
        "“Known to the police” is yes meets both."
    )


def test_rows_that_exclude_each_other_do_not_clash() -> None:
    rules = table(("many", MANY, "yes"), ("few", {"<": [asked("needs"), 3]}, "no"), hit="exclusive", intended=True)
    assert not proved(rules).found


def test_children_are_counted_beyond_the_first_few_rows_before_a_row_is_called_out_of_reach() -> None:
    rules = table(("seven", {">=": [fact("young"), 7]}, "yes"), intended=True)
    findings = proved(rules)
    assert not findings.found
    assert findings.bounds == {OVER: 3}


def test_a_group_that_cannot_be_so_long_makes_a_row_contradictory() -> None:
    rules = table(("eleven", {">=": [fact("young"), 11]}, "yes"), intended=True)
    assert kinds(proved(rules)) == [("contradictory", ("eleven",))]


def test_no_family_has_a_child_under_five_when_all_its_children_are_over_ten() -> None:
    both = {"and": [fact("child_under_5"), fact("all_grown")]}
    assert kinds(proved(table(("both", both, "yes"), intended=True))) == [("contradictory", ("both",))]


def test_dates_keep_the_limits_of_their_question() -> None:
    long_ago = {">": [{"days_between": [asked("seen"), {"var": "as_of"}]}, 326]}
    just = {"==": [{"days_between": [asked("seen"), {"var": "as_of"}]}, 326]}
    rules = table(("too_long", long_ago, "yes"), ("just", just, "no"), intended=True)
    assert kinds(proved(rules)) == [("contradictory", ("too_long",))]


def test_texts_that_are_cut_up_are_outside_and_never_block() -> None:
    cut = {"==": [{"substr": [asked("badge"), 0, 1]}, "X"]}
    findings = proved(table(("cut", cut, "yes"), ("other", {"!": [cut]}, "no")))
    assert not findings.blocks
    assert findings.proved
    assert {each.sure for each in findings.found} <= {"possible"}


def test_a_question_that_takes_too_long_is_not_proved_and_not_right() -> None:
    findings = proved(table(("many", MANY, "yes"), ("more", {">=": [asked("needs"), 5]}, "no")), Limit(seconds=0))
    assert not findings.found
    assert not findings.proved
    assert findings.not_proved == ("row many", "row more", "gap no")


def test_each_change_of_a_decision_has_one_family_that_both_engines_confirm() -> None:
    was, now = (table(("many", {">=": [asked("needs"), least]}, "yes"), ("police", fact("police_say"), "wait"))
                for least in (3, 4))  # fmt: skip
    findings = differences(was, now, {"ask": FORM}, CODE, as_of=AS_OF)
    assert findings.proved
    moved = {(each.was, each.now): each for each in findings.found}
    assert ("yes", "no") in moved
    assert ("yes", "wait") in moved
    assert ("no", "yes") not in moved
    for (before, after), each in moved.items():
        assert each.witness is not None
        results = [Engine(rules, {"ask": FORM}, CODE, AS_OF).decide(each.witness).decision for rules in (was, now)]
        assert results == [before, after]
    assert "was `yes` and would be `wait`" in moved["yes", "wait"].told["en"]


def test_two_equal_versions_differ_for_nobody() -> None:
    rules = table(("many", MANY, "yes"), ("nine", fact("child_of_9"), "wait"))
    assert not differences(rules, rules, {"ask": FORM}, CODE, as_of=AS_OF).found


def test_a_table_that_does_not_exist_is_told() -> None:
    with pytest.raises(NotFound, match="no decision"):
        prove(table(("many", MANY, "yes")), {"ask": FORM}, "T-9", as_of=AS_OF)


def test_what_the_platform_and_sources_say_is_told_by_its_label() -> None:
    rules = table(
        ("police", {"and": [fact("police_say"), {">": [{"var": "family.contacts_12m"}, 2]}]}, "yes"),
        ("many", {"var": "family.open_episode"}, "no"),
        hit="exclusive",
        intended=True,
    )
    [clash] = proved(rules).found
    assert clash.witness is not None
    assert clash.witness.platform == {"family.open_episode": True, "family.contacts_12m": 3}
    assert clash.witness.evidence == {("police_say", ""): True}
    for words_told in ("“Known to the police” is yes", "“Contacts in the last 12 months” is 3"):
        assert words_told in clash.told["en"]
    assert "“Cysylltiadau yn y 12 mis diwethaf” yn 3" in clash.told["cy"]
