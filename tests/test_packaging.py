"""What is handed out: the wheel and the source distribution hold the whole product."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def build(source: Path, into: Path, target: str) -> Path:
    """Build with hatchling as pip would, but without asking for packages."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(into)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel in it, put before the checkout on the path."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(folder),
        str(wheel),
    ]
    subprocess.run(pip, check=True, capture_output=True)
    return folder


def printed_by(installed, code):
    environ = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=environ, cwd=installed, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_an_installed_wheel_finds_its_own_forms_rules_and_themes(installed):
    packs = Path(printed_by(installed, "import frontdoor; print(frontdoor.packs_dir())"))
    assert packs == installed / "frontdoor" / "packs"
    for kind in ("forms", "rules", "themes"):
        shipped = {path.relative_to(ROOT) for path in (ROOT / kind).rglob("*") if path.is_file()}
        assert {path.relative_to(packs) for path in (packs / kind).rglob("*") if path.is_file()} == shipped
        assert shipped


def test_an_installed_wheel_has_the_built_styles_and_scripts(installed):
    static = installed / "frontdoor" / "web" / "static"
    manifest = json.loads((static / "manifest.json").read_text())
    assert "govuk-frontend.css" in manifest
    assert [name for name in manifest.values() if not (static / name).is_file()] == []
    assert list((static / "fonts").glob("*.ttf"))


def test_an_installed_wheel_has_the_command(installed):
    said = printed_by(installed, "from frontdoor.cli import main; main(['--version'], standalone_mode=False)")
    assert said.startswith("frontdoor, version ")
    assert (installed / "bin" / "frontdoor").exists()


def test_the_wheel_is_the_same_when_it_is_built_from_the_source_distribution(wheel, tmp_path):
    with tarfile.open(build(ROOT, tmp_path / "sdist", "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (source,) = (tmp_path / "unpacked").iterdir()
    again = build(source, tmp_path / "again", "wheel")
    assert names_in(again) == names_in(wheel)


def names_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def test_the_wheel_brings_no_other_peoples_server_and_no_source_of_scripts(wheel):
    names = names_in(wheel)
    assert [name for name in names if name.endswith(("mongod", ".po", ".pyc"))] == []
    assert "frontdoor/py.typed" in names
