"""A receipt that a function writes is the receipt that `decide` writes, byte for byte, whatever comes in."""

import json
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.rules.answering import DAY
from tests.domain.rules.generated import seeded
from tests.domain.rules.random_tables import TEXT, fact, parameter, random_form, random_rules
from tests.domain.rules.test_fused import LEAP_DAY, decider, tables, told

from frontdoor.domain.errors import DocumentRejected, NotFound
from frontdoor.domain.rules.conclude import Circumstances
from frontdoor.domain.rules.fused import recorder as recording
from frontdoor.domain.rules.fused.decider import NOT_MINE, Told
from frontdoor.domain.rules.fused.recorder import Recorder
from frontdoor.domain.rules.kinds import form_kinds
from frontdoor.domain.rules.model import parse_rules
from frontdoor.domain.rules.receipt import Receipt, Snapshot
from frontdoor.domain.rules.replay import replay, same
from frontdoor.domain.rules.situation import ASSERTED, Provenance

SELDOM = 3  # so that nearly every combination of facts is concluded from what the function wrote
SNAPSHOT = Snapshot("derby", "derby", 3, "a" * 64)


@cache
def recorder(owner):
    of = decider(owner)
    return Recorder(of.rules, of.forms, sure=SELDOM)


def sent(chance, case):
    """The case with who sent each form, two of whom may have one name."""
    names = ["A Person", "B Person", 'C "Person" Ŵyn']
    return replace(
        case, sources={form: Provenance(ASSERTED, (form,), (chance.choice(names),)) for form in case.answers}
    )


def around(chance, rules):
    clocks = {row.clock for table in rules.decisions.values() for row in table.rows if row.clock}
    dates = {clock: "2026-12-04" for clock in clocks if chance.random() < 0.7}
    return Circumstances(chance.choice([SNAPSHOT, Snapshot()]), "2026.1", dates)


def agrees(of, code, case, circumstances):
    """Whether both ways write the same; None where the general way refuses what no form could have accepted."""
    try:
        expected = of.by_decide(code, case, circumstances)
    except (TypeError, KeyError, ValueError, AttributeError, DocumentRejected):
        return None
    first, again = (of.record(code, case, circumstances) for _ in range(2))
    assert first == again == expected
    assert again.text == expected.text
    assert list(again.parts) == list(expected.parts)
    return True


def by_function(of, code, case):
    """Whether the function wrote it, and did not leave it to the general way."""
    kept = of.recorded(code, case)
    if kept is None:
        return False
    try:
        of._run(kept, code, case, Circumstances())
    except NOT_MINE:
        return False
    return True


@pytest.mark.parametrize(("owner", "code"), tables())
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_every_shipped_table_writes_the_same_receipt(owner, code, seed):
    of, chance = recorder(owner), seeded(seed)
    case = told(chance, of, hostile=0)
    case = sent(chance, case) if chance.random() < 0.5 else case
    assert agrees(of, code, case, around(chance, of.rules))
    assert by_function(of, code, case)
    assert not of.parted


@pytest.mark.parametrize(("owner", "code"), tables())
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_hostile_answers_and_evidence_write_the_same_receipt(owner, code, seed):
    of, chance = recorder(owner), seeded(seed)
    agrees(of, code, told(chance, of, hostile=0.15), around(chance, of.rules))
    assert not of.parted


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), hostile=st.sampled_from([0, 0, 0.1]), flat=st.booleans())
def test_random_forms_and_tables_write_the_same_receipt(seed, hostile, flat):
    chance = seeded(seed)
    form = random_form(chance)
    of = Recorder(random_rules(chance, form, flat=flat), {"f": form}, sure=SELDOM)
    for _ in range(12):
        agrees(of, "T", sent(chance, told(chance, of, hostile=hostile)), around(chance, of.rules))
    assert not of.parted


def test_most_random_tables_have_a_function_that_writes_receipts():
    chance, made = seeded(7), 0
    for _ in range(40):
        form = random_form(chance)
        of = Recorder(random_rules(chance, form), {"f": form}, sure=SELDOM)
        made += by_function(of, "T", told(chance, of, hostile=0))
    assert made >= 15


def test_a_written_receipt_is_read_back_and_replays_to_the_same_answer():
    of, chance = recorder("derby"), seeded(5)
    for _ in range(60):
        case = replace(told(chance, of, hostile=0), evidence=())
        written = of.record("TFP1-E", case, Circumstances(SNAPSHOT, "2026.1"))
        receipt = Receipt.from_json(json.loads(written.text))
        assert same(receipt, replay(receipt, of.rules)) == []
        assert (receipt.decision, receipt.reason_code) == (written.decision, written.reason_code)


def test_parameters_that_are_moved_are_in_the_receipt():
    of, chance = recorder("derby"), seeded(3)
    moved = {"criteria_min": 1, "child_age_limit": 16}
    for _ in range(40):
        case = replace(told(chance, of, hostile=0), evidence=(), parameters=moved)
        assert agrees(of, "TFP1-E", case, Circumstances())
        assert '"criteria_min":1' in of.record("TFP1-E", case).parts["parameters"]


