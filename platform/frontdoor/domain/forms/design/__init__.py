"""Designing a form: its edits as pure functions from document to document, and what may be said of each question."""
