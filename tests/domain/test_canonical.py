import hashlib
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.canonical import (
    MAX_DEPTH,
    canonical,
    digest,
    digest_of_text,
    find,
    path,
    pointer,
    together,
)
from frontdoor.domain.errors import DocumentRejected

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FLOATS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


# The number samples of RFC 8785, appendix B.
@pytest.mark.parametrize(
    ("bits", "text"),
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_numbers_are_written_as_ecmascript_writes_them(bits, text):
    assert canonical(struct.unpack(">d", bytes.fromhex(bits))[0]) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}', id="keys-in-order"),
        pytest.param({"\ufb01": 1, "\U00010000": 2}, '{"\U00010000":2,"\ufb01":1}', id="utf-16-order"),
        pytest.param({"10": 1, "9": 2}, '{"10":1,"9":2}', id="keys-are-text"),
        pytest.param(
            '\u20ac$\u000f\nA\'B"\\\\"/\u007f\u2028', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028"', id="escapes"
        ),
        pytest.param((1.0, 2), "[1,2]", id="a-tuple-and-a-whole-float"),
        pytest.param([], "[]", id="empty-array"),
        pytest.param({}, "{}", id="empty-object"),
        pytest.param(1152921504606847000, "1152921504606847000", id="large-as-a-browser-wrote-it"),
        pytest.param(False, "false", id="false"),
        pytest.param(2**60, "1152921504606847000", id="large-but-exact"),
    ],
)
def test_one_value_has_one_text(value, text):
    assert canonical(value) == text


@pytest.mark.parametrize(
    ("value", "where", "code"),
    [
        pytest.param({"a": [0, float("nan")]}, "/a/1", "not_finite", id="nan"),
        pytest.param(float("-inf"), "", "not_finite", id="infinity"),
        pytest.param({"a/b~c": 2**53 + 1}, "/a~1b~0c", "not_exact", id="whole-number-no-double-holds"),
        pytest.param(10**400, "", "not_exact", id="whole-number-beyond-doubles"),
        pytest.param({"x": {1: "a"}}, "/x", "key_not_text", id="number-as-key"),
        pytest.param(["\ud800"], "/0", "bad_text", id="half-a-surrogate-pair"),
        pytest.param({"\udc00": 1}, "", "bad_text", id="half-a-pair-as-key"),
        pytest.param({"when": {1, 2}}, "/when", "not_json", id="a-set"),
        pytest.param(b"bytes", "", "not_json", id="bytes"),
    ],
)
def test_what_json_cannot_say_is_refused_where_it_stands(value, where, code):
    with pytest.raises(DocumentRejected) as refused:
        canonical(value)
    assert [(one.where, one.code) for one in refused.value.problems] == [(where, code)]


def nested(levels):
    value = 1
    for _ in range(levels):
        value = [value]
    return value


def test_nesting_beyond_the_limit_is_refused_before_python_gives_up():
    assert canonical(nested(MAX_DEPTH)) == "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH
    with pytest.raises(DocumentRejected) as refused:
        canonical(nested(100_000))
    assert refused.value.problems[0].code == "too_deep"


@given(JSON)
def test_the_text_reads_back_as_the_value_and_is_then_the_same(value):
    text = canonical(value)
    assert json.loads(text, parse_int=float) == value
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), st.integers(0, 9), max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(value, random):
    keys = list(value)
    random.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


class Written(dict):
    """A mapping of another class: json's own encoder is not asked about such a one."""


def of_another_class(value):
    if isinstance(value, dict):
        return Written({key: of_another_class(inner) for key, inner in value.items()})
    return tuple(map(of_another_class, value)) if isinstance(value, list) else value


@given(JSON)
def test_the_quick_way_and_the_thorough_way_write_the_same_text(value):
    assert canonical([Written(), value]) == canonical([Written(), of_another_class(value)])
    assert canonical(value) == canonical(of_another_class(value))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"a": {"b": [1, None, "x"]}, "c": "w"}, id="plain"),
        pytest.param({"a": 2**53, "b": -(2**53), "c": True}, id="longest-exact"),
        pytest.param({"a": "ŵ", "b": '"\\\u2028'}, id="text-beyond-ascii"),
        pytest.param({"": [], "-": {}}, id="empty"),
    ],
)
def test_what_is_plain_is_written_as_what_is_not(value):
    assert canonical(value) == canonical(of_another_class(value))


@given(st.dictionaries(st.text(), JSON, max_size=6))
def test_parts_written_one_by_one_make_the_text_of_the_whole(value):
    text = together({key: canonical(part) for key, part in value.items()})
    assert text == canonical(value)
    assert digest_of_text(text) == digest(value)


def test_the_digest_is_sha_256_of_the_text_in_utf_8():
    assert digest({"ŵ": 1}) == hashlib.sha256('{"ŵ":1}'.encode()).hexdigest()


@given(st.lists(st.text(), max_size=5).map(tuple))
def test_a_pointer_names_its_path(steps):
    assert path(pointer(steps)) == steps


@pytest.mark.parametrize("text", ["a", "a/b", "/a~", "/a~2b"])
def test_what_is_no_pointer_has_no_path(text):
    assert path(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"a/b": [{"c": 1}, None]}),
        ("/a~1b/0/c", 1),
        ("/a~1b/1", None),
        ("/a~1b/2", "missing"),
        ("/a~1b/-", "missing"),
        ("/a~1b/0/c/d", "missing"),
        ("/x", "missing"),
    ],
)
def test_a_pointer_finds_what_lies_there(text, found):
    assert find({"a/b": [{"c": 1}, None]}, path(text), "missing") == found
