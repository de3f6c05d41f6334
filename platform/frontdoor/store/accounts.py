"""Accounts of staff and partners. What answers before anybody has signed in takes no viewer, and says so."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from mongoengine import BooleanField, DateTimeField, IntField, ListField, StringField
from mongoengine.errors import NotUniqueError
from pymongo import ASCENDING, IndexModel, ReturnDocument

from frontdoor.domain.access import Viewer, authority_token, organisation_token, person_token
from frontdoor.domain.account import Account
from frontdoor.domain.errors import AnswersRejected, Conflict, NotFound, Problem
from frontdoor.store.administration import Administered, AdministrativeDocument
from frontdoor.store.mapping import from_document
from frontdoor.store.records import permission_token

_BY_NAME = [("name", ASCENDING), ("_id", ASCENDING)]
_TAKEN = "Somebody has an account with this e-mail address already. Use another, or change that account."


class AccountDocument(AdministrativeDocument):
    """An account as stored. `last_code` is the time step of the last one-time code that was used."""

    meta: ClassVar[dict[str, Any]] = {"collection": "accounts", "auto_create_index": False}

    id = StringField(primary_key=True)
    authority = StringField(required=True)
    tokens = ListField(StringField(), required=True)
    kind = StringField(required=True, choices=("staff", "partner"))
    email = StringField(required=True)
    name = StringField(required=True)
    roles = ListField(StringField())
    teams = ListField(StringField())
    organisation = StringField()
    organisation_admin = BooleanField()
    password_hash = StringField()
    totp_secret = StringField()
    language = StringField()
    active = BooleanField()
    created_at = DateTimeField()
    revision = IntField()
    last_code = IntField()


def _lower(account: Account) -> Account:
    return dataclasses.replace(account, email=account.email.strip().lower())


@contextmanager
def _one_address() -> Iterator[None]:
    """Tell whoever types an address that is taken where to type another."""
    try:
        yield
    except Conflict as conflict:
        if not isinstance(conflict.__cause__, NotUniqueError):
            raise
        raise AnswersRejected("Use another address", problems=[Problem("/email", "taken", _TAKEN)]) from conflict


def _tokens(account: Account) -> list[str]:
    own = [authority_token(account.authority), person_token(account.id)]
    own.append(permission_token(account.authority, "manage_accounts"))
    if account.organisation is not None:
        own.append(organisation_token(account.authority, account.organisation))
        own.append(permission_token(account.authority, "manage_organisations"))
    return own


RECORDS = Administered(
    AccountDocument,
    Account,
    "account",
    _tokens,
    indexes=(
        IndexModel([("authority", ASCENDING), ("email", ASCENDING)], name="email", unique=True),
        IndexModel([("email", ASCENDING), ("kind", ASCENDING), ("authority", ASCENDING)], name="sign_in_link"),
        IndexModel([("authority", ASCENDING), ("kind", ASCENDING), *_BY_NAME], name="kind"),
        IndexModel([("authority", ASCENDING), ("organisation", ASCENDING), *_BY_NAME], name="organisation"),
    ),
)


def add(viewer: Viewer, account: Account) -> Account:
    """Insert an account. AnswersRejected at `/email` when the authority has one with that address."""
    with _one_address():
        return RECORDS.add(viewer, _lower(account))


def get(viewer: Viewer, account: str) -> Account:
    """Return an account; NotFound when there is none within the viewer's reach."""
    return RECORDS.one(viewer, {"_id": account})


def replace(viewer: Viewer, account: Account, *, expected_revision: int) -> Account:
    """Store an account over the revision that was read; Conflict when it is stale, AnswersRejected as for `add`."""
    with _one_address():
        return RECORDS.swap(viewer, _lower(account), expected_revision)


def staff(viewer: Viewer) -> tuple[Account, ...]:
    """Return the staff accounts by name."""
    return RECORDS.many(viewer, {"kind": "staff"}, _BY_NAME)


def everybody(viewer: Viewer) -> tuple[Account, ...]:
    """Return all accounts of the authority, staff first, then by name."""
    return (*staff(viewer), *RECORDS.many(viewer, {"kind": "partner"}, _BY_NAME))


def of_organisation(viewer: Viewer, organisation: str) -> tuple[Account, ...]:
    """Return the people of a partner organisation by name."""
    return RECORDS.many(viewer, {"organisation": organisation}, _BY_NAME)


def email_of(viewer: Viewer, account: str) -> str | None:
    """Return where to write to the holder of an open account; None when there is none."""
    found = RECORDS.many(viewer, {"_id": account, "active": True})
    return found[0].email if found else None


def any_of(authority: str) -> bool:
    """Return whether an authority has any account yet; for the first start."""
    return RECORDS.collection.find_one({"authority": authority}, {"_id": 1}) is not None


def by_email_for_sign_in(email: str, kind: str) -> Account | None:
    """Return the open account of a kind with an address, before anybody has signed in.

    None as well when the address has open accounts of that kind in two authorities: nobody may guess which was meant.
    """
    found = RECORDS.each({"email": email.strip().lower(), "kind": kind, "active": True}, limit=2)
    return found[0] if len(found) == 1 else None


def partners_for_sign_in(email: str) -> tuple[Account, ...]:
    """Return the open partner accounts with an address, at most one of each authority, before anybody has signed in."""
    return RECORDS.each({"email": email.strip().lower(), "kind": "partner", "active": True}, [("authority", ASCENDING)])


def by_id_for_sign_in(account: str) -> Account | None:
    """Return an account by its id, for a session or a link that names it."""
    found = RECORDS.each({"_id": account}, limit=1)
    return found[0] if found else None


def use_code(account: str, counter: int) -> bool:
    """Use up the one-time codes up to a time step; False when that step, or a later one, was used before."""
    earlier = {"$or": [{"last_code": {"$exists": False}}, {"last_code": {"$lt": counter}}]}
    done = RECORDS.collection.update_one({"_id": account, **earlier}, {"$set": {"last_code": counter}})
    return done.matched_count == 1


def enrol(account: str, *, password_hash: str, totp_secret: str) -> Account:
    """Set the password hash and the encrypted code secret of an account, and return it; NotFound for none."""
    found = RECORDS.collection.find_one_and_update(
        {"_id": account},
        {"$set": {"password_hash": password_hash, "totp_secret": totp_secret}, "$inc": {"revision": 1}},
        return_document=ReturnDocument.AFTER,
    )
    if found is None:
        raise NotFound("There is no such account. Ask your administrator for a new one.")
    return from_document(Account, {**found, "id": found["_id"]})
