"""The keys of an installation on one machine: made once, kept in its data folder, readable by its owner alone."""

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from frontdoor.cli.supervise import CannotStart

NAMES = ("FRONTDOOR_SECRET_KEY", "FRONTDOOR_ENCRYPTION_KEY")


def kept(folder: Path) -> dict[str, str]:
    """Return the keys by the name of their setting; make them at the first start.

    They are never made anew beside data: what the old key encrypted could not be read again.

    Raises:
        CannotStart: the file is there but does not hold both keys.
    """
    file = folder / "keys.json"
    if not file.exists():
        made = dict(zip(NAMES, (secrets.token_urlsafe(48), Fernet.generate_key().decode()), strict=True))
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w") as out:
            json.dump(made, out, indent=2)
    try:
        held = json.loads(file.read_text())
        return {name: str(held[name]) for name in NAMES}
    except (ValueError, KeyError, TypeError):
        raise CannotStart(
            f"{file} does not hold both keys. Put its back-up in its place; without it, delete {folder} to begin anew."
        ) from None
