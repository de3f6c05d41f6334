"""What is kept, one noun in each file: domain objects in, documents and queries inside, domain objects out.

Every function takes the `Viewer` first and sees only what carries one of their tokens in their authority; the few
that answer before anybody has signed in, or that serve the worker, say so in their docstring (ADR-0010).
"""
