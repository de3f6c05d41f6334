"""Changes, history, accounts, organisations, outbox and access log: all that is kept rather than done."""

from frontdoor.web import (
    admin_accounts,
    admin_changes,
    admin_edits,
    admin_history,
    admin_organisations,
    admin_oversight,
    admin_words,
)
from frontdoor.web.admin_blueprint import bp

__all__ = [
    "admin_accounts", "admin_changes", "admin_edits", "admin_history", "admin_organisations", "admin_oversight",
    "admin_words", "bp",
]  # fmt: skip
