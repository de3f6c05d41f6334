from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.store.conftest import NORTH, NOW, SOUTH, clock, decided, due, event, make_case, partner, staff, unindexed

from frontdoor.domain import references
from frontdoor.domain.case import Confirmation, Entry, Evidence, Task
from frontdoor.domain.errors import Conflict, DocumentRejected, NotAllowed, NotFound
from frontdoor.store import cases, records
from frontdoor.store.cases import QueueFilter

OFFICER = staff()
EVERYTHING = QueueFilter()


def shown(wanted: QueueFilter = EVERYTHING, *, at=NOW) -> list[str]:
    return [row.reference for row in cases.queue(OFFICER, wanted, at=at).rows]


def test_a_case_comes_back_as_it_was_stored(store):
    whole = decided(
        due(make_case(caller={"name": "A neighbour", "asked": ["x", {"y": 1.5}]}, earlier=("NOR-0",)), 5, 1),
        "elig", "eligible",
        confirmed=Confirmation("r", "eligible", "WHY", "a", "A", NOW),
    )  # fmt: skip
    whole = replace(
        whole,
        evidence=(Evidence("e", "absence", None, 12.5, "verified", "education", date(2026, 11, 20), "a", "A", NOW),),
        occurred={"received": NOW},
        history=(Entry(NOW, "a", "A", "received", {"on": "2026-11-20"}),),
        undelivered=(event("e1", digest="d"),),
    )
    assert cases.add(OFFICER, whole) == whole
    assert cases.get(OFFICER, whole.reference) == whole


def test_an_instant_is_kept_to_the_millisecond_and_handed_back_as_it_is_kept(store):
    added = cases.add(OFFICER, make_case(received_at=NOW.replace(microsecond=123_456)))
    assert added.received_at == NOW.replace(microsecond=123_000)
    assert cases.get(OFFICER, added.reference) == added


def test_a_taken_reference_is_a_conflict_and_the_first_case_stays(store):
    cases.add(OFFICER, make_case(title="First"))
    with pytest.raises(Conflict):
        cases.add(OFFICER, make_case(title="Second"))
    assert cases.get(OFFICER, "NOR-1").title == "First"


def test_a_partner_may_send_what_they_may_not_read(store):
    cases.add(partner(), make_case())
    with pytest.raises(NotFound):
        cases.get(partner(), "NOR-1")


def test_nothing_is_written_into_another_authority(store):
    with pytest.raises(NotAllowed):
        cases.add(staff(SOUTH), make_case())
    assert store.cases.count_documents({}) == 0


def test_a_case_without_tokens_is_a_mistake_in_the_program(store):
    with pytest.raises(ValueError, match="nobody"):
        cases.add(OFFICER, make_case(tokens=()))


@pytest.mark.parametrize("key", ["$set", "a.b", "_cls", "_id", "x\0y"])
def test_a_hostile_key_is_refused_with_its_place_and_stores_nothing(store, key):
    with pytest.raises(DocumentRejected) as refused:
        cases.add(OFFICER, make_case(caller={"told": [{key: 1}]}))
    assert refused.value.problems[0].where == "/caller/told/0"
    assert store.cases.count_documents({}) == 0


def test_a_change_over_the_revision_that_was_read_makes_the_next_one(store):
    before = cases.add(OFFICER, make_case())
    after = cases.replace(OFFICER, replace(before, stage="assess"), expected_revision=0)
    assert (after.stage, after.revision) == ("assess", 1)
    assert cases.get(OFFICER, "NOR-1") == after


def test_a_stale_change_is_a_conflict_with_both_versions_and_changes_nothing(store):
    before = cases.add(OFFICER, make_case())
    theirs = cases.replace(OFFICER, replace(before, stage="theirs"), expected_revision=0)
    with pytest.raises(Conflict) as stale:
        cases.replace(OFFICER, replace(before, stage="mine"), expected_revision=0)
    assert stale.value.theirs == theirs
    assert stale.value.mine.stage == "mine"
    assert cases.get(OFFICER, "NOR-1").stage == "theirs"
    with pytest.raises(Conflict):
        cases.at_revision(OFFICER, "NOR-1", 0)
    assert cases.at_revision(OFFICER, "NOR-1", 1) == theirs


def test_replacing_a_case_that_is_out_of_reach_says_only_that_there_is_none(store):
    before = cases.add(OFFICER, make_case())
    for viewer in (partner(), replace(OFFICER, tokens=frozenset())):
        with pytest.raises(NotFound):
            cases.replace(viewer, replace(before, title="Changed"), expected_revision=0)
    assert cases.get(OFFICER, "NOR-1") == before


