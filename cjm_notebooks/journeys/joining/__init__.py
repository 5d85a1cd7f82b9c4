"""From tables to journeys: opened, sorted, labelled by the rules, cut; all at once or in parts."""
