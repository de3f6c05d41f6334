from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.canonical import digest, find, path, pointer
from frontdoor.domain.errors import Conflict, DocumentRejected
from frontdoor.domain.overlay import WHOLE, Origin, Overlay, apply, forbidden, original, replaced

BASE = {
    "parameters": {
        "min_categories": {"value": 2, "unit": {"en": "needs"}, "bounds": {"min": 1, "max": 5}},
        "factor_set": {"value": "initial", "bounds": {"options": ["initial", "extended"]}},
        "benefit_codes": {"value": ["ESA", "IB"], "bounds": {"options": ["ESA", "IB", "UC"]}},
        "note": {"value": "no bounds"},
    },
    "rows": {"complex": {"order": 80, "when": {">=": [{"var": "facts.n"}, 2]}, "needs": ["a", "b"]}},
    "codes": {"agency": {"gp": {"label": {"en": "GP"}}}},
    "a/b": {"c~d": 1},
}
KEYS = st.sampled_from(["a", "b", "c/d", "~e", "when", "value"])
SCALARS = st.integers(0, 3) | st.text("xy", max_size=2) | st.booleans()
ARRAYS = st.lists(SCALARS | st.none() | st.dictionaries(KEYS, SCALARS | st.none(), max_size=2), max_size=3)
DOCUMENTS = st.recursive(
    st.dictionaries(KEYS, SCALARS | ARRAYS, max_size=4),
    lambda inner: st.dictionaries(KEYS, SCALARS | ARRAYS | inner, max_size=4),
    max_leaves=10,
)
CHANGES = st.recursive(
    st.dictionaries(KEYS, SCALARS | ARRAYS | st.none(), max_size=4),
    lambda inner: st.dictionaries(KEYS, SCALARS | ARRAYS | st.none() | inner, max_size=4),
    max_leaves=10,
)


def base(document=BASE, policy=None):
    return original(document, "base", "1", policy)


def over(changes, replaces=None, owner="halton", extends="base@1", because="Board, 12 March 2026"):
    return Overlay(owner, "1", extends, because, changes, replaces or {})


def resolved(changes, document=BASE):
    return apply(base(document), over(changes)).document


def leaves(value, at=()):
    """Yield every whole value: what an origin must exist for."""
    if isinstance(value, dict) and value and not (at and at[-1] in WHOLE):
        for key, below in value.items():
            yield from leaves(below, (*at, key))
    else:
        yield at


@given(DOCUMENTS)
def test_an_overlay_that_changes_nothing_gives_the_original(document):
    assert apply(base(document), over({})).document == document


@given(DOCUMENTS, CHANGES)
def test_the_same_overlay_twice_is_the_same_as_once(document, changes):
    once = apply(base(document), over(changes))
    twice = apply(once, over(changes, extends="halton@1"))
    assert twice.document == once.document
    assert twice.origins == once.origins


@given(DOCUMENTS, CHANGES)
def test_the_original_is_never_changed(document, changes):
    under, before = base(document), deepcopy(document)
    apply(under, over(changes))
    assert (under.document, document) == (before, before)


@given(DOCUMENTS, CHANGES)
def test_every_whole_value_has_an_origin_and_nothing_else_has(document, changes):
    result = apply(base(document), over(changes))
    assert set(result.origins) == {pointer(at) for at in leaves(result.document)}


@given(DOCUMENTS, CHANGES)
def test_a_value_that_differs_from_the_original_is_the_overlays_own(document, changes):
    result = apply(base(document), over(changes))
    for at in leaves(result.document):
        if find(document, at, "missing") != find(result.document, at, None):
            assert result.origins[pointer(at)].owner == "halton"


@given(DOCUMENTS, CHANGES)
def test_null_takes_the_key_away(document, changes):
    result = apply(base(document), over(changes)).document

    def check(change, value):
        for key, new in change.items():
            if new is None:
                assert key not in value
            elif isinstance(new, dict) and key not in WHOLE and key in value:
                check(new, value[key])

    check(changes, result)


@given(DOCUMENTS, CHANGES)
def test_arrays_and_whole_keys_are_replaced_as_they_are(document, changes):
    result = apply(base(document), over(changes)).document

    def check(change, value):
        for key, new in change.items():
            if (key in WHOLE and new is not None) or isinstance(new, list):
                assert value[key] == new
            elif isinstance(new, dict) and key in value:
                check(new, value[key])

    check(changes, result)


