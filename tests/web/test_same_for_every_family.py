"""What a sender's system is told, and when, does not depend on the family: new, known to us, or at risk (DOMAIN 0.3).

The pages and the acknowledgement are in `test_partner.py`; here is what the API answers, and all that comes later.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.services.builders import DERBY, RECEIVED, answers, publish_shipped, staff
from tests.web import desk

from frontdoor import clock
from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import Account, Organisation
from frontdoor.services import confirm, deliver, partners
from frontdoor.store import accounts, cases, connection, organisations

FAMILIES: dict[str, dict[str, Any]] = {
    "new": {"family_name": "Achterberg"},
    "known": {"family_name": "O'Brien-Nguyễn"},
    "at risk": {"family_name": "Bevan-Okafor", "concern": "danger_now", "harm_details": "Bruises"},
}
TOLD = {
    "excluded": "no", "suspended": "no", "absent": "no", "pru": "no", "off_roll": "no", "offence": "no",
    "offence_who": None, "offence_on": None, "benefits": "no",
}  # fmt: skip
_NEW = re.compile(r"[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)|[0-9a-f]{32}")


@pytest.fixture(scope="session")
def opened():
    yield
    connection.close()


@pytest.fixture
def system(opened, mongo_uri: str, database, database_name: str, monkeypatch: pytest.MonkeyPatch):
    """A partner's system over an empty installation; the time is that of the tests' nominations, and stands still."""
    monkeypatch.setattr(clock, "now", lambda: RECEIVED)
    app = desk.application(mongo_uri, database_name)
    publish_shipped()
    keeper = staff("account_administrator")
    organisations.add(keeper, Organisation("school", DERBY, "Larkspur School", "school"))
    _, secret = partners.issue_token(keeper, "school", "Pupil records", at=RECEIVED)
    client = app.test_client()

    def call(method: str, path: str, **more: Any):
        return client.open(f"/api/v1{path}", method=method, headers={"Authorization": f"Bearer {secret}"}, **more)

    return call


def plain(answer) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body with what is new each time taken out."""
    headers = {name: _NEW.sub("…", value) for name, value in answer.headers.items()}
    return answer.status_code, headers, _NEW.sub("…", answer.get_data(as_text=True))


def nominated(system, family: str, **more: Any):
    told = answers(**{**TOLD, **FAMILIES[family], **more})
    if family == "known":
        system("POST", "/programmes/derby/nominations", json={"reference": "earlier", "answers": told})
    return system("POST", "/programmes/derby/nominations", json={"reference": f"R-{family}", "answers": told})


def test_the_answer_is_the_same_in_status_headers_and_words(system):
    told = {family: plain(nominated(system, family)) for family in FAMILIES}
    assert told["new"] == told["known"] == told["at risk"]
    assert told["new"][0] == 201
    assert {"Content-Type", "Content-Length"} <= told["new"][1].keys()


def test_a_repeat_and_an_amendment_are_answered_alike_too(system):
    for family in FAMILIES:
        nominated(system, family)
    again = {plain(nominated(system, family))[2] for family in FAMILIES}
    amended = {plain(nominated(system, family, phone="01632 960152"))[2] for family in FAMILIES}
    assert (len(again), len(amended)) == (1, 1)
    assert again != amended


def test_how_it_stands_is_the_same_before_and_after_and_is_released_at_the_same_moment(system, database):
    """Decided hours apart, and one of them lowered by two people: the sender sees one text at one moment."""
    references = {family: nominated(system, family).json["reference"] for family in FAMILIES}
    before = {family: plain(system("GET", f"/nominations/{reference}")) for family, reference in references.items()}
    assert before["new"] == before["known"] == before["at risk"]
    for hours, (family, reference) in enumerate(references.items(), start=1):
        _decide(reference, hours)
        assert plain(system("GET", f"/nominations/{reference}")) == before[family], "nothing shows before the release"
    releases = {one["release_at"] for one in database.submissions.find({"case": {"$in": list(references.values())}})}
    assert len(releases) == 1
    (release,) = releases
    assert deliver.round_of_work(lambda _: None, at=release - timedelta(seconds=1), worker="w").released == 0
    assert deliver.round_of_work(lambda _: None, at=release + timedelta(seconds=1), worker="w").released == len(
        FAMILIES
    )
    after = {family: plain(system("GET", f"/nominations/{reference}")) for family, reference in references.items()}
    assert after["new"] == after["known"] == after["at risk"] != before["new"]


def test_the_letters_are_the_same_and_leave_at_the_same_moments(system, database):
    accounts.add(
        system_viewer(DERBY),
        Account(_account(database), DERBY, "partner", "sims@school.example", "Pupil records", organisation="school"),
    )
    references = {family: nominated(system, family).json["reference"] for family in FAMILIES}
    for hours, reference in enumerate(references.values(), start=1):
        _decide(reference, hours)
    letters = {
        family: sorted(
            (_NEW.sub("…", one["subject"]), _NEW.sub("…", one["body"]), one["release_at"])
            for one in database.messages.find({"case": reference})
        )
        for family, reference in references.items()
    }
    assert letters["new"] == letters["known"] == letters["at risk"]
    assert len(letters["new"]) == 2, "the acknowledgement and the notice"


def _decide(reference: str, hours: int) -> None:
    """Confirm whatever is proposed for eligibility, some hours after receipt."""
    officer, at = staff("front_door_officer"), RECEIVED + timedelta(hours=hours)
    for code in ("DEDUP", "TFP1-E"):
        case = cases.get(officer, reference)
        if code in case.decisions and case.decisions[code].confirmed is None and case.stage == "nomination":
            state = case.decisions[code].proposed
            if state.decision in ("pending", "reopen_review"):
                continue
            confirm.confirm(officer, reference, code, at=at, revision=case.revision)


def _account(database) -> str:
    return str(database.api_tokens.find_one({})["_id"])
