"""The order numbers of a rule set's entries: those of any document."""

from frontdoor.domain.orders import STEP, Entries, in_order, orders

__all__ = ["STEP", "Entries", "in_order", "orders"]