def test_the_queue_shows_what_is_due_soonest_then_received_first_and_what_has_no_clock_last(store):
    early = NOW - timedelta(days=2)
    for case in (
        due(make_case("NOR-LATER"), 9),
        make_case("NOR-UNTIMED", received_at=early),
        due(make_case("NOR-SECOND"), 1),
        due(make_case("NOR-FIRST", received_at=early), 1),
        replace(due(make_case("NOR-CLOSED"), -5), closed_at=NOW, status="closed"),
    ):
        cases.add(OFFICER, case)
    assert shown() == ["NOR-FIRST", "NOR-SECOND", "NOR-LATER", "NOR-UNTIMED"]
    assert shown(QueueFilter(status="closed")) == ["NOR-CLOSED"]


@pytest.fixture
def four(store):
    """Four open cases, one in each state, different in everything one can filter by."""
    late = decided(due(make_case("NOR-LATE", programme="other", stage="assess"), -1), "elig", "not_eligible")
    amber = due(make_case("NOR-AMBER", team="west", organisation="school"), 4, -1)
    task = Task("t", "question", "manager", NOW)
    running = due(make_case("NOR-RUNNING", tasks=(task,), search=("smith", "jo", "ref:nor-running")), 8, 6)
    for case in (late, amber, running, make_case("NOR-UNTIMED", search=("smith",), status="support")):
        cases.add(OFFICER, case)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(QueueFilter(state="overdue"), ["NOR-LATE"], id="overdue"),
        pytest.param(QueueFilter(state="amber"), ["NOR-AMBER"], id="amber"),
        pytest.param(QueueFilter(state="running"), ["NOR-RUNNING"], id="running"),
        pytest.param(QueueFilter(state="untimed"), ["NOR-UNTIMED"], id="untimed"),
        pytest.param(QueueFilter(programme="other"), ["NOR-LATE"], id="programme"),
        pytest.param(QueueFilter(stage="assess"), ["NOR-LATE"], id="stage"),
        pytest.param(QueueFilter(status="support"), ["NOR-UNTIMED"], id="status"),
        pytest.param(QueueFilter(team="west"), ["NOR-AMBER"], id="team"),
        pytest.param(QueueFilter(organisation="school"), ["NOR-AMBER"], id="organisation"),
        pytest.param(QueueFilter(role="manager"), ["NOR-RUNNING"], id="role-of-an-open-task"),
        pytest.param(QueueFilter(role="officer"), ["NOR-LATE", "NOR-AMBER", "NOR-RUNNING"], id="role-of-a-clock"),
        pytest.param(QueueFilter(decision="not_eligible"), ["NOR-LATE"], id="decision"),
        pytest.param(QueueFilter(tokens=("smith",)), ["NOR-RUNNING", "NOR-UNTIMED"], id="one-word"),
        pytest.param(QueueFilter(tokens=("smith", "jo")), ["NOR-RUNNING"], id="all-words-must-match"),
        pytest.param(QueueFilter(page=2, size=3), ["NOR-UNTIMED"], id="second-page"),
    ],
)
def test_the_queue_narrows_to(four, queries, wanted, found):
    assert shown(wanted) == found
    assert unindexed(queries()) == []


def test_a_row_says_how_its_clock_stands_and_what_was_decided(four):
    row = cases.queue(OFFICER, QueueFilter(), at=NOW).rows[0]
    assert row.state(NOW) == "overdue"
    assert row.state(NOW - timedelta(hours=2)) == "running"
    assert row.decisions == (cases.QueueDecision("elig", "not_eligible", "WHY", "proposed"),)
    assert [one.state(NOW) for one in cases.queue(OFFICER, QueueFilter(), at=NOW).rows[1:]] == [
        "amber", "running", "untimed",
    ]  # fmt: skip


def test_who_sees_a_case_by_two_tokens_sees_it_once(store):
    cases.add(OFFICER, due(make_case(), 1))
    both = replace(OFFICER, tokens=frozenset(make_case().tokens))
    page = cases.queue(both, QueueFilter(), at=NOW)
    assert (len(page.rows), page.total) == (1, 1)
    assert cases.tally(both, at=NOW).total == cases.Counted(1)


def test_pages_count_only_so_far(store, monkeypatch):
    monkeypatch.setattr(records, "COUNTED_AT_MOST", 2)
    for number in range(4):
        cases.add(OFFICER, make_case(f"NOR-{number}"))
    page = cases.queue(OFFICER, QueueFilter(size=1), at=NOW)
    assert (page.total, page.more, page.pages) == (2, True, 2)


def test_open_cases_are_counted_with_those_overdue_and_amber(four, queries):
    counted = cases.tally(OFFICER, at=NOW)
    assert counted == cases.Tally(total=cases.Counted(4), overdue=cases.Counted(1), amber=cases.Counted(1))
    assert unindexed(queries()) == []


