"""One decision on what somebody gives: facts or answers, told clearly where they cannot be used."""

import importlib.util
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from frontdoor.domain.errors import AnswersRejected, NotFound
from frontdoor.domain.packs import gather
from frontdoor.domain.programme import Programme
from frontdoor.services.decide import decided, read
from frontdoor.services.examples import programme_of
from frontdoor.store import shipped

_spec = importlib.util.spec_from_file_location("small_pack", Path(__file__).with_name("small_pack.py"))
assert _spec
assert _spec.loader
small_pack = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(small_pack)

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def care(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    return programme_of(gather(shipped.read(small_pack.write(tmp_path_factory.mktemp("pack"))).sources), "east/care")


DECIDED = [
    pytest.param({"facts": {"needs": 2}}, "accept / MET", id="facts"),
    pytest.param({"facts": {"needs": None}}, "pending / CHECKS_OUTSTANDING", id="an-unknown-fact"),
    pytest.param({"facts": {"needs": 2}, "parameters": {"least": 3}}, "decline / NOT_MET", id="another-parameter"),
    pytest.param({"answers": {"request": {"concern": "no", "family_name": "Ash", "needs": 3}}}, "accept / MET",
                 id="answers"),
    pytest.param({"answers": {"request": {"needs": 1}}}, "decline / NOT_MET", id="answers-not-yet-complete"),
    pytest.param({"answers": {"request": {}}}, "pending / CHECKS_OUTSTANDING", id="a-blank-answer-is-unknown"),
    pytest.param({"answers": {}}, "pending / CHECKS_OUTSTANDING", id="no-form-at-all-is-unknown"),
    pytest.param({"answers": {"request": {"needs": 3}}, "parameters": {"least": 4}}, "decline / NOT_MET",
                 id="answers-and-another-parameter"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "outcome"), DECIDED)
def test_what_is_given_is_decided(care: Programme, document: dict[str, Any], outcome: str) -> None:
    assert decided(care, "T-1", read(document, TODAY)).outcome == outcome


def test_the_receipt_keeps_the_day_the_parameters_and_whose_rules_they_were(care: Programme) -> None:
    receipt = decided(care, "T-1", read({"facts": {"needs": 2}, "as_of": "2026-12-01"}, TODAY))
    assert receipt.as_of == "2026-12-01"
    assert receipt.parameters["least"] == 2
    assert (receipt.snapshot.authority, receipt.snapshot.programme) == ("east", "care")


REFUSED = [
    pytest.param([], None, id="a-list"),
    pytest.param({}, None, id="neither-facts-nor-answers"),
    pytest.param({"facts": {}, "answers": {}}, None, id="both"),
    pytest.param({"facts": []}, "/facts", id="facts-as-a-list"),
    pytest.param({"facts": {}, "as_of": "2026-02-30"}, "/as_of", id="a-day-that-is-none"),
    pytest.param({"facts": {}, "as_of": 7}, "/as_of", id="a-number-as-date"),
    pytest.param({"facts": {}, "parameterz": {}}, "/parameterz", id="a-misspelt-key"),
    pytest.param({"facts": {}, "parameters": {"most": 1}}, "/parameters/most", id="an-unknown-parameter"),
    pytest.param({"facts": {"surprise": 1}}, "/surprise", id="an-unknown-fact"),
    pytest.param({"answers": {"requezt": {}}}, "/answers/requezt", id="an-unknown-form"),
    pytest.param({"answers": {"request": {"needz": 1}}}, "/answers/request/needz", id="an-unknown-question"),
    pytest.param({"answers": {"request": {"needs": "two"}}}, "/answers/request/needs", id="a-text-for-a-number"),
    pytest.param({"answers": {"request": []}}, "/answers/request", id="answers-as-a-list"),
    pytest.param(
        {"answers": {"request": {"members": [{"age": 3}]}}}, "/answers/request/members/0", id="a-row-without-id"
    ),
]


@pytest.mark.parametrize(("document", "where"), REFUSED)
def test_what_cannot_be_used_is_refused_with_its_place(care: Programme, document: Any, where: str | None) -> None:
    with pytest.raises(AnswersRejected) as refused:
        decided(care, "T-1", read(document, TODAY))
    assert where is None or where in [problem.where for problem in refused.value.problems]


def test_a_decision_that_does_not_exist_brings_the_nearest_that_does(care: Programme) -> None:
    with pytest.raises(NotFound, match="did you mean `T-1`"):
        decided(care, "T-11", read({"facts": {}}, TODAY))
