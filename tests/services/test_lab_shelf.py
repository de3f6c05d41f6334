"""Reading past cases as a job: begun, left, cancelled, come back to; what the worker read is what is read here."""

from datetime import timedelta

import numpy as np
import pytest
from tests.services.builders import DERBY, RECEIVED, RUNNING, programme_of
from tests.services.test_lab import configurer
from tests.services.test_simulate import CODE, INSIDE, past

from frontdoor.services import lab, lab_counting, lab_reading, lab_shelf
from frontdoor.store import jobs, readings

__all__ = ["past"]
NAME = "unauth_pct"


def now():
    return RECEIVED


@pytest.fixture
def many(past, monkeypatch):
    """Past cases that count as many, and nothing of them in memory."""
    monkeypatch.setattr(lab_shelf, "AT_ONCE", 0)
    monkeypatch.setattr(lab_shelf, "_shelf", lab_shelf._Shelf())
    jobs.RECORDS.collection.delete_many({})
    return past


def setup(*names):
    return lab.setup(configurer(), RUNNING[DERBY], CODE, names or (NAME,), at=RECEIVED)


def opened(at=RECEIVED, *names, **more):
    return lab.opened(configurer(), setup(*names), at=at, **more)


def test_many_cases_are_read_by_the_worker_and_are_then_those_that_would_be_read_here(many, monkeypatch):
    waiting = opened()
    assert isinstance(waiting, lab.Waiting)
    assert (waiting.going, waiting.job.state) == (True, "waiting")
    assert opened().job.id == waiting.job.id
    assert lab_shelf.work_off("w", now)
    bench = opened()
    here = lab_reading.read(programme_of(), CODE, frozenset({NAME}))
    assert bench.columns.references == here.references
    for value in (5, 10, 15, 39.5, 90):
        assert bench.columns.is_known({NAME: value})
        mine = lab_counting.tried(bench.columns, {NAME: value}, 5)
        assert mine == lab_counting.tried(here, {NAME: value}, 5)


def test_another_process_takes_up_what_was_read(many, monkeypatch):
    opened()
    lab_shelf.work_off("w", now)
    first = opened()
    monkeypatch.setattr(lab_shelf, "_shelf", lab_shelf._Shelf())
    again = opened()
    assert again.columns is not first.columns
    assert np.array_equal(again.columns.now({NAME: 10}), first.columns.now({NAME: 10}))
    assert again.read_at == first.read_at


def test_it_is_read_again_when_it_is_old_or_wanted_afresh(many):
    opened()
    lab_shelf.work_off("w", now)
    assert isinstance(opened(RECEIVED + lab_shelf.FRESH - timedelta(seconds=1)), lab.Bench)
    assert isinstance(opened(RECEIVED + lab_shelf.FRESH), lab.Waiting)
    lab_shelf.work_off("w", lambda: RECEIVED + lab_shelf.FRESH)
    assert isinstance(opened(RECEIVED + lab_shelf.FRESH, afresh=True), lab.Waiting)


def test_cancelled_it_stays_so_until_somebody_wants_it_after_all(many):
    opened()
    lab.stop_reading(configurer(), setup(), at=RECEIVED)
    stopped = opened()
    assert (stopped.going, stopped.job.state) == (False, "cancelled")
    assert not lab_shelf.work_off("w", now)
    lab.read_on(configurer(), setup(), at=RECEIVED)
    assert lab_shelf.work_off("w", now)
    assert isinstance(opened(), lab.Bench)


def test_cancelled_while_the_worker_reads_it_stops_and_nothing_is_kept(many):
    opened()
    clock = iter(range(1_000))

    def then():
        if next(clock) == 2:  # after it was claimed
            lab.stop_reading(configurer(), setup(), at=RECEIVED)
        return RECEIVED

    assert lab_shelf.work_off("w", then)
    assert opened().job.state == "cancelled"
    wanted = lab_shelf.Wanted(programme_of(), CODE, frozenset({NAME}))
    assert readings.newest(INSIDE, wanted.key, RECEIVED - timedelta(seconds=1)) is None


def test_each_set_of_values_and_each_table_is_a_reading_of_its_own(many):
    assert opened().job.id != opened(RECEIVED, NAME, "local_min").job.id
    assert opened(RECEIVED, "local_min", NAME).job.id == opened(RECEIVED, NAME, "local_min").job.id


def test_a_reading_longer_than_a_document_is_kept_in_parts(many):
    content = bytes(readings._PART + 5)
    readings.put(INSIDE, "k", readings.Reading(RECEIVED, content))
    found = readings.newest(INSIDE, "k", RECEIVED - timedelta(seconds=1))
    assert found == readings.Reading(RECEIVED, content)
    assert readings.newest(INSIDE, "k", RECEIVED) is None
