"""Handing an exercise out, collecting what comes back, and marking it where its code never runs."""
