"""The six-digit codes of staff sign-in (TOTP, RFC 6238): a new secret, and how to show it to its owner."""

from dataclasses import dataclass

import pyotp
import segno

_ISSUER = "Front Door"


@dataclass(frozen=True)
class Shown:
    """A secret for a person to take down: in groups to type, and as a drawing (SVG) to photograph."""

    typed: str
    drawing: str


def new_secret() -> str:
    """Return a fresh secret of 160 bits in base 32."""
    return pyotp.random_base32()


def shown(secret: str, email: str) -> Shown:
    """Return a secret as the set-up page shows it; the drawing is a `data:` image, for no page may hold it inline."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return Shown(groups, segno.make(address, micro=False).svg_data_uri(scale=5))
