"""Ways in: staff by password and code, partners by a link sent to their e-mail. All are throttled and say little.

Whether an address has an account is never told: neither by words nor by the time an answer takes.
"""

import secrets as randomness
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlencode

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdoor.domain.access import Viewer, organisation_token, person_token, staff_tokens
from frontdoor.domain.account import Account, ApiToken
from frontdoor.domain.errors import AnswersRejected, NotAllowed, Problem
from frontdoor.domain.message import Message
from frontdoor.domain.text import Text, say
from frontdoor.services import link_words, programmes
from frontdoor.services.identity import new_id
from frontdoor.store import accounts, api_tokens, messages, secrets, sign_in_links, throttles

LINK_LASTS = timedelta(minutes=30)
ENROLMENT_LASTS = timedelta(days=7)
_PER_MACHINE = 12  # times as many tries as one account has: a whole school may share one address
_LONGEST_PASSWORD = 256  # characters: hashing a long text is work for us, and none for whoever sends it
_hasher = PasswordHasher()
_NOBODY = _hasher.hash(randomness.token_hex(16))
_REFUSED = "The e-mail address, password or code is not right. Check them and try again."


@dataclass(frozen=True)
class Doorstep:
    """Where a try comes from, for throttling: the machine's address is only ever stored as a digest.

    `tries` are allowed for one account within `wait`; every try counts, or a right guess would still get in.
    """

    machine: str
    at: datetime
    tries: int = 5
    wait: timedelta = timedelta(minutes=15)


