from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import IO

import pytest
from tests.services.builders import DERBY, RECEIVED, answers, partner, programme_of, the_case

from frontdoor.domain.errors import NotFound
from frontdoor.services import deliver, filling, nominate_by_system, save_page, uploads
from frontdoor.services.forgotten_files import forget
from frontdoor.services.send import send
from frontdoor.store import files

TESS = partner()
SYSTEM = replace(TESS, account="token-school", kind="api", tokens=TESS.tokens | {"person:token-school"})
DAY = timedelta(days=1)
A_DAY_LATER = RECEIVED + DAY


@dataclass
class Sent:
    filename: str
    stream: IO[bytes]


def pdf(name="one.pdf"):
    return Sent(name, BytesIO(b"%PDF-1.4"))


@pytest.fixture
def draft(shipped):
    begun = filling.begin(TESS, "derby", filling.Purpose(), at=RECEIVED)
    return filling.rewritten(TESS, begun.id, lambda before: replace(before, answers=answers()))


def attach(draft, *names, forgotten=(), at=RECEIVED):
    opened = filling.resume(TESS, draft.id, at=at)
    after, _ = save_page.attach(TESS, opened, {"documents": [pdf(name) for name in names]}, forgotten, at=at)
    return after.draft.answers.get("documents", [])


def is_there(file_id):
    try:
        files.get(TESS, file_id)
    except NotFound:
        return False
    return True


def test_a_file_of_a_draft_is_kept_as_long_as_the_draft_is(draft):
    (kept,) = attach(draft, "one.pdf")
    for days in range(1, 30):
        assert forget(DERBY, at=RECEIVED + days * DAY) == 0
    assert is_there(kept)


def test_a_file_of_a_draft_thrown_away_is_destroyed_a_day_after_it_came_and_no_sooner(draft, database):
    (kept,) = attach(draft, "one.pdf")
    filling.discard(TESS, draft.id)
    assert forget(DERBY, at=A_DAY_LATER - timedelta(seconds=1)) == 0
    assert is_there(kept)
    assert forget(DERBY, at=A_DAY_LATER) == 1
    assert not is_there(kept)
    assert database["uploads.chunks"].count_documents({}) == 0
    assert forget(DERBY, at=A_DAY_LATER) == 0


def test_a_replaced_file_is_destroyed_and_the_one_in_its_place_kept(draft):
    (first,) = attach(draft, "one.pdf")
    (second,) = attach(draft, "two.pdf", forgotten=[first])
    assert forget(DERBY, at=A_DAY_LATER) == 1
    assert (is_there(first), is_there(second)) == (False, True)


def test_what_was_sent_is_never_destroyed(draft):
    (kept,) = attach(draft, "one.pdf")
    send(TESS, draft.id, at=RECEIVED)
    assert forget(DERBY, at=RECEIVED + 400 * DAY) == 0
    assert is_there(kept)


def test_a_file_that_was_sent_but_not_handed_over_yet_is_kept(draft, database):
    """The process ended between the two: the sent draft refers to it."""
    (kept,) = attach(draft, "one.pdf")
    send(TESS, draft.id, at=RECEIVED)
    database["uploads.files"].update_one({"_id": kept}, {"$set": {"look_again_at": A_DAY_LATER}})
    assert forget(DERBY, at=A_DAY_LATER) == 0
    assert is_there(kept)


def test_a_file_of_a_partners_system_that_no_nomination_names_is_destroyed(shipped):
    kept = uploads.keep_for_system(SYSTEM, pdf(), at=RECEIVED)
    assert forget(DERBY, at=A_DAY_LATER) == 1
    with pytest.raises(NotFound):
        files.get(SYSTEM, kept)


def test_a_file_that_a_systems_nomination_names_belongs_to_its_case(shipped):
    kept = uploads.keep_for_system(SYSTEM, pdf(), at=RECEIVED)
    told = answers(documents=[kept])
    done = nominate_by_system.nominate(SYSTEM, "derby", told, reference="SIMS-1", at=RECEIVED)
    assert forget(DERBY, at=A_DAY_LATER) == 0
    assert files.get(TESS, kept).name == "one.pdf", "its own organisation reads it"
    assert the_case(done.reference)


def test_the_worker_forgets_files_on_its_rounds(draft):
    attach(draft, "one.pdf")
    filling.discard(TESS, draft.id)
    done = deliver.round_of_work(lambda message: None, at=A_DAY_LATER, worker="w")
    assert (done.forgotten, programme_of().programme) == (1, "derby")
