from dataclasses import replace
from datetime import timedelta

from tests.store.conftest import NORTH, NOW, staff, together

from frontdoor.domain.access import authority_token
from frontdoor.store import jobs
from frontdoor.store.jobs import Job

OFFICER = staff()
LEASE = timedelta(minutes=1)
KINDS = ("what_if", "export")


def make_job(job: str = "j1", **more) -> Job:
    return replace(Job(job, NORTH, (authority_token(NORTH),), "what_if", {"n": 3}, "officer", NOW, NOW), **more)


def test_of_four_workers_one_claims_a_job(store):
    jobs.add(OFFICER, make_job())
    claimed = together(lambda: jobs.claim(KINDS, "w", NOW, LEASE), times=4)
    assert sorted(type(job).__name__ for job in claimed) == ["Job", "NoneType", "NoneType", "NoneType"]


def test_the_job_that_waited_longest_comes_first_and_other_kinds_wait(store):
    jobs.add(OFFICER, make_job("young"))
    jobs.add(OFFICER, make_job("old", next_at=NOW - LEASE))
    jobs.add(OFFICER, make_job("other", kind="other", next_at=NOW - 2 * LEASE))
    assert [jobs.claim(KINDS, "w", NOW, LEASE).id for _ in range(2)] == ["old", "young"]
    assert jobs.claim(KINDS, "w", NOW, LEASE) is None


def test_a_job_whose_worker_died_is_claimed_again_and_the_dead_one_can_no_longer_end_it(store):
    jobs.add(OFFICER, make_job())
    dead = jobs.claim(KINDS, "w", NOW, LEASE)
    alive = jobs.claim(KINDS, "w", NOW + LEASE, LEASE)
    assert (alive.id, alive.tries) == ("j1", 2)
    assert not jobs.heartbeat(dead, NOW + LEASE, LEASE)
    assert not jobs.finish(dead, NOW + LEASE, {"from": "the dead"})
    assert jobs.finish(alive, NOW + LEASE, {"moved": [1, 2]})
    ended = jobs.get(OFFICER, "j1")
    assert (ended.state, ended.result, ended.ended_at) == ("done", {"moved": [1, 2]}, NOW + LEASE)
    assert jobs.claim(KINDS, "w", NOW + 99 * LEASE, LEASE) is None


def test_a_heartbeat_holds_a_job_and_tells_how_far_it_is(store):
    jobs.add(OFFICER, make_job())
    held = jobs.claim(KINDS, "w", NOW, LEASE)
    assert jobs.heartbeat(held, NOW + LEASE / 2, LEASE, done=5, total=10)
    assert jobs.claim(KINDS, "w2", NOW + LEASE, LEASE) is None
    assert (jobs.get(OFFICER, "j1").done, jobs.get(OFFICER, "j1").total) == (5, 10)


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_heartbeat(store):
    jobs.add(OFFICER, make_job("waiting", next_at=NOW + LEASE))
    jobs.add(OFFICER, make_job("running"))
    running = jobs.claim(KINDS, "w", NOW, LEASE)
    assert jobs.cancel(OFFICER, "waiting", NOW).state == "cancelled"
    assert jobs.claim(KINDS, "w", NOW + 2 * LEASE, LEASE).id == "running"
    assert jobs.cancel(OFFICER, "running", NOW).state == "running"
    again = jobs.claim(KINDS, "w", NOW + 9 * LEASE, LEASE)
    assert not jobs.heartbeat(again, NOW + 9 * LEASE, LEASE)
    assert not jobs.finish(running, NOW, {})
    assert jobs.fail(again, NOW, "cancelled")
    assert jobs.get(OFFICER, "running").state == "cancelled"


def test_a_job_that_fails_says_why_by_a_code(store):
    jobs.add(OFFICER, make_job())
    assert jobs.fail(jobs.claim(KINDS, "w", NOW, LEASE), NOW, "too_large")
    assert (jobs.get(OFFICER, "j1").state, jobs.get(OFFICER, "j1").result) == ("failed", {"why": "too_large"})
    assert [job.id for job in jobs.mine(OFFICER)] == ["j1"]
