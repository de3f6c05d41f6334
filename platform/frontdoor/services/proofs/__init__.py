"""What a proof of a decision table finds, how each finding is confirmed by the engine, and how it is told."""