def test_nobody_counts_on_where_there_are_many_cases(store, queries, monkeypatch):
    monkeypatch.setattr(records, "COUNTED_AT_MOST", 2)
    for number in range(3):
        cases.add(OFFICER, due(make_case(f"NOR-LATE-{number}"), -1))
        cases.add(OFFICER, due(make_case(f"NOR-AMBER-{number}"), 1 + number, amber=-1))
    some = cases.Counted(2, more=True)
    assert cases.tally(OFFICER, at=NOW) == cases.Tally(total=some, overdue=some, amber=some)
    looked_at = [query["keysExamined"] for query in queries() if query["command"].get("aggregate")]
    assert len(looked_at) == 3
    assert max(looked_at) <= 2 * (2 + 1)  # a case has two tokens


@pytest.mark.parametrize(
    ("text", "tokens", "found"),
    [
        pytest.param("smith", ("smith",), ["NOR-RUNNING", "NOR-UNTIMED"], id="word"),
        pytest.param("smith jo", ("smith", "jo"), ["NOR-RUNNING"], id="two-words"),
        pytest.param("smi", ("smi",), [], id="no-part-of-a-word"),
        pytest.param(" nor-RUNNING ", ("nor", "running"), ["NOR-RUNNING"], id="reference"),
    ],
)
def test_search_finds_whole_words_and_references(four, queries, text, tokens, found):
    page = cases.search(OFFICER, text, tokens)
    assert sorted(row.reference for row in page.rows) == found
    assert unindexed(queries()) == []


def test_searching_for_nothing_finds_nothing(four):
    assert cases.search(OFFICER, "  ", ()).rows == ()


def test_a_reference_is_found_however_it_is_typed(store):
    reference = str(references.issue("NRT", bytes(5)))
    cases.add(OFFICER, make_case(reference, search=(f"ref:{reference.lower()}",)))
    typed = reference.replace("-", " ").replace("0", "O").lower()
    assert [row.reference for row in cases.search(OFFICER, typed, ()).rows] == [reference]


def test_cases_are_found_by_family_by_what_was_decided_and_by_reference(store, queries):
    confirmed = Confirmation("r", "eligible", "WHY", "a", "A", NOW)
    old = decided(make_case("NOR-1", received_at=NOW - timedelta(days=9)), "elig", "eligible", confirmed=confirmed)
    new = decided(make_case("NOR-2"), "elig", "eligible", confirmed=confirmed)
    open_one = decided(make_case("NOR-3", family="f2"), "elig", "pending")
    for case in (old, new, open_one, make_case("NOR-4", family=None, programme="other")):
        cases.add(OFFICER, case)
    assert cases.by_family(OFFICER, "f1") == (new, old)
    assert cases.past_decided(OFFICER, "early", "elig", 10) == (new, old)
    assert cases.past_decided(OFFICER, "early", "elig", 1) == (new,)
    assert cases.past_decided(OFFICER, "early", "elig", 10, confirmed=False) == (open_one, new, old)
    assert cases.latest(OFFICER, "early", 2) == (open_one, new)
    assert cases.several(OFFICER, ["NOR-2", "NOR-9", "NOR-1", "NOR-2"]) == (new, old)
    assert unindexed(queries()) == []


def test_delivered_events_leave_the_case_and_its_revision_stays(store, queries):
    cases.add(OFFICER, make_case("NOR-1", undelivered=(event("a"), event("b"))))
    cases.add(OFFICER, make_case("NOR-2"))
    (waiting,) = cases.undelivered(10)
    assert (waiting.authority, waiting.reference, waiting.events) == (NORTH, "NOR-1", (event("a"), event("b")))
    cases.delivered("NOR-1", ["a"])
    assert [one.id for one in cases.undelivered(10)[0].events] == ["b"]
    cases.delivered("NOR-1", ["b"])
    assert cases.undelivered(10) == ()
    assert cases.get(OFFICER, "NOR-1").revision == 0
    assert unindexed(queries()) == []


def test_only_running_clocks_past_their_due_instant_escalate_and_only_once(store):
    cases.add(OFFICER, due(make_case("NOR-LATE"), -1))
    cases.add(OFFICER, due(make_case("NOR-SOON"), 1))
    cases.add(OFFICER, make_case("NOR-STOPPED").timed((clock(NOW - timedelta(hours=1), stopped_at=NOW),)))
    cases.add(OFFICER, make_case("NOR-TOLD").timed((clock(NOW - timedelta(hours=1), escalated_at=NOW),)))
    assert [case.reference for case in cases.escalating(NOW, 10)] == ["NOR-LATE"]
