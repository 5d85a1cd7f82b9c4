"""Passes over journeys that several metrics share, each worked out once where that is dear."""
