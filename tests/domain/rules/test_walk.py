import pytest

from frontdoor.domain.rules.compiled import FALSE, OPEN, TRUE
from frontdoor.domain.rules.table import Decision, Row, Texts
from frontdoor.domain.rules.walk import ERROR, walk

TEXTS = Texts({}, {}, {})
T, F, U, E = TRUE, FALSE, OPEN, ERROR


def make_row(row_id, decision="a", **more):
    return Row(row_id, {}, decision, row_id.upper(), TEXTS, **more)


def make_table(*rows, hit="first"):
    waiting = make_row("when_unknown", "pending")
    return Decision("T", 1, {}, hit, {}, rows, make_row("otherwise", "z"), waiting)


def ended(table, truths):
    found = walk(table, truths)
    return (
        found.stopped
        or "+".join(row.id for row in found.fired)
        or "waits for " + ",".join(row.id for row in found.undecided)
    )


A, A2, B, C = make_row("a"), make_row("a2"), make_row("b", "b"), make_row("c", "c")
SHIELD, ASKS = make_row("shield", "s", protective=True), make_row("asks", "q", asks_unknown=True)


@pytest.mark.parametrize(
    ("table", "truths", "expected"),
    [
        pytest.param(make_table(A, B), [T, T], "a", id="the-first-true-row"),
        pytest.param(make_table(A, B), [F, T], "b", id="after-a-false-one"),
        pytest.param(make_table(A, B), [F, F], "otherwise", id="otherwise"),
        pytest.param(make_table(A, B), [U, T], "waits for a", id="an-earlier-unknown-row-with-another-decision"),
        pytest.param(make_table(A, A2), [U, T], "a2", id="an-earlier-unknown-row-with-the-same-decision"),
        pytest.param(make_table(A, B, A2), [U, U, T], "waits for a,b", id="one-of-two-differs"),
        pytest.param(make_table(A, B), [T, U], "a", id="later-rows-do-not-matter"),
        pytest.param(make_table(A), [U], "waits for a", id="otherwise-is-walked-too"),
        pytest.param(make_table(make_row("z1", "z")), [U], "otherwise", id="otherwise-with-the-same-decision"),
        pytest.param(make_table(A, SHIELD), [U, T], "shield", id="protective-over-unknown"),
        pytest.param(make_table(A, SHIELD), [E, T], "shield", id="protective-over-failed"),
        pytest.param(make_table(A, SHIELD), [T, T], "a", id="protective-after-a-true-row"),
        pytest.param(make_table(A, B, SHIELD), [U, T, T], "waits for a", id="protective-is-never-reached"),
        pytest.param(make_table(A, ASKS), [U, T], "asks", id="unknown-row-over-unknown"),
        pytest.param(make_table(A, ASKS), [E, T], "RULE_FAILED", id="unknown-row-not-over-failed"),
        pytest.param(make_table(A, B), [E, T], "RULE_FAILED", id="failed-before"),
        pytest.param(make_table(A, B), [T, E], "a", id="failed-after"),
        pytest.param(make_table(A, B), [E, F], "RULE_FAILED", id="failed-before-otherwise"),
        pytest.param(make_table(A, B, hit="exclusive"), [T, T], "RULE_CLASH", id="exclusive-two-true"),
        pytest.param(make_table(A, B, hit="exclusive"), [U, T], "waits for a", id="exclusive-as-first"),
        pytest.param(make_table(A, B, hit="exclusive"), [F, T], "b", id="exclusive-one-true"),
        pytest.param(make_table(SHIELD, B, hit="exclusive"), [T, T], "shield", id="exclusive-protective-first"),
        pytest.param(make_table(A, A2, hit="collect"), [T, T], "a+a2", id="collect-together"),
        pytest.param(make_table(A, A2, hit="collect"), [F, T], "a2", id="collect-one"),
        pytest.param(make_table(A, A2, hit="collect"), [T, U], "waits for a2", id="collect-waits"),
        pytest.param(make_table(A, B, hit="collect"), [T, T], "RULE_CLASH", id="collect-two-decisions"),
        pytest.param(make_table(A, A2, hit="collect"), [F, F], "otherwise", id="collect-none"),
        pytest.param(make_table(A, A2, hit="collect"), [T, E], "RULE_FAILED", id="collect-failed"),
        pytest.param(make_table(A, SHIELD, hit="collect"), [U, T], "shield", id="collect-protective"),
    ],
)
def test_where_the_walk_ends(table, truths, expected):
    assert ended(table, truths) == expected
