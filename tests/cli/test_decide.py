"""`frontdoor decide` as people run it: a receipt out, or a message and exit status 2."""

import json

import pytest
from click.testing import CliRunner, Result

from frontdoor import packs_dir
from frontdoor.cli import main
from frontdoor.domain.packs import gather
from frontdoor.services.examples import programme_of
from frontdoor.store import shipped

PACKS = gather(shipped.read(packs_dir()).sources)
PROGRAMME = PACKS.programmes()[0]
DECISION = next(iter(programme_of(PACKS, PROGRAMME).rules.decisions))


def decide(owner: str, decision: str, given: str) -> Result:
    return CliRunner().invoke(main, ["decide", owner, decision], input=given)


def test_a_receipt_comes_out_as_json() -> None:
    result = decide(PROGRAMME, DECISION, '{"facts": {}}')
    assert result.exit_code == 0, result.output
    receipt = json.loads(result.stdout)
    assert receipt["code"] == DECISION
    assert receipt["outcome"] == f"{receipt['decision']} / {receipt['reason_code']}" or receipt["argument"]


BAD = [
    pytest.param(PROGRAMME, DECISION, "", "Standard input is no JSON", id="nothing"),
    pytest.param(PROGRAMME, DECISION, "{", "Standard input is no JSON", id="half-an-object"),
    pytest.param(PROGRAMME, DECISION, "{}", "one of them", id="neither-facts-nor-answers"),
    pytest.param(PROGRAMME, DECISION, '{"answers": {"nowhere": {}}}', "There is no `nowhere`", id="an-unknown-form"),
    pytest.param(PROGRAMME, DECISION, '{"facts": {}, "as_of": "20261123"}', "Write the date like", id="a-short-date"),
    pytest.param(PROGRAMME, DECISION, '{"facts": {}, "as_of": "2026-W48-1"}', "Write the date like", id="a-week-date"),
    pytest.param(PROGRAMME, "NO-SUCH", '{"facts": {}}', "There is no decision `NO-SUCH`", id="an-unknown-decision"),
    pytest.param("nobody", DECISION, '{"facts": {}}', "There is no owner `nobody`", id="an-unknown-owner"),
]


@pytest.mark.parametrize(("owner", "decision", "given", "told"), BAD)
def test_bad_input_is_told_on_standard_error_with_status_2(owner: str, decision: str, given: str, told: str) -> None:
    result = decide(owner, decision, given)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


def test_a_parameter_of_the_wrong_type_is_refused_not_compared_with() -> None:
    name, parameter = next(
        (key, one) for key, one in programme_of(PACKS, PROGRAMME).rules.parameters.items() if one.type == "integer"
    )
    for value in ("two", None, True, 1.5):
        result = decide(PROGRAMME, DECISION, json.dumps({"facts": {}, "parameters": {name: value}}))
        assert result.exit_code == 2
        assert f"/parameters/{name}: Give a value of type {parameter.type}" in result.stderr


def test_a_mark_at_the_start_of_standard_input_is_no_mistake() -> None:
    assert decide(PROGRAMME, DECISION, '\ufeff{"facts": {}}').exit_code == 0
