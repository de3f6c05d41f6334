"""What is true of a nomination, whoever asks. Plain Python: no Flask, no MongoDB, no clock."""