def test_a_function_that_parts_from_the_general_way_is_not_used_again():
    of = Recorder(decider("derby").rules, decider("derby").forms)
    case = Told({"e_nomination": {}}, DAY)
    kept = of.recorded("TFP1-E", case)
    wrong = replace(kept.function, main=lambda *given: ((), (), "{}", "{}"))
    kept.function = wrong
    expected = of.by_decide("TFP1-E", case, Circumstances())
    assert of.record("TFP1-E", case) == expected
    assert of.parted == ["TFP1-E"]
    assert of.recorded("TFP1-E", case) is None
    assert of.record("TFP1-E", case) == expected


def test_a_table_that_is_not_there_writes_no_receipt():
    with pytest.raises(NotFound):
        recorder("derby").record("NO-SUCH", Told({}, DAY))


def test_what_a_recorder_keeps_is_bounded(monkeypatch):
    for name in ("MOST_CONCLUSIONS", "MOST_SENDERS"):
        monkeypatch.setattr(recording, name, 3)
    of, chance = Recorder(decider("derby").rules, decider("derby").forms), seeded(8)
    for place in range(60):
        case = replace(told(chance, of, hostile=0), evidence=())
        named = {form: Provenance(ASSERTED, (form,), (f"Person {place}",)) for form in case.answers}
        assert agrees(of, "TFP1-E", replace(case, sources=named), Circumstances())
        kept = of.recorded("TFP1-E", case)
        assert max(len(kept.concluded), len(kept.senders)) <= 3
    for least in range(130):
        of.recorded("DEDUP", Told({}, DAY, parameters={"renomination_months": least}))
    assert len(of._recorded) <= 128


def table(when, *, argument=None, facts=()):
    """A table `T` of one row over the random form `f`, beside a table `A` that may have decided before."""
    chance = seeded(1)
    form = random_form(chance)
    texts = {"staff": TEXT, "referrer": TEXT, "family": TEXT}
    row = {"order": 1, "label": TEXT, "when": when, "decision": "a", "reason_code": "R", "texts": texts}
    rest = {"order": 1, "title": TEXT, "hit": "first", "outcomes": {},
            "otherwise": {"decision": "none", "reason_code": "ELSE", "intended": True, "texts": texts}}  # fmt: skip
    of_form = {name: fact("number", {"var": f"answers.f.{name}"}, chance) for name in ("n1", "n2")}
    document = {
        "id": "r", "title": TEXT, "parameters": {"p": parameter(chance)}, "facts": {**of_form, **dict(facts)},
        "decisions": {"A": {**rest, "rows": {}},
                      "T": {**rest, "rows": {"row": {**row, **({"argument": argument} if argument else {})}}}},
    }  # fmt: skip
    return Recorder(parse_rules({"r": document}, form_kinds([form])), {"f": form}, sure=1)


def said(answers, **more):
    return Told({"f": answers}, more.pop("as_of", DAY), **more)


@pytest.mark.parametrize(
    ("of", "cases", "written"),
    [
        pytest.param(
            table({"==": [{"var": "decisions.A.decision"}, "none"]}),
            [said({}), said({}, decisions={"A": "none"}), said({}, decisions={"A": "other"})],
            True,
            id="earlier-decision",
        ),
        pytest.param(
            table({">": [{"var": "family.contacts_12m"}, 1]}),
            [said({}, platform={"family.contacts_12m": value}) for value in (None, 0, 2, 2.5, 2.0)] + [said({})],
            True,
            id="what-the-platform-holds",
        ),
        pytest.param(
            table({">=": [{"age_on": ["2008-11-23", {"var": "as_of"}]}, 18]}),
            [said({}), said({}, as_of=LEAP_DAY), said({})],
            True,
            id="day-of-the-decision",
        ),
        pytest.param(
            table({"var": "answers.f.b1"}),
            [said({"b1": value}) for value in (True, False, None)] + [said({}), Told({}, DAY)],
            True,
            id="answer",
        ),
        pytest.param(
            table(True, argument={"var": "facts.n1"}),
            [said({"b1": True, "s1": "a", "n1": value}) for value in (3, 3.0, 3.5, 3, 0, -0.0, 2**53, 2**60)],
            False,
            id="number-with-a-needless-fraction",
        ),
        pytest.param(
            table({">": [{"working_days_between": ["2026-11-02", {"var": "as_of"}]}, 14]}),
            [said({}), said({}, holidays=["2026-11-09", "2026-11-10"])],
            None,
            id="holidays",
        ),
        pytest.param(
            table({">": [{"var": "facts.grown"}, 1]}, facts={
                "grown": {"order": 1, "label": TEXT, "type": "integer", "over": "answers.f.kids", "roll_up": "count",
                          "logic": {"==": [{"var": "row.word"}, "a"]}}}.items()),
            [said({"b1": True, "kids": [{"id": "\ufb01", "word": "a"}, {"id": "\U00010000", "word": "a"}]})],
            False,
            id="row-ids-that-python-orders-otherwise",
        ),
    ],
)  # fmt: skip
def test_what_rows_read_besides_facts_is_in_what_is_kept(of, cases, written):
    for case in [*cases, *reversed(cases)]:
        assert agrees(of, "T", case, Circumstances())
    assert not of.parted
    if written is None:
        assert of.recorded("T", cases[0]) is None
    else:
        assert all(by_function(of, "T", case) for case in cases) is written


def test_half_a_character_is_refused_as_the_general_way_refuses_it():
    of = table({"==": [{"var": "answers.f.s1"}, "a"]})
    with pytest.raises(DocumentRejected, match="no canonical text"):
        of.record("T", said({"s1": "\ud800"}))
