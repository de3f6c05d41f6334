"""The lab's numbers against the plain way: every case decided again, one by one; and who is told what."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from tests.conformance import lab as conformance
from tests.services.builders import DERBY, RECEIVED, RUNNING, programme_of, staff
from tests.services.configuring import SCREENED
from tests.services.test_simulate import CODE, INSIDE, past, plainly

from frontdoor.domain.errors import AnswersRejected, NotAllowed, NotFound, WrongState
from frontdoor.services import (
    change,
    change_screening,
    lab,
    lab_change,
    lab_counting,
    lab_reading,
    lab_record,
    lab_shelf,
    lab_sweep,
)
from frontdoor.store import facts

__all__ = ["past"]
GENERATED = 150
MOVED = [
    pytest.param("criteria_min", 1, id="a-threshold-of-the-table"),
    pytest.param("local_min", 2, id="another-of-the-table"),
    pytest.param("unauth_pct", 10, id="a-threshold-of-each-child"),
    pytest.param("lookback_months", 3, id="a-span-of-time"),
    pytest.param("benefit_codes", ["UC"], id="a-list"),
    pytest.param("crime_age_reference", "offence_date", id="which-date-counts"),
]


def configurer(name="Iona Configurer"):
    return staff("configurer", name=name)


def opened(*names, at=RECEIVED, afresh=True):
    setup = lab.setup(configurer(), RUNNING[DERBY], CODE, names, at=at)
    found = lab.opened(configurer(), setup, at=at, afresh=afresh)
    assert isinstance(found, lab.Bench)
    return found


@pytest.mark.parametrize(("name", "value"), MOVED)
def test_a_step_gives_the_numbers_of_deciding_every_case_again(past, name, value):
    plain = list(plainly({name: value}))
    tried = lab.attempt(opened(name), {name: value})
    assert {(cell.was, cell.now): cell.count for cell in tried.matrix} == Counter(
        (was[0], now[0]) for _, was, now in plain
    )
    assert tried.moved == sum(was[0] != now[0] for _, was, now in plain)
    movers, total = lab.who(configurer(), opened(name), {name: value})
    assert [one.reference for one in movers] == sorted(ref for ref, was, now in plain if was[0] != now[0])
    assert total == tried.moved


@pytest.mark.parametrize("seed", [7, 23])
def test_over_generated_cases_with_missing_answers_every_move_agrees_with_the_engine(shipped, seed):
    live = programme_of()
    made = list(conformance.generated(live, seed, GENERATED))
    conformance.store(live, made, Random(seed))  # noqa: S311 - invented cells
    assert list(conformance.differences(live, made, conformance.MOVES)) == []


def test_cases_worked_out_under_other_rules_are_decided_afresh(past, shipped):
    wanted = lab.attempt(opened("criteria_min"), {"criteria_min": 1})
    shipped[facts.BASES].update_many({}, {"$set": {"rules": "of another day"}})
    assert lab.attempt(opened("criteria_min"), {"criteria_min": 1}).matrix == wanted.matrix


def test_cases_that_were_never_asked_are_not_guessed(past, shipped):
    for basis in shipped[facts.BASES].find():
        left = [pair for pair in basis["paths"] if not pair[0].endswith(".local_criteria")]
        shipped[facts.BASES].update_one({"_id": basis["_id"]}, {"$set": {"paths": left, "rules": "of another day"}})
    tried = lab.attempt(opened("local_min"), {"local_min": 2})
    assert tried.undecided > 0


def test_a_restricted_case_is_counted_but_never_named(past, shipped):
    movers, total = lab.who(configurer(), opened("criteria_min"), {"criteria_min": 1})
    hidden = movers[0].reference
    for name in (facts.COLLECTION, facts.WHOLE):
        shipped[name].update_one({"reference": hidden}, {"$set": {"tokens": ["person:somebody"]}})
    again, fewer = lab.who(configurer(), opened("criteria_min"), {"criteria_min": 1})
    assert hidden not in [one.reference for one in again]
    assert fewer == total - 1
    assert lab.attempt(opened("criteria_min"), {"criteria_min": 1}).moved == total


def test_references_are_links_only_for_who_may_open_the_case(past):
    movers, _ = lab.who(configurer(), opened("criteria_min"), {"criteria_min": 1})
    assert movers
    assert not any(one.openable for one in movers)
    officer, _ = lab.who(staff(), opened("criteria_min"), {"criteria_min": 1})
    assert all(one.openable for one in officer)


def test_groups_are_told_rounded_and_small_ones_not_at_all(past):
    bench = opened("criteria_min")
    tried = lab.attempt(bench, {bench.name: 1})
    told = [
        count
        for shares in tried.by.values()
        for one in shares
        for count in (one.cases, one.moved, *one.before.values(), *one.after.values())
    ]
    assert None in told
    assert all(count is None or (count >= tried.threshold and count % tried.threshold == 0) for count in told)


def test_a_sweep_has_every_value_of_the_range_and_the_numbers_of_single_steps(past):
    bench = opened("criteria_min")
    points = lab_sweep.sweep(bench, {"criteria_min": 2}, seconds=60)
    assert [one.value for one in points] == [1, 2, 3]
    assert [one.live for one in points] == [False, True, False]
    assert [one.moved for one in points] == [lab.attempt(bench, {bench.name: value}).moved for value in (1, 2, 3)]
    assert sum(points[0].totals.values()) == len(past)


def test_a_sweep_that_takes_long_goes_on_where_it_stopped(past):
    bench = opened("benefit_codes")
    now = bench.setting.value
    first = lab_sweep.sweep(bench, {"benefit_codes": now}, seconds=0)
    assert not all(one.known for one in first)
    lab_sweep.sweep(bench, {"benefit_codes": now}, seconds=60)
    assert all(one.known for one in lab_sweep.sweep(bench, {"benefit_codes": now}, seconds=0))


@pytest.mark.parametrize("name", ["criteria_min", "unauth_pct", "lookback_months", "child_age_limit"])
def test_every_value_of_a_number_is_known_as_soon_as_the_cases_are_read(past, name):
    bench = opened(name)
    assert all(bench.columns.is_known({name: value}) for value in lab_sweep.swept(bench.setting, bench.setting.value))


def test_the_cases_in_memory_are_read_again_when_they_are_old(past, shipped):
    def read_at(at):
        return opened("criteria_min", at=at, afresh=False).read_at

    first = read_at(RECEIVED)
    assert read_at(RECEIVED + timedelta(minutes=1)) == first
    assert read_at(RECEIVED + lab_shelf.FRESH) == RECEIVED + lab_shelf.FRESH


def test_only_who_configures_or_approves_may_use_the_lab(past):
    with pytest.raises(NotAllowed):
        lab.setup(staff(), RUNNING[DERBY], CODE, ["criteria_min"], at=RECEIVED)
    with pytest.raises(NotFound):
        opened("no_such_value")
    with pytest.raises(AnswersRejected):
        lab.typed(opened("criteria_min").setting, "99")


def test_a_draft_from_the_lab_carries_what_was_seen_and_asks_for_the_screening(past):
    bench = opened("local_min")
    tried = lab.attempt(bench, {bench.name: 2})
    made = lab_change.draft(
        configurer(), bench, {"local_min": "2"}, ("Board, item 4", "Minute of 12 March"), at=RECEIVED
    )
    assert made.edits[0].value == 2
    assert (made.simulation["moved"], made.simulation["cases"]) == (tried.moved, tried.cases)
    assert made.to_screen
    with pytest.raises(WrongState, match="equality"):
        change.screened(made)
    done = change_screening.screen(configurer(), made.id, SCREENED, at=RECEIVED, revision=made.revision)
    change.screened(done)
    assert not done.to_screen


def test_a_screening_says_of_each_question_that_it_lacks_an_answer(past):
    made = lab_change.draft(configurer(), opened("local_min"), {"local_min": "2"}, ("Board", "Minute"), at=RECEIVED)
    with pytest.raises(AnswersRejected) as refused:
        change_screening.screen(configurer(), made.id, {"equality": "maybe"}, at=RECEIVED, revision=made.revision)
    wanted = {f"/{one.id}" for one in change_screening.SCREENING if one.needed}
    assert {one.where for one in refused.value.problems} == wanted


def test_a_draft_without_title_or_why_is_not_begun(past):
    with pytest.raises(AnswersRejected):
        lab_change.draft(configurer(), opened("local_min"), {"local_min": "2"}, ("Board", " "), at=RECEIVED)
    assert list(change.all_of(configurer())) == []


def test_the_transparency_record_says_what_it_decides_on_what_and_how_it_was_tested(past):
    made = lab_change.draft(configurer(), opened("local_min"), {"local_min": "2"}, ("Board", "Minute"), at=RECEIVED)
    made = change_screening.screen(configurer(), made.id, SCREENED, at=RECEIVED, revision=made.revision)
    record = lab_record.of(configurer(), made.id, at=RECEIVED)
    moved = next(one for one in record.parameters if one.now != one.proposed)
    assert (moved.now, moved.proposed) == (1, 2)
    assert len(record.logic) == len(programme_of().rules.decisions[CODE].rows) + 1
    assert record.data_used
    assert record.to_json()["screening"]["answers"]["equality"] == "watched"
    assert past[0] not in str(record.to_json())


def test_columns_and_counting_of_no_cases_at_all(shipped):
    columns = lab_reading.read(programme_of(), CODE, frozenset({"criteria_min"}))
    tried = lab_counting.tried(columns, {"criteria_min": 1}, 5)
    assert (tried.cases, tried.moved, tried.matrix) == (0, 0, ())
    assert INSIDE.authority == DERBY


SEVERAL = [
    pytest.param({"unauth_pct": 10, "lookback_months": 3}, id="two-of-each-child"),
    pytest.param({"criteria_min": 1, "unauth_pct": 10}, id="one-that-counts-what-the-other-moves"),
    pytest.param({"criteria_min": 3, "benefit_codes": ["UC"], "lookback_months": 36}, id="three-and-a-list-among-them"),
    pytest.param({"local_min": 2, "child_age_limit": 16, "adult_age": 19, "unauth_pct": 40}, id="four"),
]


@pytest.mark.parametrize("values", SEVERAL)
def test_several_values_at_once_give_the_numbers_of_deciding_every_case_again(past, values):
    tried = lab.attempt(opened(*values), values)
    assert {(cell.was, cell.now): cell.count for cell in tried.matrix} == Counter(
        (was[0], now[0]) for _, was, now in plainly(values)
    )


def test_a_sweep_holds_the_other_values_as_they_are_tried(past):
    bench = opened("criteria_min", "local_min")
    points = lab_sweep.sweep(bench, {"criteria_min": 2, "local_min": 2}, seconds=60)
    wanted = [lab.attempt(bench, {"criteria_min": value, "local_min": 2}).moved for value in (1, 2, 3)]
    assert [one.moved for one in points] == wanted


def test_at_most_four_values_are_moved_together(past):
    with pytest.raises(NotFound):
        opened("criteria_min", "local_min", "unauth_pct", "lookback_months", "adult_age")


def test_a_draft_carries_every_value_that_was_moved_and_no_other(past):
    bench = opened("local_min", "criteria_min", "unauth_pct")
    typed = {"local_min": "2", "criteria_min": "3", "unauth_pct": str(bench.now["unauth_pct"])}
    made = lab_change.draft(configurer(), bench, typed, ("Board", "Minute of 12 March"), at=RECEIVED)
    assert {edit.pointer.split("/")[4]: edit.value for edit in made.edits} == {"local_min": 2, "criteria_min": 3}
    assert [(one["parameter"], one["value"]) for one in made.simulation["moves"]] == [
        ("local_min", 2),
        ("criteria_min", 3),
    ]
    assert made.simulation["moved"] == lab.attempt(bench, {"local_min": 2, "criteria_min": 3}).moved
