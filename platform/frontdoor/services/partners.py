"""Partner organisations as the authority keeps them: who they are, their first person, their systems' tokens."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.account import Account, ApiToken, Organisation
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem, WrongState
from frontdoor.domain.programme.documents import ordered
from frontdoor.services import programmes, sign_in
from frontdoor.services.identity import new_id
from frontdoor.services.people import Person, account_of, problems_of, rejected, tidy
from frontdoor.store import accounts, api_tokens, connection, organisations, sessions

_KINDS = "organisations"  # what the code list that holds the kinds of organisation says it is of
_LONGEST = 120  # characters of a name
_TOKEN_LASTS = timedelta(days=365)
SCOPES = ("nominate", "read_status")


@dataclass(frozen=True)
class Kept:
    """An organisation with its people and its systems' tokens."""

    organisation: Organisation
    people: Sequence[Account]
    tokens: Sequence[ApiToken]


def all_of(viewer: Viewer) -> Sequence[Organisation]:
    """Return the authority's partner organisations by name."""
    viewer.need("manage_organisations")
    return organisations.all_of(viewer)


def one(viewer: Viewer, organisation: str) -> Kept:
    """Return one organisation with its people and tokens."""
    viewer.need("manage_organisations")
    found = organisations.get(viewer, organisation)
    return Kept(found, accounts.of_organisation(viewer, organisation), api_tokens.of_organisation(viewer, organisation))


def kinds(viewer: Viewer, at: datetime) -> dict[str, dict[str, str]]:
    """Return the kinds of organisation that the authority's code lists know, code to label; empty where none does."""
    for programme in programmes.running(viewer.authority, at):
        listed: dict[str, Any] = next((one["codes"] for one in programme.codes.values() if one.get("of") == _KINDS), {})
        if listed:
            return {code: dict(listed[code]["label"]) for code in ordered(listed)}
    return {}


def add(viewer: Viewer, name: str, kind: str, first: Person, *, at: datetime, base_url: str) -> Organisation:
    """Add a partner organisation and its first person, who administers it and is told so by e-mail."""
    viewer.need("manage_organisations")
    problems = [Problem("/first_" + one.where[1:], one.code, one.message) for one in problems_of(first)]
    if not 0 < len(tidy(name)) <= _LONGEST:
        message = f"Enter the organisation's name, at most {_LONGEST} characters"
        problems.insert(0, Problem("/name", "required", message))
    known = kinds(viewer, at)
    if known and kind not in known:
        problems.append(Problem("/kind", "required", "Select what kind of organisation it is"))
    rejected(problems)

    def act() -> Organisation:
        organisation = organisations.add(viewer, Organisation(new_id(), viewer.authority, tidy(name), kind))
        person = replace(first, organisation=organisation.id, organisation_admin=True)
        sign_in.welcome(accounts.add(viewer, account_of(viewer, person, "partner", at)), base_url, at)
        return organisation

    try:
        return connection.in_transaction(act)
    except AnswersRejected as taken:
        moved = [Problem("/first_email", one.code, one.message) for one in taken.problems]
        raise AnswersRejected(taken.message, problems=moved) from taken


def close(viewer: Viewer, organisation: str, *, at: datetime) -> None:
    """Close an organisation with its people's accounts, sessions and its systems' tokens; what it sent stays."""
    kept = one(viewer, organisation)

    def act() -> None:
        organisations.close(viewer, organisation)
        for token in kept.tokens:
            api_tokens.revoke(viewer, token.id, at)
        for person in kept.people:
            if person.active:
                accounts.replace(viewer, replace(person, active=False), expected_revision=person.revision)
            sessions.end_all(person.id)

    connection.in_transaction(act)


def issue_token(viewer: Viewer, organisation: str, label: str, *, at: datetime) -> tuple[ApiToken, str]:
    """Issue a token for an organisation's own system; the secret is returned once and only its digest is stored."""
    viewer.need("manage_organisations")
    owner = organisations.get(viewer, organisation)
    if not owner.active:
        raise WrongState("This organisation is closed, so its systems may not come in.")
    return new_token(viewer, owner.id, label, SCOPES, at=at)


def new_token(
    viewer: Viewer, organisation: str, label: str, scopes: tuple[str, ...], *, at: datetime
) -> tuple[ApiToken, str]:
    """Store a token for a system and return it with its secret. Errors: `AnswersRejected` at `/label`."""
    if not 0 < len(tidy(label)) <= _LONGEST:
        message = "Enter which system it is for, like the name of its software"
        raise AnswersRejected("Name the system", problems=[Problem("/label", "required", message)])
    secret = f"fd_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        id=new_id(),
        authority=viewer.authority,
        organisation=organisation,
        label=tidy(label),
        digest=sign_in.digest_of(secret),
        scopes=scopes,
        created_at=at,
        expires_at=at + _TOKEN_LASTS,
    )
    return api_tokens.add(viewer, token), secret


def revoke_token(viewer: Viewer, organisation: str, token_id: str, *, at: datetime) -> None:
    """Revoke a token of an organisation; the next call that presents it is refused."""
    viewer.need("manage_organisations")
    if token_id not in {token.id for token in api_tokens.of_organisation(viewer, organisation)}:
        raise NotFound("There is no such access token. Start again from the list.")
    api_tokens.revoke(viewer, token_id, at)
