"""Contacts that somebody at the front door takes down: by telephone, by letter, at the counter."""

from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.calendar import LONDON
from frontdoor.domain.programme import Programme
from frontdoor.services import programmes

ZONE = LONDON


def programmes_for(viewer: Viewer, *, at: datetime) -> list[Programme]:
    """Return the programmes whose intake form the viewer may begin for somebody else."""
    viewer.need("record_contact")
    return programmes.running(viewer.authority, at)
