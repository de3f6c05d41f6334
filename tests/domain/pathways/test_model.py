"""The pathway: stages in order, the first open way out, events that match, and what referrers are told."""

from typing import Any

import pytest

from frontdoor.domain.errors import NotFound, RuleRefused
from frontdoor.domain.pathways.model import Letter, Pathway, parse_pathway
from frontdoor.domain.rules.engine import compile_rule


def text(words: str) -> dict[str, str]:
    return {"en": words}


def decided(outcome: str) -> dict[str, Any]:
    return {"==": [{"var": "decisions.T-1.decision"}, outcome]}


LETTERS = {
    name: Letter(name, text(name), text("Subject"), text("Body"), "email", "referrer") for name in ("thanks", "told")
}
DOCUMENT: dict[str, Any] = {
    "intake": {
        "form": "request",
        "decisions": {"T-2": {"order": 20}, "T-1": {"order": 10}},
        "duty_role": "duty", "duty_clock": "K1", "escalate_to": "leader", "team": "front", "release": {"clock": "K2"},
        "screen": {"question": "concern", "clear": {"no": True}, "gravity": {"yes": 2},
                   "words": {"b": {"order": 20}, "a": {"order": 10}}},
        "subject": {"name": "family_name"}, "lawful_basis": "public_task",
    },
    "events": {
        "received": {"order": 10, "label": text("Received"), "on": "received"},
        "decided": {"order": 20, "label": text("Decided"), "on": "confirmed", "decision": "T-1"},
        "visited": {"order": 30, "label": text("Visited"), "on": "completed", "form": "visit"},
    },
    "stages": {
        "ended": {"order": 30, "label": text("Ended"), "lead": "officer", "terminal": True, "closes_episode": True},
        "triage": {
            "order": 10, "label": text("Triage"), "lead": "officer", "team": "front",
            "forms": {"visit": {"order": 20, "role": "worker", "required": True},
                      "check": {"order": 10, "role": "desk"}},
            "decisions": {"T-1": {"order": 10}},
            "exits": {
                "either": {"order": 30, "to": "ended", "label": text("Either"),
                           "when": {"in": [{"var": "decisions.T-1.decision"}, ["accept", "decline"]]}},
                "accepted": {"order": 10, "to": "support", "label": text("Accepted"), "when": decided("accept")},
            },
        },
        "support": {"order": 20, "label": text("Support"), "lead": "worker", "opens_episode": True,
                    "exits": {"done": {"order": 10, "to": "ended", "label": text("Done"),
                                       "when": {"var": "facts.done"}}}},
    },
    "letters": {
        "told": {"order": 20, "letter": "told", "on": "decided", "to": "referrer"},
        "thanks": {"order": 10, "letter": "thanks", "on": "received", "to": "referrer"},
        "lost": {"order": 30, "letter": "not-shipped", "on": "received", "to": "referrer"},
    },
    "tracker": {"triage": text("Received")},
}  # fmt: skip


@pytest.fixture(scope="module")
def pathway() -> Pathway:
    return parse_pathway(DOCUMENT, compile_rule, LETTERS)


def test_a_nomination_arrives_at_the_first_stage_by_order(pathway: Pathway) -> None:
    assert pathway.first_stage.id == "triage"
    assert list(pathway.stages) == ["triage", "support", "ended"]


def test_what_is_keyed_comes_in_its_order(pathway: Pathway) -> None:
    assert pathway.intake.decisions == ("T-1", "T-2")
    assert pathway.intake.screen.words == ("a", "b")
    assert list(pathway.stages["triage"].forms) == ["check", "visit"]
    assert [way.id for way in pathway.stages["triage"].exits] == ["accepted", "either"]
    assert [letter.id for letter in pathway.letters] == ["thanks", "told"]


EXITS = [
    pytest.param("triage", {"decisions": {"T-1": {"decision": "accept"}}}, "accepted", id="the-first-that-is-open"),
    pytest.param(
        "triage", {"decisions": {"T-1": {"decision": "decline"}}}, "either", id="the-next-where-the-first-is-shut"
    ),
    pytest.param("triage", {"decisions": {}}, None, id="none-before-anything-is-confirmed"),
    pytest.param("support", {"facts": {"done": True}}, "done", id="a-fact"),
    pytest.param("support", {"facts": {"done": "yes"}}, "done", id="a-fact-that-only-stands-for-true"),
    pytest.param("support", {"facts": {}}, None, id="a-fact-that-is-not-known"),
    pytest.param("ended", {"decisions": {"T-1": {"decision": "accept"}}}, None, id="the-end"),
]


@pytest.mark.parametrize(("stage", "data", "way"), EXITS)
def test_a_case_leaves_by_the_first_way_that_is_open(
    pathway: Pathway, stage: str, data: dict[str, Any], way: str | None
) -> None:
    found = pathway.next_exit(stage, data)
    assert (found.id if found else None) == way


def test_an_unknown_stage_is_not_found(pathway: Pathway) -> None:
    with pytest.raises(NotFound):
        pathway.next_exit("nowhere", {})


MATCHES = [
    pytest.param("received", {}, ["received"], id="on-receipt"),
    pytest.param("confirmed", {"decision": "T-1"}, ["decided"], id="the-decision-it-names"),
    pytest.param("confirmed", {"decision": "T-2"}, [], id="another-decision"),
    pytest.param("completed", {"form": "visit"}, ["visited"], id="the-form-it-names"),
    pytest.param("completed", {}, [], id="no-form-at-all"),
]


@pytest.mark.parametrize(("on", "about", "events"), MATCHES)
def test_an_event_matches_what_it_names(pathway: Pathway, on: str, about: dict[str, str], events: list[str]) -> None:
    assert [event.id for event in pathway.events.values() if event.matches(on, **about)] == events


def test_referrers_are_written_to_on_receipt_and_on_the_decision_that_tells_them(pathway: Pathway) -> None:
    assert pathway.letter_for("received") == LETTERS["thanks"]
    assert pathway.letter_for("decided") == LETTERS["told"]
    assert pathway.letter_for("question") is None
    assert pathway.tells("T-1")
    assert not pathway.tells("T-2")
    assert [letter.id for letter in pathway.letters_on("decided")] == ["told"]


def test_logic_that_cannot_run_is_refused_when_the_pathway_is_read() -> None:
    way = {"order": 10, "to": "ended", "label": text("x"), "when": {"method": ["", "x"]}}
    stages = {**DOCUMENT["stages"], "support": {**DOCUMENT["stages"]["support"], "exits": {"done": way}}}
    with pytest.raises(RuleRefused):
        parse_pathway({**DOCUMENT, "stages": stages}, compile_rule, LETTERS)
