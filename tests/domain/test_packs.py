"""From files of many owners to one tree: the chain, whole documents, library parts, overlays, policies and origins."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.domain.canonical import digest
from frontdoor.domain.errors import NotFound
from frontdoor.domain.packs import Packs, Resolved, Source, gather, kind_of, resolve


def text(words: str) -> dict[str, str]:
    return {"en": words}


def source(file: str, document: dict[str, Any]) -> Source:
    section, owner, name = file.removesuffix(".json").split("/", 2)
    return Source(file, owner, section, name, document)


def question(label: str, **ui: Any) -> dict[str, Any]:
    return {"type": "string", "ui": {"order": 10, "widget": "text", "label": text(label), **ui}}


PERSON = {
    "id": "person",
    "part": True,
    "title": text("Person"),
    "pages": {"person": {"order": 10, "title": text("Person")}},
    "conditions": {"named": {"label": text("Named"), "logic": {"!!": [{"var": "row.given_name"}]}}},
    "questions": {"given_name": question("Given name", page="person"), "nino": question("NI number", page="person")},
}
PARAMETER = {"order": 10, "label": text("Least needs"), "type": "integer", "value": 2, "bounds": {"min": 1, "max": 4},
             "source": "guidance"}  # fmt: skip
RULES = {"id": "eligibility", "title": text("Eligibility"), "parameters": {"least": PARAMETER}}
FORM = {
    "id": "nomination",
    "title": text("Nomination"),
    "pages": {"about": {"order": 10, "title": text("About")}},
    "parts": {"adult": {"$ref": "urn:frontdoor:base:person", "order": 20, "changes": {"questions": {"nino": None}}}},
    "questions": {
        "children": {
            "type": "array",
            "$ref": "urn:frontdoor:base:person",
            "ui": {"page": "about", "order": 10, "widget": "group", "label": text("Children"), "max_items": 9},
            "questions": {"nino": None, "given_name": {"ui": {"hint": text("As on the register")}}},
        }
    },
}


def base(**owner: Any) -> list[Source]:
    return [
        source("rules/base/owner.json", {"kind": "base", "title": text("Library"), "version": 1, **owner}),
        source("forms/base/person.json", PERSON),
        source(
            "rules/base/codes.json", {"lists": {"need": {"label": text("Need"), "codes": {"A": {"label": text("A")}}}}}
        ),
    ]


def programme(*more: Source, **owner: Any) -> list[Source]:
    document = {"kind": "programme", "title": text("Programme"), "version": 2, "extends": "base@1", **owner}
    return [
        source("rules/family/owner.json", document),
        source("rules/family/eligibility.json", RULES),
        source("forms/family/nomination.json", FORM),
        *more,
    ]


def authority(*more: Source, name: str = "east", runs: str = "family@2", **owner: Any) -> list[Source]:
    programmes = {"family": {"extends": runs, "reference_prefix": "EAS"}}
    document = {"kind": "authority", "title": text("East"), "version": 1, "extends": "base@1", "programmes": programmes}
    return [source(f"rules/{name}/owner.json", {**document, **owner}), *more]


def overlay(
    changes: dict[str, Any], replaces: dict[str, Any] | None = None, *, extends: str = "family@2", **more: Any
) -> dict[str, Any]:
    recorded = {at: f"sha256:{digest(value)}" for at, value in (replaces or {}).items()}
    return {"extends": extends, "because": "The board, 12 March 2026", "changes": changes, "replaces": recorded, **more}


LEAST_3 = overlay({"parameters": {"least": {"value": 3}}}, {"/parameters/least/value": 2})


def resolved(*sources: list[Source], of: str | None = "east") -> Resolved:
    return resolve(packs(*sources), "family", of)


def packs(*sources: list[Source]) -> Packs:
    return gather(one for some in sources for one in some)


def told(found: Resolved) -> list[str]:
    return [f"{one.file}#{one.where} {one.code}" for one in found.problems]


KINDS = [
    ("forms", "nomination", {}, "form"),
    ("forms", "person", {"part": True}, "part"),
    ("forms", "nomination", {"extends": "family@2"}, "overlay"),
    ("rules", "owner", {"extends": "base@1"}, "owner"),
    ("rules", "clocks", {}, "clocks"),
    ("rules", "eligibility", {}, "rule_set"),
    ("rules", "eligibility", {"extends": "family@2"}, "overlay"),
    ("themes", "letters/welcome", {}, "letter"),
    ("themes", "theme", {}, "theme"),
    ("themes", "novel", {}, ""),
]


@pytest.mark.parametrize(("section", "name", "document", "kind"), KINDS, ids=lambda value: str(value) or "none")
def test_the_kind_of_a_document_follows_from_its_place(
    section: str, name: str, document: dict[str, Any], kind: str
) -> None:
    assert kind_of(section, name, document) == kind


def test_a_programme_resolves_without_an_authority() -> None:
    found = resolved(base(), programme(), of=None)
    assert told(found) == []
    assert [owner.id for owner in found.chain] == ["base", "family"]
    assert found.tree["rules"]["eligibility"] == RULES


def test_the_tree_says_whose_it_is() -> None:
    found = resolved(base(languages={"en": {"order": 10}, "cy": {"order": 20}}), programme(), authority())
    assert found.tree["owner"]["authority"] == "east"
    assert found.tree["owner"]["reference_prefix"] == "EAS"
    assert found.tree["owner"]["timezone"] == "Europe/London"
    assert set(found.tree["languages"]) == {"en", "cy"}


def test_an_authority_gets_only_its_difference_and_the_reason_stays_with_the_value() -> None:
    found = resolved(base(), programme(), authority(source("rules/east/eligibility.json", LEAST_3)))
    assert told(found) == []
    assert found.tree["rules"]["eligibility"]["parameters"]["least"] == {**PARAMETER, "value": 3}
    origins = found.origins()
    assert origins["/rules/eligibility/parameters/least/value"] == {
        "owner": "east", "version": "1", "because": "The board, 12 March 2026",
    }  # fmt: skip
    assert origins["/rules/eligibility/parameters/least/bounds/max"]["owner"] == "family"


def test_a_consortium_stands_between_programme_and_authority() -> None:
    region = {"kind": "consortium", "title": text("Region"), "version": 4, "extends": "family@2"}
    between = [source("rules/region/owner.json", region), source("rules/region/eligibility.json", LEAST_3)]
    own = overlay({"parameters": {"least": {"value": 4}}}, {"/parameters/least/value": 3}, extends="region@4")
    found = resolved(
        base(), programme(), between, authority(source("rules/east/eligibility.json", own), runs="region@4")
    )
    assert told(found) == []
    assert [owner.id for owner in found.chain] == ["base", "family", "region", "east"]
    assert found.tree["rules"]["eligibility"]["parameters"]["least"]["value"] == 4
    alone = resolved(base(), programme(), between, of="region")
    assert alone.tree["rules"]["eligibility"]["parameters"]["least"]["value"] == 3


def test_an_overlay_may_carry_another_name_so_that_two_programmes_fit_in_one_folder() -> None:
    named = {**LEAST_3, "document": "eligibility"}
    found = resolved(base(), programme(), authority(source("rules/east/family-eligibility.json", named)))
    assert told(found) == []
    assert found.tree["rules"]["eligibility"]["parameters"]["least"]["value"] == 3
    assert "family-eligibility" not in found.tree["rules"]


def test_an_overlay_of_another_programme_that_the_authority_runs_is_left_alone() -> None:
    other = {"kind": "programme", "title": text("Other"), "version": 1, "extends": "base@1"}
    others = [source("rules/other/owner.json", other)]
    mine = source("rules/east/other-rules.json", overlay({"title": text("x")}, extends="other@1", document="rules"))
    assert told(resolved(base(), programme(), others, authority(mine))) == []


def test_a_part_brings_its_pages_conditions_and_questions() -> None:
    form = resolved(base(), programme(), of=None).tree["forms"]["nomination"]
    assert "parts" not in form
    assert set(form["pages"]) == {"about", "person"}
    assert form["pages"]["person"]["order"] == pytest.approx(20.01)
    assert set(form["questions"]) == {"children", "given_name"}
    assert set(form["conditions"]) == {"named"}


def test_a_group_gets_the_questions_and_conditions_of_its_row_from_a_part() -> None:
    children = resolved(base(), programme(), of=None).tree["forms"]["nomination"]["questions"]["children"]
    assert "$ref" not in children
    assert set(children["questions"]) == {"given_name"}
    assert children["questions"]["given_name"]["ui"]["hint"] == text("As on the register")
    assert "page" not in children["questions"]["given_name"]["ui"]
    assert set(children["conditions"]) == {"named"}


def test_a_part_may_be_re_homed_on_one_page_of_the_form() -> None:
    use = {"$ref": "urn:frontdoor:base:person", "page": "about", "order": 30}
    form = {**FORM, "parts": {"adult": use}, "questions": {}}
    found = resolve(packs(base(), [*programme()[:2], source("forms/family/nomination.json", form)]), "family")
    made = found.tree["forms"]["nomination"]
    assert set(made["pages"]) == {"about"}
    assert made["questions"]["nino"]["ui"]["page"] == "about"
    assert made["questions"]["nino"]["ui"]["order"] == pytest.approx(30.01)


def test_an_overlay_points_into_the_form_as_people_see_it() -> None:
    label = "/questions/given_name/ui/label/en"
    change = overlay({"questions": {"given_name": {"ui": {"label": text("First name")}}}}, {label: "Given name"})
    found = resolved(base(), programme(), authority(source("forms/east/nomination.json", change)))
    assert told(found) == []
    assert found.tree["forms"]["nomination"]["questions"]["given_name"]["ui"]["label"] == text("First name")


LOCATED = [
    ("/rules/eligibility/parameters/least/value", ("rules/east/eligibility.json", "/changes/parameters/least/value")),
    ("/rules/eligibility/parameters/least/type", ("rules/family/eligibility.json", "/parameters/least/type")),
    ("/rules/eligibility/parameters", ("rules/family/eligibility.json", "/parameters")),
    ("/forms/nomination/questions/given_name/ui/label", ("forms/base/person.json", "/questions/given_name/ui/label")),
    ("/forms/nomination/questions/children/questions/given_name/type",
     ("forms/base/person.json", "/questions/given_name/type")),
    ("/forms/nomination/questions/children/ui", ("forms/family/nomination.json", "/questions/children/ui")),
    ("", ("rules/east/owner.json", "")),
]  # fmt: skip


@pytest.mark.parametrize(("where", "expected"), LOCATED, ids=[where or "whole" for where, _ in LOCATED])
def test_what_the_tree_holds_is_traced_to_the_file_that_set_it(where: str, expected: tuple[str, str]) -> None:
    found = resolved(base(), programme(), authority(source("rules/east/eligibility.json", LEAST_3)))
    assert found.locate(where) == expected


REFUSED = [
    pytest.param(source("rules/east/eligibility.json", RULES), "rules/east/eligibility.json# inherited",
                 id="a-whole-document-that-is-inherited"),
    pytest.param(source("rules/east/eligibility.json", {**LEAST_3, "extends": "family@1"}),
                 "rules/east/eligibility.json#/extends old_version", id="an-older-version-of-the-original"),
    pytest.param(source("rules/east/eligibility.json", {**LEAST_3, "extends": "nobody@1"}),
                 "rules/east/eligibility.json#/extends unknown_owner", id="an-owner-that-does-not-exist"),
    pytest.param(source("rules/east/eligibilty.json", LEAST_3), "rules/east/eligibilty.json# nothing_inherited",
                 id="a-document-that-does-not-exist"),
    pytest.param(source("forms/east/person.json", overlay({"title": text("Human")}, extends="base@1")),
                 "forms/east/person.json# nothing_inherited", id="a-library-part"),
    pytest.param(source("rules/east/eligibility.json", overlay({"parameters": {"least": {"value": 3}}})),
                 "rules/east/eligibility.json#/replaces not_recorded", id="a-value-replaced-without-its-digest"),
    pytest.param(source("rules/east/eligibility.json",
                        overlay({"parameters": {"least": {"value": 3}}}, {"/parameters/least/value": 1})),
                 "rules/east/eligibility.json#/replaces/~1parameters~1least~1value original_changed",
                 id="an-original-that-has-changed"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "problem"), REFUSED)
def test_an_overlay_that_does_not_fit_is_a_problem_at_its_place(one: Source, problem: str) -> None:
    assert told(resolved(base(), programme(), authority(one))) == [problem]


POLICIES = [
    pytest.param("/rules/eligibility", "locked", ["/changes/parameters/least/value locked"], id="locked-document"),
    pytest.param("/rules", "locked", ["/changes/parameters/least/value locked"], id="locked-section"),
    pytest.param("/rules/eligibility/parameters/least/value", "locked", ["/changes/parameters/least/value locked"],
                 id="locked-value"),
    pytest.param("/rules/eligibility/parameters", "add_only", ["/changes/parameters/least/value add_only"],
                 id="add-only"),
    pytest.param("/rules/eligibility/parameters", "bounded", [], id="bounded-and-inside"),
    pytest.param("/rules/eligibility/facts", "locked", [], id="locked-elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("kept", "rule", "expected"), POLICIES)
def test_a_policy_holds_for_whole_subtrees(kept: str, rule: str, expected: list[str]) -> None:
    found = resolved(base(), programme(policy={kept: rule}), authority(source("rules/east/eligibility.json", LEAST_3)))
    assert [f"{one.where} {one.code}" for one in found.problems] == expected


@pytest.mark.parametrize("value", [0, 5, "3", None], ids=repr)
def test_a_bounded_parameter_keeps_to_its_bounds(value: Any) -> None:
    change = overlay({"parameters": {"least": {"value": value}}}, {"/parameters/least/value": 2})
    owner = programme(policy={"/rules/eligibility": "bounded"})
    found = resolved(base(), owner, authority(source("rules/east/eligibility.json", change)))
    assert [one.code for one in found.problems] == ["bounded"]


def test_bounds_themselves_cannot_be_moved_where_only_values_may() -> None:
    change = overlay({"parameters": {"least": {"bounds": {"max": 9}}}}, {"/parameters/least/bounds/max": 4})
    owner = programme(policy={"/rules/eligibility/parameters": "bounded"})
    found = resolved(base(), owner, authority(source("rules/east/eligibility.json", change)))
    assert [one.code for one in found.problems] == ["bounded"]


def test_a_locked_place_cannot_be_filled_by_a_new_document() -> None:
    found = resolved(
        base(policy={"/rules/measures": "locked"}),
        programme(),
        authority(source("rules/east/measures.json", {"measures": {}})),
    )
    assert told(found) == ["rules/east/measures.json# locked"]


def test_a_part_that_does_not_exist_is_named_with_the_nearest_that_does() -> None:
    form = {**FORM, "parts": {"adult": {"$ref": "urn:frontdoor:base:persn"}}, "questions": {}}
    found = resolve(packs(base(), [*programme()[:2], source("forms/family/nomination.json", form)]), "family")
    assert told(found) == ["forms/family/nomination.json#/parts/adult unknown_part"]
    assert "did you mean `urn:frontdoor:base:person`?" in found.problems[0].message


def test_a_part_that_holds_itself_is_told_and_not_followed_for_ever() -> None:
    rows = {"type": "array", "$ref": "urn:frontdoor:base:person", "ui": {"widget": "group", "label": text("Kin")}}
    library = [base()[0], source("forms/base/person.json", {**PERSON, "questions": {"kin": rows}})]
    form = {**FORM, "parts": {}, "questions": {"kin": rows}}
    found = resolve(packs(library, [*programme()[:2], source("forms/family/nomination.json", form)]), "family")
    assert [one.code for one in found.problems] == ["too_deep"]


OWNERS = [
    pytest.param(programme(extends="base@2"), "/extends old_version", id="older-version"),
    pytest.param(programme(extends="nobody@1"), "/extends unknown_owner", id="unknown-owner"),
    pytest.param([*programme(), *authority(runs="base@1")], "/programmes/family/extends wrong_owner",
                 id="an-authority-runs-no-library"),
    pytest.param([source("rules/stray/eligibility.json", RULES)], " no_owner", id="a-folder-without-owner"),
]  # fmt: skip


@pytest.mark.parametrize(("sources", "problem"), OWNERS)
def test_owners_that_do_not_fit_together_are_problems(sources: list[Source], problem: str) -> None:
    assert f"{problem}" in [f"{one.where} {one.code}" for one in packs(base(), sources).problems]


def test_owners_that_extend_each_other_are_a_problem_and_no_endless_loop() -> None:
    ring = [
        source("rules/one/owner.json", {"kind": "programme", "title": text("1"), "version": 1, "extends": "two@1"}),
        source("rules/two/owner.json", {"kind": "programme", "title": text("2"), "version": 1, "extends": "one@1"}),
    ]
    found = packs(base(), ring)
    assert {one.code for one in found.problems} == {"circular"}
    assert {owner.id for owner in found.chain("one")} == {"one", "two"}


def test_what_a_person_types_names_a_programme_an_authority_or_both() -> None:
    every = packs(base(), programme(), authority())
    assert every.named("family") == ("family", None)
    assert every.named("east") == ("family", "east")
    assert every.named("east/family") == ("family", "east")
    assert every.named("base") == ("base", None)
    for wrong in ("west", "east/other", "base/family/x"):
        with pytest.raises(NotFound):
            every.named(wrong)


def test_every_authority_and_programme_is_a_pair_and_so_is_each_programme_alone() -> None:
    assert packs(base(), programme(), authority()).pairs() == ((None, "family"), ("east", "family"))


@given(st.integers(1, 4))
def test_resolving_never_changes_the_documents_it_reads(value: int) -> None:
    was = {"/parameters/least/value": 2}
    change = overlay({"parameters": {"least": {"value": value}}}, was)
    every = packs(base(), programme(), authority(source("rules/east/eligibility.json", change)))
    before = digest([one.document for owner in every.owners.values() for one in owner.sources])
    found = resolve(every, "family", "east")
    assert found.tree["rules"]["eligibility"]["parameters"]["least"]["value"] == value
    assert digest([one.document for owner in every.owners.values() for one in owner.sources]) == before
    assert digest(resolve(every, "family", "east").tree) == digest(found.tree)
