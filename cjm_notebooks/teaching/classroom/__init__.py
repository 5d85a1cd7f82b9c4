"""Handing an exercise out, collecting and marking what comes back."""
