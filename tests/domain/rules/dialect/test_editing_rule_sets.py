"""Edits of a rule set: new documents, permanent ids, and the places that stand in the way."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.rules.dialect.small_rules import ALL, NO, RULES, TABLE, keys, said, texts

from frontdoor.domain.errors import AnswersRejected, NotFound
from frontdoor.domain.orders import in_order, orders
from frontdoor.domain.proposing import CODE, ID, propose_code, propose_id
from frontdoor.domain.rules.dialect import edits, tree
from frontdoor.domain.rules.dialect.boxes import BOXES, sort_of
from frontdoor.domain.rules.dialect.entered import read_boxes
from frontdoor.domain.rules.dialect.uses import uses
from frontdoor.domain.rules.dialect.verification import set_verification, verification_boxes

ROWS = (*TABLE, "rows")
KEPT = deepcopy(RULES)
MET = tree.Test(tree.Named("facts.met"), "is_true")
ROW = said(label_en="New row", decision="help", reason_code="NEW", **texts("New"))
PARAMETER = said(label_en="Months", type="integer", value="12", source="Board")


@pytest.fixture(autouse=True)
def _no_edit_changes_what_it_was_given():
    yield
    assert KEPT == RULES


def problems(act, *given_to):
    with pytest.raises(AnswersRejected) as rejected:
        act(*given_to)
    return {problem.where: problem.code for problem in rejected.value.problems}


def test_a_new_entry_comes_last():
    made = edits.add(RULES, (*ROWS, "new"), ROW, MET)
    assert keys(made, *ROWS) == ["not_met", "enough", "new"]
    assert edits.rule_at(made, (*ROWS, "new")) == {"var": "facts.met"}


def test_an_entry_that_is_changed_keeps_its_place_its_rule_and_its_rows():
    at = (*ROWS, "not_met")
    made = edits.change(RULES, at, {**edits.boxes_of(RULES, at), "protective": ("yes",)})
    assert made["decisions"]["ROUTE"]["rows"]["not_met"] == {**RULES["decisions"]["ROUTE"]["rows"]["not_met"],
                                                             "protective": True}  # fmt: skip
    table = edits.change(RULES, TABLE, said(order="10", title_en="Where to", hit="exclusive"))
    assert keys(table, *ROWS) == ["not_met", "enough"]
    assert table["decisions"]["ROUTE"]["hit"] == "exclusive"


@pytest.mark.parametrize("key", ["Big", "9", "a b", "", "a" * 64, "constructor", "__proto__", "a.b", "$a"])
def test_an_id_that_cannot_be_one_is_refused(key):
    assert problems(edits.add, RULES, ("facts", key), said(label_en="F", type="boolean")) == {"/id": "bad_id"}
    with pytest.raises(AnswersRejected):
        edits.new_rule_set(key, {"en": "New"})


def test_an_id_that_is_taken_is_refused():
    assert problems(edits.add, RULES, ("parameters", "least"), PARAMETER) == {"/id": "taken"}
    assert problems(edits.duplicate, RULES, (*ROWS, "enough"), "not_met") == {"/id": "taken"}


@pytest.mark.parametrize(
    "place",
    [
        ("facts", "gone"),
        ("facts",),
        (),
        ("decisions", "ROUTE", "rows"),
        ("title", "en"),
        ("decisions", "NO", "rows", "x"),
    ],
)
def test_a_place_that_is_not_there_is_not_found(place):
    with pytest.raises(NotFound):
        edits.entry(RULES, place)


def test_nothing_is_added_to_a_table_or_a_fact_that_is_not_there():
    with pytest.raises(NotFound):
        edits.add(RULES, ("decisions", "NO", "rows", "x"), ROW, MET)
    with pytest.raises(NotFound):
        edits.add(RULES, ("facts", "gone", "verify", "sources", "x"), said(label_en="X"))


@pytest.mark.parametrize(
    ("place", "fields", "found"),
    [
        pytest.param(("parameters", "new"), said(), {"/label.en", "/type", "/value", "/source"}, id="empty-parameter"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(value="1.5")}, {"/value"}, id="half"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(value="x")}, {"/value"}, id="text-for-a-number"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(value=("1", "2"))}, {"/value"}, id="two-values"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(bounds__max="5")}, {"/value"}, id="above-its-bounds"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(bounds__min="9", bounds__max="5")}, {"/bounds/max"},
                     id="bounds-crossed"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(bounds__options="1\n2")}, {"/value"}, id="no-option"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(type="date")}, {"/type"}, id="no-such-type"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(source="x" * 5001)}, {"/source"}, id="long-source"),
        pytest.param(("parameters", "new"), {**PARAMETER, **said(label_en="x" * 5001)}, {"/label.en"}, id="long-label"),
        pytest.param(("parameters", "new"), {**PARAMETER, "label.EN": ("x",)}, {"/label.EN"}, id="language"),
        pytest.param(("parameters", "new"), {**PARAMETER, "unit.cy": ("misoedd",)}, {"/unit.en"}, id="welsh-alone"),
        pytest.param(("facts", "new"), said(label_en="F", type="boolean", roll_up="any"), {"/over"}, id="no-group"),
        pytest.param(("facts", "new"), said(label_en="F", type="boolean", unknown_as="no"), {"/unknown_because.en"},
                     id="without-because"),
        pytest.param(("facts", "new"), said(label_en="F", type="boolean", code="a b"), {"/code"}, id="code"),
        pytest.param((*ROWS, "new"), {**ROW, **said(decision="elsewhere")}, {"/decision"}, id="no-such-outcome"),
        pytest.param((*ROWS, "new"), {**ROW, **said(protective="maybe")}, {"/protective"}, id="neither-yes-nor-no"),
        pytest.param((*ROWS, "new"), {**ROW, **said(argument="a b")}, {"/argument"}, id="argument"),
        pytest.param((*ROWS, "new"), {**ROW, "argument.clock": ("a b",)}, {"/argument.clock"}, id="argument-clock"),
        pytest.param((*ROWS, "new"), {**ROW, "argument": ("as_of",), "argument.clock": ("X",)}, {"/argument"},
                     id="argument-twice"),
        pytest.param((*TABLE, "outcomes", "new"), said(label_en="O", final="yes", owner="A B"), {"/owner"}, id="owner"),
    ],
)  # fmt: skip
def test_a_box_that_will_not_do_is_told_and_nothing_is_repeated(place, fields, found):
    assert set(problems(edits.add, RULES, place, fields, MET)) == found


def test_a_row_needs_its_condition():
    assert problems(edits.add, RULES, (*ROWS, "new"), ROW) == {"/when": "required"}
    with pytest.raises(NotFound):
        edits.set_rule(RULES, (*ROWS, "enough"), None)
    with pytest.raises(NotFound):
        edits.set_rule(RULES, TABLE, MET)


def test_a_rule_is_set_and_taken_away():
    made = edits.set_rule(RULES, (*ROWS, "enough"), tree.Advanced(NO))
    assert edits.rule_at(made, (*ROWS, "enough")) == NO
    assert edits.rule_at(edits.set_rule(RULES, ("facts", "met"), None), ("facts", "met")) is None
    assert edits.rule_at(RULES, TABLE) is None


@pytest.mark.parametrize("value", [{"clock": "WAIT"}, {"var": "facts.benefit"}, {"cat": ["a", "b"]}, "fixed"])
def test_what_is_printed_after_the_reason_stays_what_it_was(value):
    before = {**RULES["decisions"]["ROUTE"]["rows"]["enough"], "argument": value}
    rules = edits.set_rule(RULES, (*ROWS, "enough"), MET)
    rules["decisions"]["ROUTE"]["rows"]["enough"] = before
    assert edits.change(rules, (*ROWS, "enough"), edits.boxes_of(rules, (*ROWS, "enough"))) == rules


def test_an_argument_that_cannot_be_kept_is_none():
    assert "argument" not in read_boxes("row", {**ROW, "argument": ("*kept",)}, {})


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [
        pytest.param("c", "up", ["a", "c", "b", "d"], id="up"),
        pytest.param("a", "up", ["a", "b", "c", "d"], id="up-at-the-top"),
        pytest.param("b", "down", ["a", "c", "b", "d"], id="down"),
        pytest.param("d", "down", ["a", "b", "c", "d"], id="down-at-the-bottom"),
        pytest.param("d", 0, ["d", "a", "b", "c"], id="first"),
        pytest.param("a", 99, ["b", "c", "d", "a"], id="last"),
        pytest.param("b", 1, ["a", "b", "c", "d"], id="where-it-is"),
    ],
)
def test_an_entry_moves_and_only_its_own_number_changes(place, to, order):
    facts = {key: {"order": 10 * at, "label": {"en": key}, "type": "boolean"} for at, key in enumerate("abcd", start=1)}
    rules = {"id": "r", "facts": facts}
    made = edits.move(rules, ("facts", place), to)
    assert keys(made, "facts") == order
    assert {key: fact["order"] for key, fact in made["facts"].items() if key != place} == {
        key: fact["order"] for key, fact in facts.items() if key != place
    }


ENTRIES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2),
    st.fixed_dictionaries({"order": st.one_of(st.integers(-5, 40), st.floats(-2, 2).map(lambda one: round(one, 2)))}),
    min_size=1,
)


@given(ENTRIES, st.data())
def test_new_numbers_bring_an_entry_where_it_is_wanted_and_keep_the_others_in_order(entries, data):
    key = data.draw(st.sampled_from(sorted(entries)))
    position = data.draw(st.integers(0, len(entries)))
    moved = {name: {"order": number} for name, number in orders(entries, key, position).items()}
    others = [other for other in in_order(entries) if other != key]
    place = min(position, len(others))
    assert in_order({**entries, **moved}) == [*others[:place], key, *others[place:]]
    assert set(moved) <= {key, *others[place:]}


def test_where_there_is_no_room_as_few_as_possible_move_on():
    entries = {"a": {"order": 1}, "b": {"order": 2}, "c": {"order": 3}, "d": {"order": 10}, "x": {}}
    assert orders(entries, "x", 1) == {"x": 3, "b": 5, "c": 7}


def test_a_copy_stands_straight_after_what_it_was_made_of():
    made = edits.duplicate(RULES, (*ROWS, "not_met"), "again")
    assert keys(made, *ROWS) == ["not_met", "again", "enough"]
    rows = made["decisions"]["ROUTE"]["rows"]
    assert {**rows["again"], "order": 10} == rows["not_met"]


@pytest.mark.parametrize(
    "act",
    [
        lambda place: edits.move(RULES, place, "up"),
        lambda place: edits.remove(RULES, place, ALL),
        lambda place: edits.duplicate(RULES, place, "other"),
    ],
    ids=["move", "remove", "duplicate"],
)
def test_a_table_keeps_its_otherwise(act):
    with pytest.raises(NotFound):
        act((*TABLE, "otherwise"))


@pytest.mark.parametrize(
    ("place", "used"),
    [
        pytest.param(("parameters", "least"), {("route", "/decisions/ROUTE/rows/enough/when"),
                                               ("clocks", "/clocks/WAIT/n")}, id="parameter"),
        pytest.param(("parameters", "spare"), set(), id="parameter-that-nothing-reads"),
        pytest.param(("facts", "score"), {("route", "/decisions/ROUTE/rows/enough/when"),
                                          ("route", "/decisions/ROUTE/rows/not_met/texts/staff")}, id="fact-and-text"),
        pytest.param(("facts", "late"), {("route", "/facts/any_late/logic")}, id="fact-of-rows"),
        pytest.param(("facts", "any_late"), set(), id="fact-that-nothing-reads"),
        pytest.param(TABLE, {("pathway", "/stages/first/exits/out/when"), ("later", "/facts/why/logic")}, id="table"),
        pytest.param((*TABLE, "outcomes", "help"), {("route", "/decisions/ROUTE/rows/enough"),
                                                    ("pathway", "/stages/first/exits/out/when")}, id="outcome"),
        pytest.param((*TABLE, "outcomes", "none"), {("route", "/decisions/ROUTE/rows/not_met"),
                                                    ("route", "/decisions/ROUTE/otherwise")}, id="otherwise"),
        pytest.param((*TABLE, "outcomes", "spare"), set(), id="outcome-that-no-row-comes-to"),
        pytest.param((*ROWS, "enough"), {("later", "/facts/why/logic")}, id="row-by-its-reason"),
        pytest.param((*ROWS, "not_met"), set(), id="row"),
        pytest.param(("facts", "benefit", "verify", "sources", "dwp"), set(), id="source"),
    ],
)  # fmt: skip
def test_what_is_used_stays_and_every_use_is_told(place, used):
    found = uses(ALL, "route", place)
    assert {(use.document, use.pointer) for use in found} == used
    assert all(use.label["en"] for use in found)
    if used:
        with pytest.raises(AnswersRejected) as rejected:
            edits.remove(RULES, place, ALL)
        assert len(rejected.value.problems) == len(used)
    else:
        with pytest.raises(NotFound):
            edits.entry(edits.remove(RULES, place, ALL), place)


def test_a_fact_of_another_group_that_reads_the_same_name_is_no_use():
    rules = deepcopy(RULES)
    rules["facts"]["any_late"]["over"] = "answers.f.adults"
    assert uses({"route": rules}, "route", ("facts", "late")) == []


def test_what_has_just_been_taken_out_of_the_document_is_no_longer_a_use():
    made = edits.set_rule(RULES, ("facts", "any_late"), tree.Fixed(False))
    assert "late" not in edits.remove(made, ("facts", "late"), ALL)["facts"]


def test_a_use_is_told_by_the_labels_on_the_way():
    (use, _) = uses(ALL, "route", ("facts", "score"))
    assert use.label["en"] == "“Route”, “Route”, “Not met”"


def test_what_a_source_may_say_follows_the_options_and_the_type():
    at = ("facts", "benefit", "verify", "options")
    made = edits.add(RULES, (*at, "C"), said(label_en="Third"))
    assert made["facts"]["benefit"]["verify"]["schema"] == {"enum": ["A", "B", "C", None]}
    made = edits.remove(made, (*at, "A"), ALL)
    assert made["facts"]["benefit"]["verify"]["schema"] == {"enum": ["B", "C", None]}
    made = edits.change(made, ("facts", "benefit"), said(label_en="Benefits", type="list"))
    assert made["facts"]["benefit"]["verify"]["schema"] == {
        "type": "array", "uniqueItems": True, "items": {"enum": ["B", "C"]},
    }  # fmt: skip


def test_a_schema_written_by_hand_stays():
    rules = deepcopy(RULES)
    rules["facts"]["benefit"]["verify"]["schema"] = {"enum": ["A", "Z"]}
    made = edits.add(rules, ("facts", "benefit", "verify", "options", "C"), said(label_en="Third"))
    assert made["facts"]["benefit"]["verify"]["schema"] == {"enum": ["A", "Z"]}


def test_the_last_source_takes_verification_with_it_and_the_last_option_leaves_no_empty_list():
    made = edits.remove(RULES, ("facts", "benefit", "verify", "sources", "dwp"), ALL)
    assert "verify" not in made["facts"]["benefit"]
    options = ("facts", "benefit", "verify", "options")
    made = edits.remove(edits.remove(RULES, (*options, "A"), ALL), (*options, "B"), ALL)
    assert "options" not in made["facts"]["benefit"]["verify"]


def test_the_first_source_makes_a_fact_one_that_can_be_verified():
    made = edits.add(RULES, ("facts", "score", "verify", "sources", "school"), said(label_en="School"))
    typed = {"min": ("0",), "max": ("9.5",), "none": ("yes",), "hint.en": ("Look",), "hint.cy": ("",)}
    made = set_verification(made, ("facts", "score"), typed)
    assert made["facts"]["score"]["verify"] == {
        "sources": {"school": {"order": 10, "label": {"en": "School"}}},
        "schema": {"type": ["integer", "null"], "minimum": 0, "maximum": 9.5},
        "hint": {"en": "Look"},
    }
    boxes = verification_boxes(made["facts"]["score"])
    assert set_verification(made, ("facts", "score"), boxes) == made


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("boolean", {"type": "boolean"}),
        ("date", {"type": "string", "format": "date"}),
        ("string", {"type": "string"}),
        ("list", {"type": "array", "uniqueItems": True}),
        ("number", {"type": "number"}),
    ],
)
def test_each_type_has_its_own_schema(kind, schema):
    rules = {"id": "r", "facts": {"f": {"type": kind, "verify": {"sources": {"s": {}}, "hint": {"en": "Old"}}}}}
    assert set_verification(rules, ("facts", "f"), {})["facts"]["f"]["verify"] == {
        "sources": {"s": {}},
        "schema": schema,
    }


def test_a_fact_without_a_source_cannot_say_what_a_source_may_say():
    with pytest.raises(NotFound):
        set_verification(RULES, ("facts", "score"), {})


def test_a_bound_that_is_no_number_is_told():
    assert problems(set_verification, RULES, ("facts", "benefit"), {"min": ("few",)}) == {"/min": "value"}


@pytest.mark.parametrize("sort", BOXES)
def test_every_sort_of_entry_has_its_place(sort):
    places = [("parameters", "x"), ("facts", "x"), ("facts", "x", "verify", "sources", "y"), TABLE,
              ("facts", "x", "verify", "options", "y"), (*TABLE, "outcomes", "y"), (*ROWS, "y"), (*TABLE, "otherwise"),
              (*TABLE, "when_unknown")]  # fmt: skip
    assert sort in {sort_of(place) for place in places}


@pytest.mark.parametrize(
    ("label", "taken", "proposed"),
    [
        ("Local concerns", (), "local_concerns"),
        ("Local concerns", ("local_concerns", "local_concerns_2"), "local_concerns_3"),
        ("16 or over", (), "x_16_or_over"),
        ("Oedran tŷ'r teulu", (), "oedran_ty_r_teulu"),
        ("???", (), "x"),
    ],
)
def test_an_id_is_proposed_from_a_label(label, taken, proposed):
    assert propose_id(label, taken) == proposed


def test_a_reason_code_is_proposed_from_a_label():
    assert propose_code("All three criteria", ()) == "ALL_THREE_CRITERIA"
    assert propose_code("…", ("REASON",)) == "REASON_2"


@given(st.text(), st.sets(st.text("abx_2", max_size=4)))
def test_a_proposed_id_is_always_one_and_free(label, taken):
    assert ID.fullmatch(propose_id(label, taken))
    assert CODE.fullmatch(propose_code(label, taken))
    assert propose_id(label, taken) not in taken
