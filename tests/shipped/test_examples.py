"""Every worked example: those beside the shipped rules under every authority, and the domain's own."""

import json
from datetime import date
from pathlib import Path

import pytest

from frontdoor import packs_dir
from frontdoor.domain.packs import Packs, gather, resolve
from frontdoor.domain.programme import Programme
from frontdoor.services.examples import of_packs, read, run, run_for
from frontdoor.store import shipped

TODAY = date(2026, 11, 23)
READ = shipped.read(packs_dir())
FILES = [path.relative_to(READ.root).as_posix() for path in READ.examples]
AUTHORITIES = sorted({source.owner for source in READ.sources if source.document.get("kind") == "authority"})
OF_THE_DOMAIN = Path(__file__).with_name("examples_of_the_domain.jsonl")


def packs_named() -> tuple[str, ...]:
    """The programmes that are shipped."""
    return gather(READ.sources).programmes()


@pytest.mark.parametrize("file", FILES)
def test_the_examples_beside_each_rule_set_hold(packs: Packs, file: str) -> None:
    tally = run((READ.root / file).read_text().splitlines(), of_packs(packs, TODAY))
    assert tally.green, [*tally.failures, *tally.unknown]
    assert tally.passed


def shipped_defaults(packs: Packs, authority: str, file: str) -> dict[str, object]:
    """The values that the pack itself ships: an authority that moves a number does not make its examples wrong."""
    rows = [row for row in map(read, (READ.root / file).read_text().splitlines()) if not isinstance(row, str)]
    bench, local = of_packs(packs, TODAY), of_packs(packs, TODAY, authority)
    return {
        name: value
        for pack in {row.pack for row in rows}
        for name, value in bench.programme(pack).parameters.items()
        if name in local.programme(pack).parameters
    }


@pytest.mark.parametrize("authority", AUTHORITIES)
@pytest.mark.parametrize("file", FILES)
def test_the_examples_hold_under_every_authority(packs: Packs, file: str, authority: str) -> None:
    bench = of_packs(packs, TODAY, authority, shipped_defaults(packs, authority, file))
    tally = run((READ.root / file).read_text().splitlines(), bench)
    assert tally.green, [*tally.failures, *tally.unknown]


def test_every_row_that_was_worked_out_by_hand_holds(packs: Packs) -> None:
    lines = Path(__file__).with_name("worked_out_by_hand.jsonl").read_text(encoding="utf-8").splitlines()
    tally = run(lines, of_packs(packs, TODAY))
    assert tally.green, [*tally.failures, *tally.unknown]
    assert tally.passed == len(lines) > 300


def test_the_domains_own_examples_hold_for_every_rule_that_is_shipped(packs: Packs) -> None:
    tally = run(OF_THE_DOMAIN.read_text(encoding="utf-8").splitlines(), of_packs(packs, TODAY))
    assert tally.failures == ()
    assert tally.passed >= 40
    assert all(name.rpartition(" (")[2].rstrip(")") not in packs.programmes() or name == "TFP1-P (derby)"
               for name in tally.unknown), tally.unknown  # fmt: skip


@pytest.mark.parametrize("name", sorted(packs_named()))
def test_a_board_that_moves_a_number_does_not_make_the_examples_wrong(packs: Packs, name: str) -> None:
    tree = json.loads(json.dumps(resolve(packs, name).tree))
    moved = 0
    for parameter in (one for rules in tree["rules"].values() for one in rules.get("parameters", {}).values()):
        if "max" in parameter.get("bounds", {}) and parameter["value"] != parameter["bounds"]["max"]:
            parameter["value"], moved = parameter["bounds"]["max"], moved + 1
    changed = Programme.from_tree(tree, authority=None, programme=name, number=2, digest="")
    tally = run_for(changed)
    assert moved
    assert tally.green, [*tally.failures, *tally.unknown]
    assert tally.passed


@pytest.mark.parametrize("name", sorted(packs_named()))
def test_an_edit_of_a_rule_is_caught_by_the_examples(packs: Packs, name: str) -> None:
    tree = json.loads(json.dumps(resolve(packs, name).tree))
    for rules in tree["rules"].values():
        for decision in rules.get("decisions", {}).values():
            for row in decision["rows"].values():
                row["when"] = False
    changed = Programme.from_tree(tree, authority=None, programme=name, number=2, digest="")
    assert run_for(changed).failures
