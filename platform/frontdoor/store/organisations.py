"""Partner organisations. Whoever reads a queue or a case may know what they are called."""

from typing import Any, ClassVar

from mongoengine import BooleanField, ListField, StringField
from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer, authority_token, organisation_token
from frontdoor.domain.account import Organisation
from frontdoor.store.administration import Administered, AdministrativeDocument
from frontdoor.store.records import permission_token, within

_BY_NAME = [("name", ASCENDING), ("_id", ASCENDING)]
_KNOWN_TO = ("manage_organisations", "see_case", "see_queue", "record_contact")


class OrganisationDocument(AdministrativeDocument):
    """A partner organisation as stored."""

    meta: ClassVar[dict[str, Any]] = {"collection": "organisations", "auto_create_index": False}

    id = StringField(primary_key=True)
    authority = StringField(required=True)
    tokens = ListField(StringField(), required=True)
    name = StringField(required=True)
    kind = StringField(required=True)
    active = BooleanField()


def _tokens(organisation: Organisation) -> list[str]:
    known = [permission_token(organisation.authority, permission) for permission in _KNOWN_TO]
    own = organisation_token(organisation.authority, organisation.id)
    return [authority_token(organisation.authority), own, *known]


RECORDS = Administered(
    OrganisationDocument,
    Organisation,
    "organisation",
    _tokens,
    indexes=(IndexModel([("authority", ASCENDING), *_BY_NAME], name="name"),),
)


def add(viewer: Viewer, organisation: Organisation) -> Organisation:
    """Insert an organisation."""
    return RECORDS.add(viewer, organisation)


def get(viewer: Viewer, organisation: str) -> Organisation:
    """Return an organisation; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": organisation})


def all_of(viewer: Viewer) -> tuple[Organisation, ...]:
    """Return the organisations that the viewer may know of, by name."""
    return RECORDS.many(viewer, {}, _BY_NAME)


def close(viewer: Viewer, organisation: str) -> Organisation:
    """Mark an organisation as no longer active and return it; its people's accounts are closed one by one."""
    RECORDS.collection.update_one(within(viewer, {"_id": organisation}), {"$set": {"active": False}})
    return get(viewer, organisation)
