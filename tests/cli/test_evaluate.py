"""`frontdoor evaluate`: a line in, a line out, whatever the line."""

import json

import pytest
from click.testing import CliRunner

from frontdoor.cli.evaluate import LONGEST_LINE, evaluate


def answers(*lines: str | bytes) -> list[str]:
    sent = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    done = CliRunner().invoke(evaluate, input=sent)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes.decode().split("\n")[:-1]


@pytest.mark.parametrize(
    ("logic", "data", "printed"),
    [
        pytest.param('{"+":[0.1,0.2]}', "null", "0.30000000000000004", id="doubles"),
        pytest.param('{"*":[1e15,1e6]}', "null", "1e+21", id="exponent"),
        pytest.param('{"*":[1e14,1e6]}', "null", "100000000000000000000", id="twenty-one digits"),
        pytest.param("1e-7", "null", "1e-7", id="small"),
        pytest.param("0.000001", "null", "0.000001", id="not so small"),
        pytest.param("5e-324", "null", "5e-324", id="smallest"),
        pytest.param('{"-":[0]}', "null", "0", id="minus nought"),
        pytest.param('{"/":[1,{"var":""}]}', "-0", "null", id="minus nought is read"),
        pytest.param("15.0", "null", "15", id="whole"),
        pytest.param('{"/":[0,0]}', "null", "null", id="nan"),
        pytest.param('{"/":[1,0]}', "null", "null", id="infinity"),
        pytest.param('{"and":[]}', "null", "null", id="undefined"),
        pytest.param('{"var":""}', "9007199254740993", "9007199254740992", id="an int beyond 2^53"),
        pytest.param(
            '{"var":""}',
            '{"a":[1,{},[],"é\\u2028\\u0001"],"b":{}}',
            '{"a":[1,{},[],"é\u2028\\u0001"],"b":{}}',
            id="json",
        ),
        pytest.param('{"substr":["😀",1]}', "null", '"\\ude00"', id="half a character"),
        pytest.param('{"var":""}', '"\\ud83dx"', '"\\ud83dx"', id="half a character passes through"),
    ],
)
def test_a_value_is_printed_as_javascript_prints_it(logic, data, printed):
    assert answers(f'{{"logic":{logic},"data":{data}}}') == [f'{{"value":{printed}}}']


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("", "bad_json", id="empty"),
        pytest.param("{", "bad_json", id="cut off"),
        pytest.param(b"\xff\xfe", "bad_json", id="not utf-8"),
        pytest.param('{"logic":NaN}', "bad_json", id="nan is not json"),
        pytest.param("[]", "bad_line", id="no object"),
        pytest.param('{"data":1}', "bad_line", id="no logic"),
        pytest.param('{"logic":' + "[" * 200_000 + "]" * 200_000 + "}", "too_deep", id="deep"),
        pytest.param('{"logic":' + '{"!":' * 100 + "1" + "}" * 100 + "}", "rule_refused", id="deep rule"),
        pytest.param('{"logic":"' + "a" * LONGEST_LINE * 2 + '"}', "too_long", id="long"),
        pytest.param('{"logic":"' + "a" * 1_000_000 + '"}', "rule_refused", id="long rule"),
        pytest.param('{"logic":{"log":1}}', "rule_refused", id="operator"),
        pytest.param('{"logic":{"*":[]}}', "rule_failed", id="failed"),
        pytest.param('{"logic":1' + "0" * 400 + "}", "rule_refused", id="infinite literal"),
    ],
)
def test_a_bad_line_gives_an_error_and_never_stops_the_rest(line, code):
    first, bad, last = answers('{"logic":1}', line, '{"logic":{"var":"a"},"data":{"a":2}}')
    assert (first, last) == ('{"value":1}', '{"value":2}')
    error = json.loads(bad)["error"]
    assert error.startswith(f"{code}: ")
    assert len(error) < 200


def test_without_data_the_data_are_null():
    assert answers('{"logic":{"var":"a"}}', '{"logic":null}') == ['{"value":null}', '{"value":null}']


def test_a_last_line_needs_no_line_end_and_a_first_may_have_a_byte_order_mark():
    done = CliRunner().invoke(evaluate, input='\ufeff{"logic":1}\r\n{"logic":2}'.encode())
    assert done.stdout == '{"value":1}\n{"value":2}\n'
