"""The ids and codes of a rule set's entries, proposed as in any document."""

from frontdoor.domain.proposing import CODE, ID, propose_code, propose_id

__all__ = ["CODE", "ID", "propose_code", "propose_id"]
