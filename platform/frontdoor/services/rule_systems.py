"""The authority's own systems that may ask its rules: each by a token of its own, which no partner can have."""

from collections.abc import Sequence
from datetime import datetime

from frontdoor.domain.access import Viewer
from frontdoor.domain.account import ApiToken
from frontdoor.domain.errors import NotFound
from frontdoor.services import partners
from frontdoor.store import api_tokens

SCOPES = ("rules",)
_NOBODY = ""  # the organisation of a token that belongs to no partner


def all_of(viewer: Viewer) -> Sequence[ApiToken]:
    """Return the tokens of the authority's own systems, oldest first."""
    viewer.need("manage_organisations")
    return api_tokens.of_organisation(viewer, _NOBODY)


def issue(viewer: Viewer, label: str, *, at: datetime) -> tuple[ApiToken, str]:
    """Issue a token to ask the rules; the secret is returned once. Errors: `AnswersRejected` at `/label`."""
    viewer.need("manage_organisations")
    return partners.new_token(viewer, _NOBODY, label, SCOPES, at=at)


def revoke(viewer: Viewer, token_id: str, *, at: datetime) -> None:
    """Revoke such a token; the next call that presents it is refused."""
    if token_id not in {token.id for token in all_of(viewer)}:
        raise NotFound("There is no such access token. Start again from the list.")
    api_tokens.revoke(viewer, token_id, at)
