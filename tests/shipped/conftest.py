"""The shipped files, read once."""

from pathlib import Path

import pytest

from frontdoor import packs_dir
from frontdoor.domain.packs import Packs, gather
from frontdoor.store import shipped
from frontdoor.store.shipped import Shipped


@pytest.fixture(scope="session")
def root() -> Path:
    return packs_dir()


@pytest.fixture(scope="session")
def read(root: Path) -> Shipped:
    return shipped.read(root)


@pytest.fixture(scope="session")
def packs(read: Shipped) -> Packs:
    return gather(read.sources)