@given(DOCUMENTS, CHANGES, st.lists(KEYS, min_size=1, max_size=3).map(tuple))
def test_what_is_locked_never_changes(document, changes, kept):
    under = base(document, {pointer(kept): "locked"})
    problems = forbidden(under, changes)
    if problems:
        assert {problem.code for problem in problems} == {"locked"}
    else:
        assert find(apply(under, over(changes)).document, kept, "missing") == find(document, kept, "missing")


@given(DOCUMENTS, CHANGES, st.lists(KEYS, min_size=1, max_size=3).map(tuple))
def test_add_only_keeps_all_that_was_there(document, changes, kept):
    under = base(document, {pointer(kept): "add_only"})
    before = find(document, kept, {})
    if not forbidden(under, changes) and isinstance(before, dict) and before:
        result = apply(under, over(changes)).document
        assert all(find(result, kept + at, "missing") == find(before, at, None) for at in leaves(before) if at)


def test_a_rule_is_replaced_whole_so_that_no_two_operators_meet():
    result = resolved({"rows": {"complex": {"when": {"<": [1, None]}}}})
    assert result["rows"]["complex"]["when"] == {"<": [1, None]}
    assert result["rows"]["complex"]["order"] == 80


@pytest.mark.parametrize(
    ("changes", "at", "expected"),
    [
        pytest.param({"rows": {"complex": {"order": 90}}}, "/rows/complex/order", 90, id="a-value"),
        pytest.param({"rows": {"complex": {"needs": ["c"]}}}, "/rows/complex/needs", ["c"], id="an-array-whole"),
        pytest.param({"rows": {"simple": {"order": 1, "x": None}}}, "/rows/simple", {"order": 1}, id="a-new-branch"),
        pytest.param({"rows": {"complex": {}}}, "/rows/complex", BASE["rows"]["complex"], id="an-empty-change"),
        pytest.param({"new": {}}, "/new", {}, id="a-new-empty-branch"),
        pytest.param({"new": {"x": None}}, "/new", "missing", id="nothing-to-switch-off"),
        pytest.param({"rows": None}, "/rows", "missing", id="switched-off"),
        pytest.param({"rows": 5}, "/rows", 5, id="a-branch-becomes-a-value"),
        pytest.param(
            {"rows": {"complex": {"order": {"a": None, "b": {"c": 1, "d": None}, "when": {"x": None}}}}},
            "/rows/complex/order",
            {"b": {"c": 1}, "when": {"x": None}},
            id="a-value-becomes-a-branch",
        ),
    ],
)
def test_each_kind_of_change(changes, at, expected):
    assert find(resolved(changes), path(at), "missing") == expected


def test_origins_name_owner_version_and_reason():
    result = apply(base(), over({"parameters": {"min_categories": {"value": 3}}, "codes": {"agency": {"gp": None}}}))
    mine = Origin("halton", "1", "Board, 12 March 2026")
    assert result.origin("/parameters/min_categories/value") == mine
    assert result.origin("/parameters/min_categories/unit/en") == Origin("base", "1")
    assert result.origin("/rows/complex/when/>=/0/var") == Origin("base", "1")
    assert result.origin("/codes/agency") == mine  # emptied by this overlay
    assert result.origin("/rows/complex") is None
    assert result.origin("no pointer") is None


