"""Many runs of one template: planned from a table, run side by side, summed up on a page."""
