"""Server, browser and two other validators on the same made submissions; the whole ten thousand are a command away."""

from collections.abc import Callable

import pytest
from tests.conformance.forms import disagreements, told
from tests.conformance.made_forms import STRUCTURE, documents
from tests.conformance.made_submissions import HOSTILE, kind_of
from tests.domain.forms.kinds import KINDS

from frontdoor.domain.forms.model import parse_form
from frontdoor.domain.forms.questions import WIDGETS
from frontdoor.domain.rules.engine import compile_rule


def test_a_thousand_submissions_to_ten_forms_are_judged_alike(record_property: Callable[[str, object], None]):
    found, each = disagreements(seed=20261201, forms=10, submissions=1_000)
    record_property("told at the end of the run", f"forms: {told(each)}, {len(found)} disagreements")
    assert found == []
    assert sum(one.exact for one in each) >= 5
    assert sum(one.counts["accepted"] for one in each) > 250
    assert all(one.counts["accepted"] and one.counts["refused"] for one in each)


def test_every_widget_has_a_kind_that_is_tried():
    tried = {rest["widget"] for rest, _, _ in KINDS.values()} | STRUCTURE
    assert tried == set(WIDGETS), "give the new widget a kind in tests/domain/forms/kinds.py"


def test_the_same_seed_makes_the_same_forms_and_every_question_is_of_a_kind():
    assert documents(7, 4) == documents(7, 4)
    assert documents(7, 4) != documents(8, 4)
    for document in documents(7, 10):
        form = parse_form(document, {}, compile_rule)
        for question in form.questions.values():
            for one in question.questions.values() or [question]:
                if one.answers and not one.options_from:
                    assert kind_of(one) in KINDS


def test_hostile_answers_are_all_different():
    told = [repr(one) for one in HOSTILE]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("seed", range(20))
def test_a_form_made_from_any_seed_can_be_read(seed: int):
    for document in documents(seed, 6):
        assert parse_form(document, {}, compile_rule).steps
