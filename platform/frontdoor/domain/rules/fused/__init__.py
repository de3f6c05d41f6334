"""One Python function for one decision table: from accepted answers straight to the outcome. ADR 0019.

It says what `decide` says, or nothing: whatever it was not written for it leaves to `decide`.
"""
