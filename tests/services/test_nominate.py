from datetime import UTC, datetime, timedelta

import pytest
from tests.services.builders import DERBY, MOOR, RECEIVED, nominated, partner, partner_with_address, staff, the_case

from frontdoor.domain.canonical import digest
from frontdoor.domain.errors import NotFound
from frontdoor.services import duty
from frontdoor.store import cases, consents, families, ledger, messages, submissions


def test_a_nomination_gets_a_reference_a_case_and_what_the_rules_propose(shipped):
    done = nominated()
    case = the_case(done.reference)
    assert case.stage == "nomination"
    assert {code: state.proposed.decision for code, state in case.decisions.items()} == {
        "S0": "no_concern",
        "DEDUP": "new",
        "TFP1-E": "pending",
    }


def test_the_same_key_with_the_same_answers_is_one_nomination(shipped):
    first, second = nominated(), nominated(recorded_at=RECEIVED + timedelta(minutes=1))
    assert (second.reference, second.submission, second.amended) == (first.reference, first.submission, False)
    assert shipped.cases.count_documents({}) == 1


def test_the_same_key_with_other_answers_amends_and_is_screened_afresh(shipped):
    first = nominated()
    later = RECEIVED + timedelta(hours=2)
    second = nominated(recorded_at=later, concern="being_harmed", harm_details="Bruises on both arms")
    assert second.amended
    assert second.reference == first.reference
    case = the_case(first.reference)
    assert case.safeguarding
    assert case.decisions["S0"].proposed.decision == "duty_now"
    assert [alert.case for alert in duty.waiting(staff("duty_social_worker"))] == [first.reference]
    assert submissions.get(partner(), first.submission).amended_by == second.submission


def test_a_receipt_is_known_again_by_the_digest_of_what_it_tells(shipped):
    case = the_case(nominated().reference)
    telling = ("code", "decision", "reason_code", "argument", "facts", "parameters")
    for code, state in case.decisions.items():
        told = cases.latest_receipt(staff(), case, code)
        assert state.proposed.same_as == digest({part: told[part] for part in telling})


def test_a_known_family_takes_as_many_journeys_to_the_database_as_a_new_one(shipped):
    def journeys(**more) -> list[str]:
        shipped.command("profile", 2)
        done = nominated(**more)
        shipped.command("profile", 0)
        ran = list(shipped["system.profile"].find({"ns": {"$not": {"$regex": "system"}}}))
        shipped["system.profile"].drop()
        assert bool(the_case(done.reference).earlier) is (more["key"] == "known")
        return sorted(one["ns"].partition(".")[2] for one in ran)

    assert journeys(key="new") == journeys(key="known")


def test_the_case_is_nobodys_in_another_authority(shipped):
    done = nominated()
    with pytest.raises(NotFound):
        cases.get(staff(authority=MOOR), done.reference)


def test_a_partner_sees_what_they_sent_and_never_the_case(shipped):
    done = nominated()
    assert submissions.get(partner(), done.submission).case == done.reference
    with pytest.raises(NotFound):
        cases.get(partner(), done.reference)


def test_the_four_records_of_consent_are_begun(shipped):
    done = nominated()
    (record,) = consents.of_case(staff(), done.reference)
    assert record.agreement is not None
    assert (record.agreement.status, record.lawful_basis) == ("not_sought", "public_task")
    assert record.transparency is not None
    assert record.transparency.told is None


# DOMAIN E, "Compound test". The worker never runs in this test, nothing is sent, Christmas Day is a holiday.
CHRISTMAS = datetime(2026, 12, 25, 23, 40, tzinfo=UTC)


@pytest.fixture
def bruise(shipped):
    return nominated(
        received_at=CHRISTMAS,
        family_name="Achterberg",
        members=[
            {
                "id": "baby",
                "relationship": "child",
                "given_name": "Ada",
                "family_name": "Achterberg",
                "dob": "2026-08-20",
            }
        ],
        concern="not_sure",
        harm_details="Unexplained bruise, baby 4 months",
        agreement="not_sought",
        offence="dont_know",
        offence_who=None,
        offence_on=None,
        asb="dont_know",
        excluded="dont_know",
        suspended="dont_know",
        absent="dont_know",
        pru="dont_know",
        off_roll="dont_know",
        local_criteria=["dont_know"],
        local_details=None,
    )


def test_not_sure_reaches_duty_at_once_though_no_worker_runs_and_no_mail_leaves(bruise):
    (alert,) = duty.waiting(staff("duty_social_worker"))
    assert (alert.case, alert.concern, alert.words) == (
        bruise.reference,
        "not_sure",
        ("Unexplained bruise, baby 4 months",),
    )
    assert alert.override.gateway == "safeguarding_child"
    assert ledger.head(DERBY) == (0, "0" * 64), "the worker has not run"


def test_the_nomination_is_pending_beside_it(bruise):
    case = the_case(bruise.reference)
    proposed = case.decisions["TFP1-E"].proposed
    assert (proposed.decision, proposed.reason_code) == ("pending", "CHECKS_OUTSTANDING")
    assert case.decisions["S0"].proposed.decision == "duty_now"


def test_the_alert_escalates_on_its_clock_though_it_is_a_holiday(bruise):
    (alert,) = duty.waiting(staff("duty_social_worker"))
    assert duty.escalate_due(DERBY, alert.due_at - timedelta(seconds=1)) == 0
    assert duty.escalate_due(DERBY, alert.due_at + timedelta(seconds=1)) == 1
    assert duty.escalate_due(DERBY, alert.due_at + timedelta(seconds=2)) == 0
    (late,) = duty.waiting(staff("team_leader"))
    assert late.state(alert.due_at + timedelta(seconds=1)) == "escalated"


def test_the_nominator_is_told_received_and_the_same_words_as_for_any_family(bruise):
    sent = submissions.get(partner(), bruise.submission)
    assert (sent.status, sent.pending_status) == ("received", None)


def test_acknowledging_stops_the_cases_duty_clock(bruise):
    duty_worker = staff("duty_social_worker")
    (alert,) = duty.waiting(duty_worker)
    duty.acknowledge(duty_worker, alert.id, at=CHRISTMAS + timedelta(minutes=4))
    clock = next(one for one in the_case(bruise.reference).clocks if one.code == "SG-ACK")
    assert clock.stopped_at == CHRISTMAS + timedelta(minutes=4)
    assert duty.waiting(duty_worker) == ()


def test_the_acknowledgement_is_queued_once_and_says_nothing_of_the_family(shipped):
    viewer = partner_with_address()
    nominated(viewer)
    nominated(viewer)
    message = messages.claim(RECEIVED, "worker")
    assert message is not None
    assert message.to == "teacher@school.example"
    assert "O'Brien" not in message.subject + message.body
    assert messages.claim(RECEIVED, "worker") is None


def test_a_second_nomination_of_a_family_finds_the_first(shipped):
    first = nominated()
    second = nominated(key="key-2", received_at=RECEIVED + timedelta(days=20))
    case = the_case(second.reference)
    assert case.earlier == (first.reference,)
    assert case.family == the_case(first.reference).family
    assert len(families.get(staff(), case.family).contacts) == 2
