"""Notebooks that explore a shop."""

from __future__ import annotations

from pathlib import Path

SHOP = Path(__file__).with_name("shop_to_explore.py").read_text("utf-8")


def notebook(*cells: str) -> dict[str, object]:
    """A notebook with these cells, not yet run."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{number}",
                "metadata": {},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
            for number, source in enumerate(cells)
        ],
    }