def with_password(email: str, password: str, door: Doorstep) -> Account:
    """Return the staff account whose password this is; its code is asked for next.

    Errors: `AnswersRejected` in one wording for every cause; `TooMany` after the tries that the door allows.
    """
    _throttle("password", email, door)
    account = accounts.by_email_for_sign_in(email, "staff")
    stored = account.password_hash if account and account.active and account.password_hash else _NOBODY
    try:
        _hasher.verify(stored, password[:_LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        raise _refused("/password") from None
    if account is None or stored == _NOBODY:
        raise _refused("/password")
    return account


def with_code(account_id: str, code: str, door: Doorstep) -> Account:
    """Return the account if the six digits are its present code; each code works once."""
    _throttle("code", account_id, door)
    account = accounts.by_id_for_sign_in(account_id)
    if account is None or not account.active or account.totp_secret is None:
        raise _refused("/code")
    totp = pyotp.TOTP(secrets.decrypt(account.totp_secret))
    digits = "".join(code.split()).encode()
    for step in (-1, 0, 1):
        counter = totp.timecode(door.at) + step
        if randomness.compare_digest(totp.generate_otp(counter).encode(), digits) and accounts.use_code(
            account.id, counter
        ):
            return account
    raise _refused("/code")


def send_link(email: str, door: Doorstep, base_url: str, *, onwards: str = "", language: str = "en") -> None:
    """Send a partner a link that signs them in once, if the address has an account; say nothing either way.

    Who has accounts in several authorities gets one mail with a link for each, and chooses there. The mail speaks the
    language of the account, or that of the page on which it was asked for (`language`) where that is not English.
    """
    _addressed(email)
    _throttle("link", email, door)
    # Asked for every address: the time it takes must not tell who has an account, nor who has several.
    titles = {programme.authority: programme.authority_title for programme in programmes.everywhere(door.at)}
    found = accounts.partners_for_sign_in(email)
    if not found:
        # As many commands as for a known address, for nobody's account.
        for _ in range(2):
            sign_in_links.add(_digest(randomness.token_urlsafe(32)), "", "sign_in", door.at + LINK_LASTS)
        sign_in_links.peek(_digest(email), "sign_in", door.at)
        return
    links = {randomness.token_urlsafe(32): account for account in found}
    sign_in_links.add_each({_digest(token): one.id for token, one in links.items()}, "sign_in", door.at + LINK_LASTS)
    query = f"?{urlencode({'next': onwards})}" if onwards else ""
    told = {f"{base_url}/sign-in/link/{token}{query}": titles.get(one.authority, {}) for token, one in links.items()}
    reader = found[0] if language == "en" else replace(found[0], language=language)
    _post(reader, link_words.LINK_SUBJECT, link_words.in_words(told, reader.language), door.at)


def with_link(token: str, door: Doorstep) -> Account:
    """Return the account that a link was sent to, and use the link up."""
    throttles.hit(f"link-use@{door.machine}", door.tries * _PER_MACHINE, door.wait, door.at)
    account_id = sign_in_links.use(_digest(token), "sign_in", door.at)
    account = accounts.by_id_for_sign_in(account_id) if account_id else None
    if account is None or not account.active:
        raise NotAllowed("This link has been used or is too old. Ask for a new one.")
    return account


def invite(account: Account, base_url: str, at: datetime) -> None:
    """Send a new staff account the link under which its person sets a password and a code."""
    token = randomness.token_urlsafe(32)
    sign_in_links.add(_digest(token), account.id, "enrol", at + ENROLMENT_LASTS)
    body = link_words.invited(f"{base_url}/enrol/{token}", account.language)
    _post(account, link_words.INVITED_SUBJECT, body, at)


def welcome(account: Account, base_url: str, at: datetime) -> None:
    """Tell a partner that they have an account, and where its sign-in link is to be had."""
    body = link_words.welcomed(f"{base_url}/sign-in/partner", account.language)
    _post(account, link_words.WELCOME_SUBJECT, body, at)


def account_for_session(account_id: str) -> Account | None:
    """Return the account behind a session if it is still open."""
    account = accounts.by_id_for_sign_in(account_id)
    return account if account is not None and account.active else None


def viewer_of(account: Account, at: datetime) -> Viewer:
    """Return the viewer that an account is: what its roles permit, and the tokens that its records carry."""
    return _partner(account) if account.kind == "partner" else _staff(account, at)


def viewer_of_token(presented: str, door: Doorstep) -> tuple[Viewer, ApiToken]:
    """Return the viewer that a partner system's bearer token stands for.

    Errors: `NotAllowed` for a token that is unknown, expired or revoked.
    """
    found = api_tokens.by_digest(_digest(presented))
    if found is None or found.revoked_at or (found.expires_at and found.expires_at <= door.at):
        throttles.hit(f"api:{door.machine}", door.tries * _PER_MACHINE, door.wait, door.at)
        raise NotAllowed("The access token is not right, has expired or was revoked. Ask the authority for a new one.")
    partner = {organisation_token(found.authority, found.organisation)} if found.organisation else set()
    viewer = Viewer(
        account=found.id,
        name=found.label,
        kind="api",
        authority=found.authority,
        tokens=frozenset({person_token(found.id), *partner}),
        organisation=found.organisation or None,
    )
    return viewer, found


def need_scope(token: ApiToken, scopes: Iterable[str]) -> None:
    """Raise `NotAllowed` unless the token has one of `scopes`."""
    if not set(scopes) & set(token.scopes):
        raise NotAllowed("This access token is for something else. Ask the authority for one that may do this.")


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password. Errors: `AnswersRejected` unless it has 12 to 256 characters."""
    if not 12 <= len(password) <= _LONGEST_PASSWORD:
        message = f"Use 12 to {_LONGEST_PASSWORD} characters; three random words are good"
        raise AnswersRejected("Choose another password", problems=[Problem("/password", "length", message)])
    return _hasher.hash(password)


def digest_of(token: str) -> str:
    """Return what is stored of a token: its SHA-256, for tokens carry 256 random bits of their own."""
    return _digest(token)


def is_address(email: str) -> bool:
    """Return whether a text has the shape of one e-mail address."""
    local, at, domain = email.strip().partition("@")
    plain = not any(letter.isspace() or letter in '<>,;"' for letter in email.strip())
    return bool(local and at and "." in domain.strip(".")) and plain and "@" not in domain and len(email) <= 254


def _partner(account: Account) -> Viewer:
    own = {person_token(account.id)}
    if account.organisation:
        own.add(organisation_token(account.authority, account.organisation))
    return Viewer(
        account=account.id,
        name=account.name,
        kind="partner",
        authority=account.authority,
        tokens=frozenset(own),
        organisation=account.organisation,
        organisation_admin=account.organisation_admin,
        language=account.language,
    )


def _staff(account: Account, at: datetime) -> Viewer:
    running = programmes.running(account.authority, at)
    roles = [role for programme in running for role in programme.roles.values() if role.id in account.roles]
    return Viewer(
        account=account.id,
        name=account.name,
        kind="staff",
        authority=account.authority,
        tokens=staff_tokens(account.authority, account.id, [role.sees for role in roles], account.teams),
        permissions=frozenset(permission for role in roles for permission in role.may),
        roles=frozenset(account.roles),
        teams=frozenset(account.teams),
        language=account.language,
    )


def _addressed(email: str) -> None:
    if not is_address(email):
        problem = Problem("/email", "format", "Enter an e-mail address, like name@example.org")
        raise AnswersRejected("Check the address", problems=[problem])


def _throttle(what: str, whom: str, door: Doorstep) -> None:
    throttles.hit(f"{what}:{whom.strip().lower()}", door.tries, door.wait, door.at)
    throttles.hit(f"{what}@{door.machine}", door.tries * _PER_MACHINE, door.wait, door.at)


def _refused(where: str) -> AnswersRejected:
    return AnswersRejected(_REFUSED, problems=[Problem(where, "refused", _REFUSED)])


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _post(account: Account, subject: Text, body: str, at: datetime) -> None:
    message_id, language = new_id(), account.language
    said = say(subject, language)
    messages.add(Message(message_id, account.authority, message_id, account.email, said, body, at, at, language))
