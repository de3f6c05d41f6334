"""Every shipped file, alone and in every (authority, programme) that it is part of."""

import pytest

from frontdoor import packs_dir
from frontdoor.domain.packs import Packs, Source, gather, resolve
from frontdoor.domain.programme import Programme
from frontdoor.domain.schemas import validate
from frontdoor.services.check import tree_problems
from frontdoor.store import shipped
from frontdoor.store.shipped import Shipped

SOURCES = shipped.read(packs_dir()).sources
PAIRS = gather(SOURCES).pairs()
RUN = [pair for pair in PAIRS if pair[0]]


def test_every_shipped_file_can_be_read_and_belongs_to_an_owner(read: Shipped, packs: Packs) -> None:
    assert [str(problem) for problem in (*read.problems, *packs.problems)] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.file)
def test_each_shipped_document_keeps_to_its_meta_schema(source: Source) -> None:
    assert [str(problem) for problem in validate(source.kind, source.document)] == []


@pytest.mark.parametrize(("authority", "programme"), PAIRS, ids=str)
def test_every_authority_and_programme_passes_every_check(packs: Packs, authority: str | None, programme: str) -> None:
    found = resolve(packs, programme, authority)
    assert [str(problem) for problem in (*found.problems, *tree_problems(found.tree))] == []


@pytest.mark.parametrize(("authority", "programme"), RUN, ids=str)
def test_every_authority_has_a_pathway_words_duty_numbers_and_a_theme(
    packs: Packs, authority: str, programme: str
) -> None:
    tree = resolve(packs, programme, authority).tree
    made = Programme.from_tree(tree, authority=authority, programme=programme, number=1, digest="")
    assert made.pathway.intake.form in made.forms
    assert {"emergency", "in_hours", "out_of_hours"} <= set(made.notices["duty"])
    assert made.theme["colours"]
    assert made.words["family"]["en"]
    assert made.authority_title["en"]


def test_every_programme_is_run_by_some_authority() -> None:
    assert {programme for _, programme in RUN} == {programme for authority, programme in PAIRS if not authority}
