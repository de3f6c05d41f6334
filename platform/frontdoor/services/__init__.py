"""What people do, one file per verb. A service tells a story in a few lines: domain for truth, store for memory."""
