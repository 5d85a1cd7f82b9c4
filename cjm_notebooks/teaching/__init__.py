"""Data whose answer is known, exercises on it, and what a teacher needs to run a class."""