LOCKED_OUT = [
    pytest.param({"/rows": "locked"}, {"rows": {"complex": {"order": 1}}}, id="below-a-locked-key"),
    pytest.param({"/rows": "locked"}, {"rows": {"simple": {"order": 1}}}, id="added-below-a-locked-key"),
    pytest.param({"/rows/complex/order": "locked"}, {"rows": {"complex": {"order": 80}}}, id="same-value"),
    pytest.param({"/rows/complex/order": "locked"}, {"rows": None}, id="branch-around-it-switched-off"),
    pytest.param({"/rows/complex/order": "locked"}, {"rows": {"complex": 5}}, id="branch-around-it-replaced"),
    pytest.param({"/rows/complex/order": "locked"}, {"rows": {"complex": None}}, id="parent-switched-off"),
    pytest.param({"/rows/complex/needs/0": "locked"}, {"rows": {"complex": {"needs": ["z"]}}}, id="array-around-it"),
    pytest.param({"/rows/complex/when/>=": "locked"}, {"rows": {"complex": {"when": True}}}, id="rule-around-it"),
    pytest.param(
        {"/parameters/note/value/x": "locked"}, {"parameters": {"note": {"value": {"x": 1}}}}, id="comes-in-whole"
    ),
    pytest.param({"/a~1b/c~0d": "locked"}, {"a/b": {"c~d": 2}}, id="escaped-pointer"),
    pytest.param({"": "locked"}, {"anything": 1}, id="whole-document"),
    pytest.param({"/codes": "add_only"}, {"codes": {"agency": {"gp": None}}}, id="removed-where-only-additions"),
    pytest.param({"/codes": "add_only"}, {"codes": {"agency": {"gp": {"label": {"en": "Doctor"}}}}}, id="renamed"),
    pytest.param({"/codes": "add_only"}, {"codes": None}, id="list-switched-off"),
    pytest.param({"/codes/agency": "add_only"}, {"codes": {"agency": 1}}, id="list-replaced"),
    pytest.param({"/parameters": "bounded"}, {"parameters": {"min_categories": {"value": 6}}}, id="above-its-bounds"),
    pytest.param({"/parameters": "bounded"}, {"parameters": {"min_categories": {"value": 0}}}, id="below-its-bounds"),
    pytest.param(
        {"/parameters": "bounded"}, {"parameters": {"min_categories": {"value": "3"}}}, id="text-for-a-number"
    ),
    pytest.param(
        {"/parameters": "bounded"}, {"parameters": {"min_categories": {"value": True}}}, id="truth-for-a-number"
    ),
    pytest.param(
        {"/parameters": "bounded"}, {"parameters": {"min_categories": {"value": None}}}, id="value-taken-away"
    ),
    pytest.param(
        {"/parameters": "bounded"}, {"parameters": {"min_categories": {"bounds": {"max": 9}}}}, id="bounds-widened"
    ),
    pytest.param(
        {"/parameters": "bounded"},
        {"parameters": {"min_categories": {"bounds": {"max": 9}, "value": 9}}},
        id="bounds-widened-with-the-value",
    ),
    pytest.param({"/parameters": "bounded"}, {"parameters": {"factor_set": {"value": "w15"}}}, id="not-an-option"),
    pytest.param(
        {"/parameters": "bounded"}, {"parameters": {"benefit_codes": {"value": ["ESA", "X"]}}}, id="one-of-list"
    ),
    pytest.param(
        {"/parameters": "bounded"}, {"parameters": {"benefit_codes": {"value": "ESA"}}}, id="no-list-any-more"
    ),
    pytest.param({"/parameters": "bounded"}, {"parameters": {"note": {"value": "x"}}}, id="no-bounds-no-change"),
    pytest.param({"/parameters": "bounded"}, {"parameters": None}, id="all-parameters-switched-off"),
    pytest.param(
        {"/rows/complex/order": {"bounded": {"max": 85}}},
        {"rows": {"complex": {"order": 86}}},
        id="limits-of-the-policy",
    ),
    pytest.param(
        {"/rows": {"bounded": {"max": 85}}}, {"rows": {"complex": {"order": 1}}}, id="limits-hold-one-value-only"
    ),
    pytest.param(
        {"/rows/complex": {"bounded": {"max": 85}}}, {"rows": {"complex": 85}}, id="a-branch-is-no-bounded-value"
    ),
]


@pytest.mark.parametrize(("policy", "changes"), LOCKED_OUT)
def test_a_policy_keeps_a_whole_subtree(policy, changes):
    with pytest.raises(DocumentRejected) as refused:
        apply(base(policy=policy), over(changes))
    kept, rule = next(iter(policy.items()))
    problems = refused.value.problems
    assert {problem.code for problem in problems} == {rule if isinstance(rule, str) else "bounded"}
    assert all(problem.where.startswith("/changes/") and f"`{kept}`" in problem.message for problem in problems)
    assert list(problems) == forbidden(base(policy=policy), changes)


