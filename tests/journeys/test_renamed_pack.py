"""Programmes are data: packs whose every id is another one pass, publish and carry a nomination to its end.

Where a test here fails and its twin on the shipped packs does not, platform code knows an id of a pack.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from tests.journeys.renaming import Renaming, other
from tests.services import builders
from tests.services.configuring import SCREENED

from frontdoor import packs_dir
from frontdoor.domain.access import Viewer, organisation_token, person_token, staff_tokens, system_viewer
from frontdoor.domain.account import Account
from frontdoor.domain.case import Case
from frontdoor.domain.errors import NotAllowed, WrongState
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.programme import Programme
from frontdoor.services import (
    change,
    change_edits,
    change_screening,
    confirm,
    deliver,
    demo,
    duty,
    examples,
    load,
    nominate,
    programmes,
    replay,
)
from frontdoor.services.check import root_problems
from frontdoor.services.verify import Check, verify
from frontdoor.store import accounts, cases, connection, consents, ledger, secrets, shipped, submissions

RELEASED = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)
# Of the three criteria one is met (crime), one is not (work), and one waits for the school's figures.
TOLD = {"absent": "dont_know", "benefits": "no"}
SIGNS = {"concern": "not_sure", "harm_details": "A bruise that nobody explained"}


def same(name: str) -> str:
    return name


@dataclass(frozen=True)
class Place:
    """One authority running one programme of loaded packs; `name` says what an id of the shipped packs is there."""

    name: Callable[[str], str]
    answers: Callable[[Any], Any]
    authority: str
    programme_id: str

    def programme(self, at: datetime = RECEIVED) -> Programme:
        return programmes.live(self.authority, self.programme_id, at)

    def staff(self, role: str, account: str = "") -> Viewer:
        held = self.programme().roles[self.name(role)]
        team, account = self.name("front_door"), account or role
        tokens = staff_tokens(self.authority, account, [held.sees], [team])
        return Viewer(
            account, account.title(), "staff", self.authority, tokens, frozenset(held.may), frozenset({held.id}),
            frozenset({team}), programmes=(self.programme_id,),
        )  # fmt: skip

    def partner(self) -> Viewer:
        tokens = frozenset({organisation_token(self.authority, "school"), person_token("teacher")})
        return Viewer("teacher", "Tess Teacher", "partner", self.authority, tokens, organisation="school")

    def nominated(self, key: str, at: datetime = RECEIVED, **more: Any) -> nominate.Acknowledgement:
        programme = self.programme(at)
        told = self.answers(builders.answers(**{**TOLD, **more}))
        form = programme.forms[programme.pathway.intake.form]
        answers = accept(form, told, as_of=programme.calendar.local_date(at))
        return nominate.nominate(self.partner(), programme, answers, nominate.Arrival(at, at, "e_form", key))

    def case(self, reference: str) -> Case:
        return cases.get(self.staff("front_door_officer"), reference)

    def school_says(self, reference: str, value: float, *, at: datetime) -> Case:
        check = Check(self.name("unauth_absence_pct_3t"), "aoif", value, self.name("education"), date(2026, 11, 23))
        revision = self.case(reference).revision
        return verify(self.staff("front_door_officer"), reference, check, at=at, revision=revision)

    def proposed(self, reference: str, code: str) -> tuple[str, str]:
        proposal = self.case(reference).decisions[self.name(code)].proposed
        return proposal.decision, proposal.reason_code

    def confirm(self, reference: str, code: str, *, at: datetime) -> Case:
        officer, revision = self.staff("front_door_officer"), self.case(reference).revision
        return confirm.confirm(officer, reference, self.name(code), at=at, revision=revision)


@pytest.fixture(scope="session")
def renaming() -> Renaming:
    return Renaming(packs_dir())


@pytest.fixture(scope="session")
def renamed(renaming: Renaming, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return renaming.copy_to(tmp_path_factory.mktemp("renamed"))


@pytest.fixture(scope="session")
def opened(mongo_uri: str, database_name: str) -> Iterator[None]:
    connection.open_database(mongo_uri, database_name)
    connection.ensure_indexes()
    secrets.configure(Fernet.generate_key().decode())
    yield
    connection.close()


@pytest.fixture(params=["shipped", "renamed"])
def place(request, opened, database, renaming: Renaming, renamed: Path) -> Place:
    """The same authority and programme, once as shipped and once with every id another."""
    if request.param == "shipped":
        load.load_shipped(packs_dir(), "1.0", at=RELEASED)
        return Place(same, same, builders.DERBY, builders.RUNNING[builders.DERBY])
    load.load_shipped(renamed, "1.0", at=RELEASED)
    return Place(other, renaming.answers, other(builders.DERBY), other(builders.RUNNING[builders.DERBY]))


def test_every_id_is_another_one_and_no_two_became_the_same(renaming: Renaming):
    known = renaming.names | renaming.codes
    changed = {name: other(name) for name in known if other(name) != name}
    assert len(set(changed.values())) == len(changed)
    assert not set(changed.values()) & known
    assert {name for name in known if name not in changed and not name.isdigit()} <= {"pending", "CHECKS_OUTSTANDING"}
    assert {"concern", "local_min", "derby_city", "SG-ACK", "TFP1-E", "eligible", "front_door", "base"} <= {
        name.replace("-city", "_city") for name in changed
    }


def test_no_id_of_the_shipped_packs_is_left_as_a_key_of_the_copy(renaming: Renaming, renamed: Path):
    copied = Renaming(renamed)
    left = (copied.names | copied.codes) & (renaming.names | renaming.codes)
    assert {name for name in left if not name.isdigit()} <= {"pending", "CHECKS_OUTSTANDING"}


def test_the_copy_passes_every_check(renamed: Path):
    report = root_problems(renamed)
    assert [str(problem) for problem in report.problems] == []
    assert (report.documents, report.trees) == (root_problems(packs_dir()).documents, 4)


def test_every_worked_example_gives_the_renamed_answer(renamed: Path):
    packs = load.packs_in(renamed)
    bench = examples.of_packs(packs, date(2026, 11, 23))
    told = {path: examples.run(path.read_text().splitlines(), bench) for path in shipped.read(renamed).examples}
    assert {str(path): str(tally) for path, tally in told.items() if not tally.green} == {}
    written = sum(len(path.read_text().splitlines()) for path in shipped.read(packs_dir()).examples)
    assert sum(tally.passed for tally in told.values()) == written


def test_a_concern_reaches_duty_at_once_and_is_acknowledged_by_name(place: Place):
    done = place.nominated("one", **SIGNS)
    worker = place.staff("duty_social_worker")
    (alert,) = duty.waiting(worker)
    assert (alert.case, alert.concern, alert.words) == (
        done.reference,
        place.name("not_sure"),
        (SIGNS["harm_details"],),
    )
    assert place.proposed(done.reference, "S0") == (place.name("duty_now"), place.name("SAFEGUARDING_CONCERN"))
    duty.acknowledge(worker, alert.id, at=RECEIVED + timedelta(minutes=4))
    clock = next(one for one in place.case(done.reference).clocks if one.code == place.name("SG-ACK"))
    assert clock.stopped_at == RECEIVED + timedelta(minutes=4)


def test_verifying_deciding_and_confirming_move_the_case_on(place: Place):
    done = place.nominated("one")
    assert place.proposed(done.reference, "TFP1-E") == ("pending", "CHECKS_OUTSTANDING")
    at = RECEIVED + timedelta(hours=3)
    case = place.school_says(done.reference, 21.5, at=at)
    running = {clock.code for clock in case.clocks if clock.stopped_at is None}
    assert place.name("DER-CHECKS") in running
    assert place.proposed(done.reference, "TFP1-E") == (place.name("eligible"), place.name("TWO_PLUS_LOCAL"))
    place.confirm(done.reference, "DEDUP", at=at)
    case = place.confirm(done.reference, "TFP1-E", at=at)
    assert case.stage == place.name("intensity")
    assert place.name("DER-CHECKS") not in {clock.code for clock in case.clocks if clock.stopped_at is None}
    (sent,) = submissions.by_case(system_viewer(place.authority), done.reference)
    assert sent.pending_status == "decided", "the referrer is told at the release moment, not now"


def test_an_officer_may_decide_otherwise_with_a_reason(place: Place):
    done = place.nominated("one")
    at = RECEIVED + timedelta(hours=3)
    place.school_says(done.reference, 21.5, at=at)
    place.confirm(done.reference, "DEDUP", at=at)
    case = confirm.override(
        place.staff("front_door_officer"),
        done.reference,
        place.name("TFP1-E"),
        confirm.Otherwise(place.name("not_eligible"), "The family moved away on Friday"),
        at=at,
        revision=place.case(done.reference).revision,
    )
    assert case.stage == place.name("not_eligible")


def test_lowering_a_safeguarding_outcome_waits_for_a_second_manager(place: Place):
    done = place.nominated("one", **SIGNS)
    code, at = place.name("S0"), RECEIVED + timedelta(hours=1)
    lower = confirm.Otherwise(place.name("no_concern"), "Seen by the health visitor this morning")
    leader = place.staff("team_leader", "leader one")
    case = confirm.override(leader, done.reference, code, lower, at=at, revision=place.case(done.reference).revision)
    assert case.decisions[code].confirmed is None
    with pytest.raises(NotAllowed):
        confirm.countersign(leader, done.reference, code, agree=True, at=at, revision=case.revision)
    second = place.staff("team_leader", "leader two")
    case = confirm.countersign(second, done.reference, code, agree=True, at=at, revision=case.revision)
    assert case.decisions[code].confirmed.decision == place.name("no_concern")


def test_the_record_of_agreement_says_whether_the_family_was_told(place: Place):
    told = place.nominated("told", family_aware="yes")
    untold = place.nominated("untold", family_aware="no", not_told_because="Not safe yet")
    officer = place.staff("front_door_officer")
    known = [consents.of_case(officer, done.reference)[0].transparency.told for done in (told, untold)]
    assert known == [True, False]


def test_everything_that_happened_reaches_the_ledger_which_verifies(place: Place):
    person = place.partner()
    address = Account(
        person.account, place.authority, "partner", "teacher@school.example", person.name, organisation="school"
    )
    accounts.add(person, address)
    place.nominated("one", **SIGNS)
    posted: list[str] = []
    done = deliver.round_of_work(
        lambda message: posted.append(message.to), at=RECEIVED + timedelta(minutes=1), worker="w"
    )
    assert posted == ["teacher@school.example"], "the pack's acknowledgement went out"
    assert done.events == ledger.head(place.authority)[0] > 0
    assert ledger.verify(place.authority) is None


def test_two_people_move_a_number_and_the_next_nomination_is_decided_by_it(place: Place):
    before = place.nominated("before", **TOLD_ALL)
    assert place.proposed(before.reference, "TFP1-E") == (place.name("eligible"), place.name("TWO_PLUS_LOCAL"))
    pointer = f"/rules/{place.name('eligibility')}/parameters/{place.name('local_min')}/value"
    published = _published(place, pointer, "2")
    after = place.nominated("after", at=RECEIVED + timedelta(days=1), family_name="Achterberg", **TOLD_ALL)
    assert place.proposed(after.reference, "TFP1-E") == (place.name("panel_review"), place.name("TWO_NO_LOCAL"))
    assert place.case(after.reference).pin.number == published.published
    assert place.case(before.reference).pin.number == 1
    auditor = place.staff("auditor")
    replayed = list(replay.replay_all(auditor, before.reference))
    assert len(replayed) == 3
    assert [one.differences for one in replayed] == [()] * 3


TOLD_ALL = {
    "benefits": "yes", "benefit_who": ["nora"], "benefit_kind": "JSA", "absent": "no", "excluded": "no",
}  # fmt: skip


def _published(place: Place, pointer: str, value: str) -> change.Change:
    """A change by one person, approved and published by another; nobody approves their own."""
    at = RECEIVED + timedelta(hours=1)
    editor, approver = place.staff("configurer"), place.staff("approver")
    made = change.begin(editor, place.programme_id, "Local criteria: ask for two", at=at)
    entered = (pointer, value, "Board, 20 November 2026, item 3")
    made = change_edits.edit(editor, made.id, entered, at=at, revision=made.revision)
    made = change.check(editor, made.id, at=at, revision=made.revision)
    assert made.report is not None
    assert made.report.green
    assert [moved["now"] for moved in made.report.moved] == [
        f"{place.name('panel_review')} / {place.name('TWO_NO_LOCAL')}"
    ]
    made = change_screening.screen(editor, made.id, SCREENED, at=at, revision=made.revision)
    made = change.submit(editor, made.id, on=None, at=at, revision=made.revision)
    with pytest.raises(NotAllowed):
        change.approve(editor, made.id, at=at, revision=made.revision)
    with pytest.raises(WrongState):
        change.publish_change(editor, made.id, at=at, revision=made.revision)
    made = change.approve(approver, made.id, at=at, revision=made.revision)
    return change.publish_change(editor, made.id, at=at, revision=made.revision)


def test_the_demonstration_plays_to_the_same_end_on_both(opened, database, renamed: Path):
    """Every synthetic story of both authorities: the same stages, decisions, reasons and clocks under other ids."""
    told = {}
    for name, root in ((other, packs_dir()), (same, renamed)):
        for collection in database.list_collection_names():
            database[collection].delete_many({})
        load.load_shipped(root, "1.0", at=RELEASED)
        demo.load_demo(at=RECEIVED)
        told[name] = {_key(database, case, name): _where(case, name) for case in database.cases.find()}
    assert len(told[other]) == 18
    assert told[other] == told[same]


def _key(database: Any, case: Any, name: Callable[[str], str]) -> str:
    key = database.submissions.find_one({"_id": case["submissions"][0]})["key"]
    return f"{name(case['authority'])}/{name(key.removeprefix('demo-'))}"


def _where(case: Any, name: Callable[[str], str]) -> dict[str, Any]:
    def said(one: Any) -> tuple[str, ...]:
        return (name(one["decision"]), name(one["reason_code"])) if one else ()

    return {
        "stage": name(case["stage"]),
        "status": case["status"],
        "team": name(case["team"]),
        "safeguarding": case["safeguarding"],
        "decisions": {
            name(code): (said(state["proposed"]), said(state["confirmed"])) for code, state in case["decisions"].items()
        },
        "clocks": sorted((name(one["code"]), one["due_at"], one["stopped_at"] is None) for one in case["clocks"]),
        "occurred": {name(event): at for event, at in case["occurred"].items()},
    }
