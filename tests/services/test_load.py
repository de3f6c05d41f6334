import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.services.builders import DERBY
from tests.services.configuring import (
    CONFIGURER,
    LOCAL_MIN,
    NOW,
    approved,
    checked,
    edited,
    installed,
    live_value,
    published,
    submitted,
)  # fmt: skip

from frontdoor import packs_dir
from frontdoor.domain.canonical import digest
from frontdoor.domain.errors import Conflict, DocumentRejected, NotFound
from frontdoor.services import change, change_edits, journey, load, proposed
from frontdoor.store import changes, snapshots

__all__ = ["installed"]
EXCLUSIONS = "/rules/eligibility/parameters/fixed_excl_min/value"
DUTY_LABEL = "/themes/notices/duty/in_hours/label/en"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of the shipped packs, to change."""
    for section in ("forms", "rules", "themes"):
        shutil.copytree(packs_dir() / section, tmp_path / section)
    return tmp_path


def rewrite(packs: Path, file: str, pointer: str, value: object) -> None:
    """Set one value of a shipped file."""
    path = packs / file
    document = json.loads(path.read_text())
    *branch, last = pointer.split("/")[1:]
    below = document
    for step in branch:
        below = below[step]
    below[last] = value
    path.write_text(json.dumps(document))


def raise_exclusions(packs: Path, to: int = 4) -> None:
    rewrite(packs, "rules/derby/eligibility.json", "/parameters/fixed_excl_min/value", to)


def raise_local(packs: Path) -> None:
    rewrite(packs, "rules/derby/eligibility.json", "/parameters/local_min/value", 3)


def released(packs: Path, release: str = "2.0") -> change.Change:
    """The draft that a newer release opens for the authority."""
    outcomes = {one.authority: one.outcome for one in load.load_shipped(packs, release, at=NOW)}
    assert outcomes == {DERBY: "drafted", "northmoor": "unchanged"}
    (draft,) = [one for one in changes.all_of(CONFIGURER) if one.kind == "release" and one.is_open]
    return draft


@pytest.mark.usefixtures("installed")
def test_the_first_release_is_in_force_from_the_beginning_and_says_who_set_and_keeps_what():
    first = snapshots.live(DERBY, "derby", NOW - timedelta(days=365))
    assert (first.number, first.digest, first.shipped_digest) == (1, digest(first.tree), digest(first.tree))
    assert first.policies["derby"]["/rules/eligibility/decisions"] == "locked"
    assert first.origins["/themes/theme/colours/accent"]["owner"] == DERBY
    assert first.origins[LOCAL_MIN]["owner"] == "derby"


@pytest.mark.usefixtures("installed")
def test_the_same_packs_again_change_nothing():
    assert {one.outcome for one in load.load_shipped(packs_dir(), "1.1", at=NOW)} == {"unchanged"}
    assert changes.all_of(CONFIGURER) == ()


def test_packs_that_fail_a_check_publish_nothing_anywhere(opened, database, packs):
    rewrite(packs, "rules/derby/eligibility.json", "/parameters/local_min/value", "many")
    with pytest.raises(DocumentRejected) as refused:
        load.load_shipped(packs, "1.0", at=NOW)
    assert [(one.file, one.where) for one in refused.value.problems][:1] == [
        ("rules/derby/eligibility.json", "/parameters/local_min/value")
    ]
    assert len(set(refused.value.problems)) == len(refused.value.problems)
    assert snapshots.authorities() == ()


@pytest.mark.usefixtures("installed")
def test_a_newer_release_moves_nobody_and_opens_one_draft(packs):
    raise_exclusions(packs)
    draft = released(packs)
    assert (draft.title, draft.state, live_value(EXCLUSIONS)) == ("Release 2.0", "draft", 3)
    assert {one.outcome for one in load.load_shipped(packs, "2.0", at=NOW)} == {"unchanged"}
    assert len(changes.all_of(CONFIGURER)) == 1


@pytest.mark.usefixtures("installed")
def test_a_release_is_checked_approved_and_published_with_what_the_authority_had_changed(packs):
    published(approved(submitted(checked(edited(edited(), "Our team", pointer=DUTY_LABEL)))))
    raise_exclusions(packs)
    draft = released(packs)
    told = journey.of(CONFIGURER, draft.id, at=NOW).differences
    assert [(one.pointer, one.was, one.now) for one in told] == [(EXCLUSIONS, 3, 4)]
    done = published(approved(submitted(checked(draft))))
    made = snapshots.get(DERBY, "derby", done.published)
    assert (live_value(EXCLUSIONS), live_value(LOCAL_MIN), live_value(DUTY_LABEL)) == (4, 2, "Our team")
    assert (made.release, made.shipped_digest == made.digest) == ("2.0", False)
    assert {edit.pointer for edit in made.edits} == {LOCAL_MIN, DUTY_LABEL}
    assert made.origins[LOCAL_MIN]["owner"] == DERBY
    assert {one.outcome for one in load.load_shipped(packs, "2.0", at=NOW)} == {"unchanged"}


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("keep", "value"), [(True, 2), (False, 3)], ids=["ours", "the-release's"])
def test_where_both_changed_a_value_a_person_chooses_and_the_choice_holds(packs, keep, value):
    published()
    raise_local(packs)
    draft = released(packs)
    (clash,) = journey.of(CONFIGURER, draft.id, at=NOW).clashes
    assert (clash.pointer, clash.mine, clash.theirs) == (LOCAL_MIN, 2, 3)
    with pytest.raises(Conflict):
        checked(draft)
    settled = change_edits.settle(CONFIGURER, draft.id, LOCAL_MIN, keep=keep, at=NOW, revision=draft.revision)
    assert journey.of(CONFIGURER, draft.id, at=NOW).clashes == []
    published(approved(submitted(checked(settled))))
    assert live_value(LOCAL_MIN) == value
    raise_exclusions(packs)
    following = released(packs, "3.0")
    assert proposed.clashes(following, at=NOW) == []
    published(approved(submitted(checked(following))))
    assert (live_value(LOCAL_MIN), live_value(EXCLUSIONS)) == (value, 4)


@pytest.mark.usefixtures("installed")
def test_a_value_that_a_release_locks_is_the_releases(packs):
    published()
    rewrite(packs, "rules/derby/owner.json", "/policy", {"/rules/eligibility": "locked"})
    raise_local(packs)
    draft = released(packs)
    with pytest.raises(DocumentRejected, match="keeps"):
        change_edits.settle(CONFIGURER, draft.id, LOCAL_MIN, keep=True, at=NOW, revision=draft.revision)
    settled = change_edits.settle(CONFIGURER, draft.id, LOCAL_MIN, keep=False, at=NOW, revision=draft.revision)
    published(approved(submitted(checked(settled))))
    assert live_value(LOCAL_MIN) == 3


@pytest.mark.usefixtures("installed")
def test_a_newer_release_takes_the_place_of_one_that_nobody_published(packs):
    raise_exclusions(packs)
    first = released(packs, "2.0")
    raise_exclusions(packs, 5)
    second = released(packs, "2.1")
    assert changes.get(CONFIGURER, first.id).state == "withdrawn"
    published(approved(submitted(checked(second))))
    assert live_value(EXCLUSIONS) == 5


@pytest.mark.usefixtures("installed")
def test_a_release_that_was_given_up_is_not_offered_again(packs):
    raise_exclusions(packs)
    draft = released(packs)
    change.withdraw(CONFIGURER, draft.id, at=NOW, revision=draft.revision)
    load.load_shipped(packs, "2.0", at=NOW)
    assert [one.state for one in changes.all_of(CONFIGURER)] == ["withdrawn"]


@pytest.mark.usefixtures("installed")
def test_a_release_whose_packs_are_gone_says_so_and_can_be_given_up(packs):
    raise_exclusions(packs)
    draft = released(packs)
    shutil.rmtree(packs)
    assert "Load it again" in journey.of(CONFIGURER, draft.id, at=NOW).blocked
    assert change.withdraw(CONFIGURER, draft.id, at=NOW, revision=draft.revision).state == "withdrawn"


@pytest.mark.usefixtures("installed")
def test_a_bundle_holds_the_whole_configuration_and_the_authoritys_edits():
    published()
    made = load.bundle(snapshots.live(DERBY, "derby", NOW))
    assert digest(made["tree"]) == made["digest"]
    assert [(edit["pointer"], edit["was"], edit["value"]) for edit in made["edits"]] == [(LOCAL_MIN, 1, 2)]


def test_an_authority_that_was_never_loaded_has_nothing(opened, database):
    with pytest.raises(NotFound):
        live_value(LOCAL_MIN)
