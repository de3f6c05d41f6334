"""What leaves the building: mail and letters. It reads no record; it is handed what it sends."""
