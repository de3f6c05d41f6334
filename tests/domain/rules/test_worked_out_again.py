"""What another answer would change is worked out from what is known, and comes to the same as from the start."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.rules.answering import Answering
from tests.domain.rules.generated import seeded
from tests.domain.rules.random_tables import random_form, random_rules
from tests.domain.rules.test_fused import decider, told

from frontdoor.domain.forms.states import answer_states
from frontdoor.domain.rules.facts import among, derive, with_other
from frontdoor.domain.rules.fused.decider import Decider
from frontdoor.domain.rules.inputs import Inputs
from frontdoor.domain.rules.prepare import Finding, known_empty
from frontdoor.domain.rules.prepare_inputs import prepared
from frontdoor.domain.rules.situation import ASSERTED, VERIFIED, Fixed, Provenance


def situation(of, case, reads):
    answers = {key: answer_states(of.forms[key], said, as_of=case.as_of) for key, said in case.answers.items()}
    sources = {key: Provenance(ASSERTED, (key,), ("Ann Teacher",)) for key in answers}
    return prepared(of.rules, Inputs(answers, case.as_of, evidence=case.evidence, sources=sources), reads)


def some_fixed(chance, facts):
    chosen = [fact for fact in facts if not fact.of_row and chance.random() < 0.3]
    value = Answering(chance).value
    provenance = Provenance(VERIFIED, ("source",), ("Olu Officer",), "2026-11-20")
    found = {fact.id: value(fact) for fact in chosen}
    return {
        fact.id: Fixed(known_empty(fact.type) if found[fact.id] is None else Finding(found[fact.id]), provenance)
        for fact in chosen
    }


def check(of, code, chance):
    decision = of.rules.decisions[code]
    needed = of.rules.needed(decision.reads)
    given = some_fixed(chance, needed)
    held = situation(of, told(chance, of, hostile=0), decision.shows)
    work = among(derive(of.rules.needed(decision.shows), held), needed)
    again, afresh = with_other(needed, work, given), derive(needed, replace(held, facts={**held.facts, **given}))
    assert work.facts == derive(needed, held).facts
    assert (again.facts, again.failures) == (afresh.facts, afresh.failures)
    assert {key: again.data["facts"].get(key) for key in afresh.data["facts"]} == afresh.data["facts"]
    assert again.data["answers"] == afresh.data["answers"]


@pytest.mark.parametrize("code", ["TFP1-E", "DER-I", "DEDUP"])
@settings(max_examples=40)
@given(seed=st.integers(0, 2**32))
def test_shipped_facts_are_the_same_worked_out_again(code, seed):
    check(decider("derby"), code, seeded(seed))


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32))
def test_random_facts_are_the_same_worked_out_again(seed):
    chance = seeded(seed)
    form = random_form(chance)
    check(Decider(random_rules(chance, form, flat=chance.random() < 0.5), {"f": form}), "T", chance)


def test_a_situation_is_not_written_to():
    of, chance = decider("derby"), seeded(5)
    for _ in range(20):
        held = situation(of, told(chance, of, hostile=0), of.rules.decisions["TFP1-E"].shows)
        before = str(held.to_json())
        derive(of.rules.needed(of.rules.decisions["TFP1-E"].shows), held)
        assert str(held.to_json()) == before
