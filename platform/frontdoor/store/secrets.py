"""What is unreadable at rest: one-time-code secrets, identifiers, uploads. The app passes the keys in once.

Text is encrypted with Fernet (AES-128-CBC and HMAC-SHA-256). An identifier is found again by a keyed digest: all
plain ones of ten digits could be tried out.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from frontdoor.domain.errors import FrontDoorError

_WRONG_KEY = "This was encrypted with another key. Start Front Door with the key it had then, as one of the older ones."
_NO_KEY = "No encryption key was given. Call secrets.configure() first."
_BAD_KEY = "An encryption key is 32 bytes in URL-safe base 64. Make one with `Fernet.generate_key()`, and keep it safe."


class _Keys:
    cipher: MultiFernet | None = None
    digesting: bytes = b""


def configure(key: str, *, older: tuple[str, ...] = ()) -> None:
    """Set the key that encrypts from now on, and the older ones that still decrypt, newest first.

    Digests use the oldest of all, so that they stay the same when a key is added: never drop that one.
    FrontDoorError for anything that is no Fernet key.
    """
    keys = (key, *older)
    try:
        _Keys.cipher = MultiFernet([Fernet(one) for one in keys])
    except ValueError as unusable:
        raise FrontDoorError(_BAD_KEY) from unusable
    _Keys.digesting = hmac.digest(keys[-1].encode(), b"frontdoor digest", hashlib.sha256)


def encrypt(text: str) -> str:
    """Return `text` encrypted, as text."""
    return encrypt_bytes(text.encode()).decode()


def decrypt(secret: str) -> str:
    """Return what `encrypt` was given; FrontDoorError when none of the keys is the right one."""
    return decrypt_bytes(secret.encode()).decode()


def encrypt_bytes(content: bytes) -> bytes:
    """Return `content` encrypted; a third longer."""
    return _cipher().encrypt(content)


def decrypt_bytes(secret: bytes) -> bytes:
    """Return what `encrypt_bytes` was given; FrontDoorError when none of the keys is the right one."""
    try:
        return _cipher().decrypt(secret)
    except InvalidToken as wrong:
        raise FrontDoorError(_WRONG_KEY) from wrong


def keyed_digest(value: str) -> str:
    """Return the HMAC-SHA-256 of `value` as 64 hexadecimal digits, for exact matching.

    Put the kind in front ("nhs:943 476 5919" written one way only): equal values of two kinds must differ.
    """
    _cipher()
    return hmac.digest(_Keys.digesting, value.encode(), hashlib.sha256).hex()


def _cipher() -> MultiFernet:
    if _Keys.cipher is None:
        raise FrontDoorError(_NO_KEY)
    return _Keys.cipher
