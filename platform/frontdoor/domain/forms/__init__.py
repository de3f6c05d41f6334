"""What is asked: a form's questions, who sees which, what is a good answer, and what it says afterwards.

`model.parse_form` reads a document, `visibility` finds what is asked of these answers, `accept` checks them,
`states` hands them to the rules, `display` prints them, `compile` publishes the form as JSON Schema.
"""
