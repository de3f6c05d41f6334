"""Tokens of partners' systems, by their digest."""

from datetime import datetime
from typing import Any, ClassVar

from mongoengine import DateTimeField, ListField, StringField
from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.domain.account import ApiToken
from frontdoor.domain.errors import NotFound
from frontdoor.store.administration import Administered, AdministrativeDocument
from frontdoor.store.records import permission_token, within


class ApiTokenDocument(AdministrativeDocument):
    """A token as stored: never the token itself."""

    meta: ClassVar[dict[str, Any]] = {"collection": "api_tokens", "auto_create_index": False}

    id = StringField(primary_key=True)
    authority = StringField(required=True)
    tokens = ListField(StringField(), required=True)
    organisation = StringField(required=True)
    label = StringField(required=True)
    digest = StringField(required=True)
    scopes = ListField(StringField())
    created_at = DateTimeField(required=True)
    expires_at = DateTimeField()
    revoked_at = DateTimeField()


RECORDS = Administered(
    ApiTokenDocument,
    ApiToken,
    "access token",
    lambda token: [authority_token(token.authority), permission_token(token.authority, "manage_organisations")],
    indexes=(
        IndexModel([("digest", ASCENDING)], name="digest", unique=True),
        IndexModel([("authority", ASCENDING), ("organisation", ASCENDING), ("created_at", ASCENDING)], name="owner"),
    ),
)


def add(viewer: Viewer, token: ApiToken) -> ApiToken:
    """Insert a token."""
    return RECORDS.add(viewer, token)


def of_organisation(viewer: Viewer, organisation: str) -> tuple[ApiToken, ...]:
    """Return the tokens of an organisation's systems, oldest first, with those expired or revoked."""
    return RECORDS.many(viewer, {"organisation": organisation}, [("created_at", ASCENDING)])


def revoke(viewer: Viewer, token: str, at: datetime) -> None:
    """Revoke a token; one revoked before keeps its moment. NotFound when the viewer may not see it."""
    query = within(viewer, {"_id": token})
    RECORDS.collection.update_one({**query, "revoked_at": None}, {"$set": {"revoked_at": at}})
    if RECORDS.collection.find_one(query, {"_id": 1}) is None:
        raise NotFound("There is no such access token. Start again from the list.")


def by_digest(digest: str) -> ApiToken | None:
    """Return the token with a digest, expired and revoked ones too, before anybody is known; else None."""
    found = RECORDS.each({"digest": digest}, limit=1)
    return found[0] if found else None
