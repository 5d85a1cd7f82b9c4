"""Running a template, and the record that says how far a run is or how it ended."""
