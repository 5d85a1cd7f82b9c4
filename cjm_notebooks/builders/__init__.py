"""Widgets for notebooks: whatever they do, a line of Python does too."""
