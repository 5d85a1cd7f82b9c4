"""What was observed, kept for the next time: only what changed is observed again.

A partial is kept with a fingerprint of everything it was observed from: the customers of one bucket
with all their journeys and answers, the map, the metric and the version of the library. A bucket
with new, late, corrected or removed events has another fingerprint and is observed again, and so is
one where a journey is no longer open. Metrics that count how long customers were watched
(`watches_the_end`) are observed again whenever the data goes on.
"""

from __future__ import annotations

import inspect
import io
import pickle
import sys
from collections.abc import Sequence
from dataclasses import is_dataclass
from functools import reduce
from hashlib import sha256
from operator import add
from pathlib import Path
from typing import Any

from cjm_notebooks import __version__
from cjm_notebooks.catalogue import id_of
from cjm_notebooks.errors import ParameterError
from cjm_notebooks.journeys.hashing import digest
from cjm_notebooks.journeys.journeys import Journeys
from cjm_notebooks.metrics import AnyMetric

Kept = dict[tuple[str, int], tuple[str, bytes]]
NUMPY = {"_reconstruct", "ndarray", "dtype", "scalar", "_frombuffer"}


class SavedPartials:
    """Partials of earlier runs, in a folder of one file a metric.

    Attributes
    ----------
    observed, reused
        how many partials of one bucket were observed, and how many taken from the folder.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.observed = 0
        self.reused = 0
        self._files: dict[Path, Kept] = {}

    def partials(self, metrics: Sequence[AnyMetric], journeys: Journeys, group: str) -> list[Any]:
        """The partial of each metric over the customers of some buckets."""
        each = [self._of_bucket(metrics, bucket, group) for bucket in journeys.buckets()]
        return [reduce(add, partials) for partials in zip(*each, strict=True)]

    def _of_bucket(self, metrics: Sequence[AnyMetric], bucket: Journeys, group: str) -> list[Any]:
        place = (group, int(bucket.bucket[0]))
        prints = {
            watches: digest(bucket, without_the_end=not watches)
            for watches in {metric.watches_the_end for metric in metrics}
        }
        return [
            self._partial(metric, bucket, place, prints[metric.watches_the_end])
            for metric in metrics
        ]

    def _partial(
        self, metric: AnyMetric, bucket: Journeys, place: tuple[str, int], fingerprint: str
    ) -> Any:
        kept = self._kept(self._file(metric))
        known, partial = kept.get(place, ("", b""))
        if known == fingerprint:
            self.reused += 1
            return _loaded(partial, metric)
        self.observed += 1
        new = metric.observe(bucket)
        kept[place] = (fingerprint, pickle.dumps(new))
        return new

    def write(self) -> None:
        """Put everything into the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for file, kept in self._files.items():
            waiting = file.with_suffix(".new")
            waiting.write_bytes(pickle.dumps(kept))
            waiting.replace(file)

    def _file(self, metric: AnyMetric) -> Path:
        """The file's name holds all that makes partials of another metric or version useless."""
        source = inspect.getsource(sys.modules[type(metric).__module__])
        what = sha256("\0".join([__version__, repr(metric), source]).encode()).hexdigest()[:16]
        return self.folder / f"{id_of(type(metric))}-{what}.partials"

    def _kept(self, file: Path) -> Kept:
        if file not in self._files:
            self._files[file] = _read(file) if file.exists() else {}
        return self._files[file]


def _read(file: Path) -> Kept:
    try:
        found: Kept = _Reader(file.read_bytes(), None).load()
    except (pickle.UnpicklingError, EOFError) as cause:
        msg = f"`{file.name}` holds no partials. Delete it; they are observed anew."
        raise ParameterError(msg) from cause
    return found


def _loaded(partial: bytes, metric: AnyMetric) -> Any:
    return _Reader(partial, metric).load()


class _Reader(pickle.Unpickler):
    """Reads numpy arrays and partials, and nothing that could run code."""

    def __init__(self, content: bytes, metric: AnyMetric | None) -> None:
        super().__init__(io.BytesIO(content))
        self.own = type(metric).__module__ if metric is not None else ""

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == "numpy" and name in NUMPY:
            return super().find_class(module, name)
        if module == self.own or module.startswith("cjm_notebooks."):
            found = super().find_class(module, name)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, tuple)):
                return found
        msg = f"`{module}.{name}` is no part of a partial."
        raise pickle.UnpicklingError(msg)
