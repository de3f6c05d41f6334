"""A limit to how long the database may take over something that somebody waits for."""

from collections.abc import Iterator
from contextlib import contextmanager

import pymongo
from pymongo.errors import PyMongoError

from frontdoor.domain.errors import WrongState


@contextmanager
def within_seconds(seconds: float) -> Iterator[None]:
    """Give everything that the database is asked inside together `seconds`; WrongState when they have run out."""
    try:
        with pymongo.timeout(seconds):
            yield
    except PyMongoError as fault:
        if fault.timeout:
            raise WrongState("This takes longer than one call may. Ask for it on the pages of the change.") from fault
        raise
