"""A local difference: one parameter, one question's wording and one colour, each with its reason; one locked path."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from frontdoor import packs_dir
from frontdoor.domain.packs import Packs, Resolved, Source, gather, resolve
from frontdoor.domain.programme import Programme
from frontdoor.domain.rules.decide import from_facts
from frontdoor.store import shipped

PROGRAMME, AUTHORITY = "families-first", "northmoor"
LOCAL = {
    "/rules/early-help/parameters/ffs_min_domains/value",
    "/forms/eh-request/questions/concerns/ui/label/en",
    "/themes/theme/colours/accent",
}
# What every authority says for itself: its own numbers, its demonstration, its name.
OWN = ("/themes/notices/duty/", "/themes/notices/contact/", "/rules/demo/", "/owner/", "/languages/")
TWO_NEEDS = {"need_domains": 2}


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    return shipped.read(packs_dir()).sources


@pytest.fixture(scope="module")
def packs(sources: tuple[Source, ...]) -> Packs:
    return gather(sources)


def leaves(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, f"{at}/{key}")
    else:
        yield at, value


def with_overlay(sources: tuple[Source, ...], section: str, name: str, changes: dict[str, Any]) -> Resolved:
    """Resolve Northmoor with one overlay of ours in place of whatever it ships for that document."""
    document = {"extends": f"{PROGRAMME}@1", "because": "A trial, for a test", "replaces": {}, "changes": changes}
    ours = Source(f"{section}/{AUTHORITY}/{name}.json", AUTHORITY, section, name, document)
    kept = tuple(one for one in sources if one.file != ours.file)
    return resolve(gather((*kept, ours)), PROGRAMME, AUTHORITY)


def decided(packs: Packs, authority: str | None) -> str:
    tree = resolve(packs, PROGRAMME, authority).tree
    live = Programme.from_tree(tree, authority=authority, programme=PROGRAMME, number=1, digest="sha256:0")
    return from_facts(live.rules, "FF-L", TWO_NEEDS, as_of=date(2026, 11, 23)).decision


def test_northmoor_differs_in_one_parameter_one_wording_and_one_colour(packs: Packs) -> None:
    as_shipped = dict(leaves(resolve(packs, PROGRAMME).tree))
    local = dict(leaves(resolve(packs, PROGRAMME, AUTHORITY).tree))
    different = {at for at in {*as_shipped, *local} if as_shipped.get(at) != local.get(at) and not at.startswith(OWN)}
    assert different == LOCAL


@pytest.mark.parametrize("at", sorted(LOCAL))
def test_each_difference_says_whose_it_is_and_why(packs: Packs, at: str) -> None:
    origin = resolve(packs, PROGRAMME, AUTHORITY).origins()[at]
    assert origin["owner"] == AUTHORITY
    assert "Northmoor" in origin["because"]


def test_what_is_not_changed_keeps_its_origin(packs: Packs) -> None:
    origins = resolve(packs, PROGRAMME, AUTHORITY).origins()
    assert origins["/rules/early-help/parameters/clock_profile/value"]["owner"] == PROGRAMME
    assert origins["/rules/safeguarding/decisions/S0/hit"]["owner"] == "base"


def test_two_needs_go_to_the_action_meeting_in_northmoor_which_asks_for_three(packs: Packs) -> None:
    assert decided(packs, None) == "ffs"
    assert decided(packs, AUTHORITY) == "nam"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        pytest.param("mash", {"parameters": {"csc_min_level": {"value": 4}}}, id="where-social-care-decides"),
        pytest.param("mash", {"decisions": {"FF-M": {"rows": {"significant_harm": None}}}}, id="a-protective-row"),
        pytest.param("mash", {"decisions": {"FF-M": {"title": {"en": "Triage"}}}}, id="even-a-word-of-the-table"),
    ],
)
def test_a_locked_path_is_refused(sources: tuple[Source, ...], name: str, changes: dict[str, Any]) -> None:
    found = with_overlay(sources, "rules", name, changes)
    refused = [problem for problem in found.problems if problem.code == "locked"]
    assert refused
    assert refused[0].file == f"rules/{AUTHORITY}/{name}.json"
    parameters = found.tree["rules"]["mash"]["parameters"]
    assert parameters["csc_min_level"]["value"] == 3, "a refused overlay changes nothing"


def test_the_safeguarding_table_of_the_library_is_locked_for_everybody(sources: tuple[Source, ...]) -> None:
    found = with_overlay(sources, "rules", "safeguarding", {"decisions": {"S0": {"rows": {"concern": None}}}})
    assert "locked" in {problem.code for problem in found.problems}


def test_a_parameter_moves_only_inside_its_bounds(sources: tuple[Source, ...]) -> None:
    found = with_overlay(sources, "rules", "early-help", {"parameters": {"ffs_min_domains": {"value": 9}}})
    assert "bounded" in {problem.code for problem in found.problems}


def test_a_changed_original_is_a_conflict_for_a_person(sources: tuple[Source, ...]) -> None:
    def later(source: Source) -> Source:
        if source.file != f"rules/{PROGRAMME}/early-help.json":
            return source
        document = copy.deepcopy(dict(source.document))
        document["parameters"]["ffs_min_domains"]["value"] = 1
        return replace(source, document=document)

    found = resolve(gather(tuple(map(later, sources))), PROGRAMME, AUTHORITY)
    conflicts = [problem for problem in found.problems if problem.code == "original_changed"]
    assert [problem.where for problem in conflicts] == ["/replaces/~1parameters~1ffs_min_domains~1value"]
