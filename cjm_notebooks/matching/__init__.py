"""Rules join the designed map to recorded events."""
