"""Rules over every family at once: what a table says of answers that nobody has given yet, as formulas. ADR 0016."""
