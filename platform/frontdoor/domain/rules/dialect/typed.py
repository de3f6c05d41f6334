"""What is typed into a box of a rule set: as in any document."""

from frontdoor.domain.typed import TYPES, is_day, number, shown, type_for, type_of, typed

__all__ = ["TYPES", "is_day", "number", "shown", "type_for", "type_of", "typed"]
