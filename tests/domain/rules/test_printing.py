import pytest

from frontdoor.domain.rules.prepare import NONE, UNKNOWN, Finding
from frontdoor.domain.rules.printing import bare, printed
from frontdoor.domain.rules.table import Fact

CODED = Fact("word", 1, {}, "string", labels={"abuse": {"en": "Domestic abuse", "cy": "Cam-drin"}})


@pytest.mark.parametrize(
    ("finding", "english", "welsh"),
    [
        pytest.param(Finding(True), "yes", "ydy", id="true"),
        pytest.param(Finding(0), "0", "0", id="nought"),
        pytest.param(Finding(3.0), "3", "3", id="whole-number"),
        pytest.param(Finding("abuse"), "Domestic abuse", "Cam-drin", id="code"),
        pytest.param(Finding("2026-11-22"), "22 November 2026", "22 Tachwedd 2026", id="date"),
        pytest.param(Finding(["abuse", "x"]), "Domestic abuse, x", "Cam-drin, x", id="list"),
        pytest.param(Finding([]), "none", "dim", id="empty-list"),
        pytest.param(Finding(["x"], complete=False), "x, perhaps more", "x, efallai mwy", id="incomplete-list"),
        pytest.param(Finding([{"id": "m1"}]), "m1", "m1", id="rows"),
        pytest.param(NONE, "none", "dim", id="none"),
        pytest.param(UNKNOWN, "not known", "ddim yn hysbys", id="unknown"),
        pytest.param(Finding(low=1, high=3), "between 1 and 3", "rhwng 1 a 3", id="between"),
        pytest.param(Finding([], complete=False), "not known", "ddim yn hysbys", id="a-list-of-which-nothing-is-known"),
        pytest.param(Finding(low=0), "not known", "ddim yn hysbys", id="at-least-nothing"),
        pytest.param(Finding(low=1), "at least 1", "o leiaf 1", id="at-least"),
        pytest.param(Finding(high=3), "at most 3", "3 ar y mwyaf", id="at-most"),
    ],
)
def test_readers_see_words(finding, english, welsh):
    assert printed(finding, CODED, "en") == english
    assert printed(finding, CODED, "cy") == welsh


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        pytest.param(Finding(True), "true", id="true"),
        pytest.param(Finding(15.5), "15.5", id="number"),
        pytest.param(Finding("cy"), "cy", id="text"),
        pytest.param(Finding(["a"]), '["a"]', id="list"),
        pytest.param(NONE, "null", id="none"),
        pytest.param(Finding(low=1), "null", id="between"),
    ],
)
def test_worked_examples_see_json(finding, expected):
    assert bare(finding) == expected


@pytest.mark.parametrize(
    ("finding", "state"),
    [
        pytest.param(Finding(False), "known", id="false"),
        pytest.param(NONE, "none", id="none"),
        pytest.param(Finding(high=2), "between", id="bounds"),
        pytest.param(Finding([], complete=False), "incomplete", id="open-list"),
        pytest.param(UNKNOWN, "unknown", id="unknown"),
    ],
)
def test_a_finding_says_what_state_it_is_in(finding, state):
    assert finding.state == state
