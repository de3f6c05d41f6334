"""One Python function for one decision table: from accepted answers straight to the outcome, or to the stored receipt.

It says what `decide` says, or nothing: whatever it was not written for it leaves to `decide`. ADR 0019, ADR 0025.
"""