@pytest.mark.parametrize(
    ("policy", "changes"),
    [
        pytest.param({"/rows": "locked"}, {"parameters": {"note": {"value": "x"}}}, id="elsewhere"),
        pytest.param({"/row": "locked"}, {"rows": {"complex": {"order": 1}}}, id="a-key-that-only-begins-alike"),
        pytest.param({"/rows": "locked"}, {"rows": {}}, id="nothing-named"),
        pytest.param({"/rows/simple": "locked"}, {"rows": {"complex": {"order": 1}}}, id="its-neighbour"),
        pytest.param({"/new/kept": "locked"}, {"new": {"other": 1}}, id="a-branch-that-does-not-hold-it"),
        pytest.param(
            {"/parameters/note/value/x": "locked"}, {"parameters": {"note": {"value": "y"}}}, id="it-is-not-there"
        ),
        pytest.param(
            {"/codes": "add_only"}, {"codes": {"agency": {"fire": {"label": {"en": "Fire"}}}}}, id="added-code"
        ),
        pytest.param(
            {"/codes": "add_only"}, {"codes": {"agency": {"gp": {"label": {"cy": "Meddyg"}}}}}, id="added-label"
        ),
        pytest.param({"/codes": "add_only"}, {"codes": {"agency": {"gp": {"label": {"en": "GP"}}}}}, id="same-label"),
        pytest.param(
            {"/parameters/note/value/x": "add_only"}, {"parameters": {"note": {"value": {"x": 1}}}}, id="came-new"
        ),
        pytest.param({"/parameters": "bounded"}, {"parameters": {"min_categories": {"value": 5}}}, id="at-its-bound"),
        pytest.param({"/parameters": "bounded"}, {"parameters": {"factor_set": {"value": "extended"}}}, id="an-option"),
        pytest.param({"/parameters": "bounded"}, {"parameters": {"benefit_codes": {"value": ["UC"]}}}, id="a-list"),
        pytest.param(
            {"/rows/complex/order": {"bounded": {"max": 85}}}, {"rows": {"complex": {"order": 85}}}, id="within"
        ),
        pytest.param(
            {"/parameters/note": {"bounded": {"one_of": ["x", "y"]}}},
            {"parameters": {"note": {"value": "y"}}},
            id="one-of",
        ),
    ],
)
def test_a_policy_leaves_the_rest_alone(policy, changes):
    assert forbidden(base(policy=policy), changes) == []
    assert apply(base(policy=policy), over(changes)).owner == "halton"


def test_every_layer_below_may_keep_something():
    region = apply(base(policy={"/codes": "locked"}), over({}, owner="region"), {"/rows": "locked"})
    changes = {"codes": {"new": 1}, "rows": {"new": 1}}
    with pytest.raises(DocumentRejected) as refused:
        apply(region, over(changes, extends="region@1"))
    assert [one.message.partition(" by ")[2].partition(":")[0] for one in refused.value.problems] == ["base", "region"]


@pytest.mark.parametrize(
    "policy",
    [
        {"rows": "locked"},
        {"/rows~2": "locked"},
        {"/rows": "frozen"},
        {"/rows": {"bounded": {}}},
        {"/rows": {"bounded": {"most": 1}}},
        {"/rows": {"bounded": True}},
        {"/rows": {"bounded": {"max": 1}, "locked": True}},
        {"/rows": None},
    ],
)
def test_a_policy_that_means_nothing_is_refused(policy):
    with pytest.raises(DocumentRejected) as refused:
        base(policy=policy)
    assert [one.where for one in refused.value.problems] == list(policy)


def test_a_value_replaced_as_it_was_is_no_conflict():
    changes = {"parameters": {"min_categories": {"value": 3}}, "rows": {"complex": None}}
    hashes = replaced(BASE, changes)
    assert hashes == {
        "/parameters/min_categories/value": digest(2),
        "/rows/complex": digest(BASE["rows"]["complex"]),
    }
    assert apply(base(), over(changes, hashes)).document["parameters"]["min_categories"]["value"] == 3


def test_an_original_that_changed_is_a_conflict_that_shows_both():
    changes = {"parameters": {"min_categories": {"value": 3}}, "rows": {"complex": None}}
    hashes = replaced(BASE, changes)
    newer = deepcopy(BASE)
    newer["parameters"]["min_categories"]["value"] = 4
    del newer["rows"]["complex"]
    with pytest.raises(Conflict) as conflict:
        apply(base(newer), over(changes, hashes))
    assert conflict.value.theirs == {"/parameters/min_categories/value": 4, "/rows/complex": None}
    assert conflict.value.mine == {"/parameters/min_categories/value": 3, "/rows/complex": None}
    assert f"was {digest(2)[:12]}, is now {digest(4)[:12]}" in conflict.value.message
    assert "is now nothing" in conflict.value.message


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        pytest.param({"because": "  "}, "/because", id="no-reason"),
        pytest.param({"extends": "base"}, "/extends", id="no-version"),
        pytest.param({"replaces": {"rows": "0"}}, "/replaces", id="no-pointer"),
        pytest.param({"changes": {"a": float("nan")}}, "/a", id="no-json"),
    ],
)
def test_an_overlay_that_cannot_be_kept_is_refused(wrong, where):
    with pytest.raises(DocumentRejected) as refused:
        over(**{"changes": {}, **wrong})
    assert [problem.where for problem in refused.value.problems] == [where]


def test_an_overlay_written_for_another_version_must_be_rebased():
    with pytest.raises(DocumentRejected, match="Rebase: the layer below is base@1"):
        apply(base(), over({}, extends="base@2"))
