"""What people and partners' systems see: one blueprint per kind of person. A view calls one service."""
