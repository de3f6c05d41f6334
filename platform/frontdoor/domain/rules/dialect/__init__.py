"""The dialect in which people write rules: conditions as trees, form fields and sentences, and edits of rule sets."""
