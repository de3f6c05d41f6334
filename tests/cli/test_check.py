"""The commands that read shipped files: their lines, their closing counts and their exit status."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from frontdoor import packs_dir
from frontdoor.cli import main


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of everything that is shipped."""
    for section in ("forms", "rules", "themes"):
        shutil.copytree(packs_dir() / section, tmp_path / section)
    return tmp_path


def frontdoor(*arguments: object, given: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=given)


def change(file: Path, key: str, value: object) -> None:
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, key: value}))


def test_what_is_shipped_passes_and_the_counts_are_told() -> None:
    result = frontdoor("check")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("0 problems in ")


def test_a_copied_pack_with_a_mistake_fails_with_file_pointer_and_message(pack: Path) -> None:
    change(pack / "rules" / "base" / "roles.json", "rolez", {})
    result = frontdoor("check", pack)
    assert result.exit_code == 1
    assert result.output.splitlines()[0].startswith("rules/base/roles.json#/rolez: `rolez` is not known here")
    assert "1 problem in" in result.output.splitlines()[-1]


def test_one_document_of_a_pack_is_told_its_own_problems_only(pack: Path) -> None:
    change(pack / "rules" / "base" / "roles.json", "rolez", {})
    assert frontdoor("check", pack / "rules" / "base" / "roles.json").exit_code == 1
    result = frontdoor("check", pack / "rules" / "base" / "codes.json")
    assert "rolez" not in result.output


def test_a_folder_inside_a_pack_can_be_checked(pack: Path) -> None:
    change(pack / "rules" / "base" / "roles.json", "rolez", {})
    assert "rolez" in frontdoor("check", pack / "rules" / "base").output
    assert "rolez" not in frontdoor("check", pack / "themes").output


def test_the_library_is_known_by_its_kind_and_not_by_its_name(tmp_path: Path) -> None:
    owner = tmp_path / "rules" / "commons" / "owner.json"
    owner.parent.mkdir(parents=True)
    owner.write_text('{"kind": "base", "title": {"en": "Commons"}, "version": 1}')
    (owner.parent / "roles.json").write_text('{"rolez": {}}')
    result = frontdoor("check", owner.parent / "roles.json")
    assert result.output.startswith("rules/commons/roles.json#"), result.output


def test_a_document_outside_any_pack_is_checked_by_itself(tmp_path: Path) -> None:
    lone = tmp_path / "lists.json"
    lone.write_text('{"lists": {"need": {"label": {"en": "Need"}, "codes": {}}}}')
    assert frontdoor("check", lone).output == "0 problems in 1 document, 0 configurations\n"
    lone.write_text('{"lists": 3}')
    assert frontdoor("check", lone).exit_code == 1
    assert frontdoor("check", "--kind", "words", lone).exit_code == 1


def test_a_folder_that_holds_nothing_to_check_is_a_usage_error(tmp_path: Path) -> None:
    result = frontdoor("check", tmp_path)
    assert result.exit_code == 2
    assert "holds no forms/, rules/ or themes/" in result.output
