from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.conftest import NOW, make_case

from frontdoor.domain.case import Case
from frontdoor.domain.errors import DocumentRejected
from frontdoor.store.mapping import from_document, plain, to_document

KEYS = st.text(min_size=1).filter(lambda key: not key.startswith(("$", "_")) and "." not in key and "\0" not in key)
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)  # fmt: skip
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


@given(st.dictionaries(KEYS, VALUES))
def test_whatever_json_holds_comes_back_from_bson_as_it_went_in(answers):
    case = make_case(caller=answers)
    stored = bson.decode(bson.encode(to_document(case)), bson.CodecOptions(tz_aware=True, tzinfo=UTC))
    assert from_document(Case, stored) == case


@pytest.mark.parametrize(
    ("value", "where"),
    [
        pytest.param({"a": {"$gt": ""}}, "/a", id="operator"),
        pytest.param({"_cls": "Account"}, "", id="class"),
        pytest.param([{"a.b": 1}], "/0", id="dot"),
        pytest.param({"a": {1: 2}}, "/a", id="key-that-is-no-text"),
        pytest.param({"a": 2**63}, "/a", id="number-too-large"),
        pytest.param({"a": [float("nan")]}, "/a/0", id="not-a-number"),
        pytest.param({"a/b": float("inf")}, "/a~1b", id="infinite"),
        pytest.param({"a": "\ud800"}, "/a", id="half-a-character"),
        pytest.param({"\ud800": 1}, "", id="half-a-character-in-a-key"),
        pytest.param({"a": object()}, "/a", id="object"),
    ],
)
def test_what_a_document_may_not_hold_is_refused_with_its_place(value, where):
    with pytest.raises(DocumentRejected) as refused:
        plain(value)
    assert [problem.where for problem in refused.value.problems] == [where]


def test_what_is_nested_too_deep_for_the_database_is_refused():
    value: Any = "leaf"
    for _ in range(100):
        value = [value]
    with pytest.raises(DocumentRejected):
        plain(value)


def test_an_instant_without_its_time_zone_is_a_mistake_in_the_program():
    with pytest.raises(ValueError, match="time zone"):
        to_document(make_case(received_at=datetime(2026, 11, 23, 9, 0)))  # noqa: DTZ001  # the very thing


def test_an_instant_of_another_zone_is_kept_as_utc():
    there = NOW.astimezone(timezone(timedelta(hours=1)))
    assert to_document(make_case(received_at=there))["received_at"].tzinfo is UTC


@dataclass(frozen=True)
class Dated:
    on: date | None
    days: tuple[date, ...]
    names: frozenset[str]


def test_dates_become_text_and_come_back_as_dates():
    dated = Dated(date(2026, 2, 28), (date(2026, 1, 1),), frozenset({"b", "a"}))
    document = to_document(dated)
    assert document == {"on": "2026-02-28", "days": ["2026-01-01"], "names": ["a", "b"]}
    assert from_document(Dated, document) == dated
    assert from_document(Dated, to_document(replace(dated, on=None))).on is None
