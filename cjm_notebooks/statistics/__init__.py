"""Intervals, tests and corrections for what a few customers can tell about all.

`intervals` puts bounds around an estimate, `comparisons` tests two of them against each other,
`corrections` keeps many tests honest, and `partials` holds the figures that metrics add up.
"""
