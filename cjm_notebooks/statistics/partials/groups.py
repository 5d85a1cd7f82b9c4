"""Groups of which only a few are ever seen: how many belong to each, and how many of them hit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from cjm_notebooks.statistics.partials.additive import Additive
from cjm_notebooks.statistics.partials.buckets import Buckets
from cjm_notebooks.statistics.partials.cells import Ints
from cjm_notebooks.statistics.partials.rate import Rate

MEMBERS, HITS, REPEATS = range(3)
MOMENTS = 9
ROWS_BEFORE_MERGING = 1 << 20


class Seen(NamedTuple):
    """Some groups: their keys, what they are called, and their counts."""

    key: NDArray[np.uint64]  # (groups,)
    label: NDArray[np.unsignedinteger]  # (groups, parts)
    counts: Ints  # (groups, 3 + further + MOMENTS)

    def merged(self) -> Seen:
        """Each group once, in the order of the keys."""
        order = np.argsort(self.key, kind="stable")
        key = self.key[order]
        first = np.flatnonzero(_new(key))
        counts = np.add.reduceat(self.counts[order], first, axis=0) if len(first) else self.counts
        return Seen(key[first], self.label[order[first]], counts)


@dataclass(frozen=True)
class Groups(Additive):
    """The members of each group seen among all, and the hits among members and others.

    One of all may belong to several groups or to none. A group is known by a number, its key, and
    by a label, the same wherever the key is. It takes one entry for each group seen: rows are
    gathered and merged only when they have grown fourfold, so that adding stays cheap.
    """

    seen: tuple[Seen, ...]
    whole: Ints  # int64, (3,): all, their hits, those beyond the first of the same customer
    moments: Ints  # int64, (4,): sealed buckets, and sums over them of all^2, all hits, hits^2

    @classmethod
    def of(
        cls,
        key: NDArray[np.uint64],
        label: NDArray[np.unsignedinteger],
        customer: Ints,
        *,
        member: NDArray[np.bool_],
        hit: NDArray[np.bool_],
        further: Ints,
        whole: tuple[int, int, int],
    ) -> Self:
        """What was seen, each row given by its group's key and label and by its customer.

        Within a group customers ascend. Rows where `member` is False add to nothing but the counts
        of `further` (rows, columns); `hit` counts among members only. `whole` has the number of
        all, of their hits, and of those beyond the first of the same customer.
        """
        order = np.argsort(key, kind="stable")
        order = order[member[order]]
        again = np.zeros(len(key), dtype=bool)
        again[order] = ~_new(key[order], customer[order])
        unsealed = np.zeros((len(key), MOMENTS), np.int64)
        counts = np.column_stack([member, member & hit, again, further, unsealed])
        rows = Seen(key, label, counts.astype(np.int64))
        return cls((rows.merged(),), np.array(whole, np.int64), np.zeros(4, np.int64))

    def __add__(self, other: Self) -> Self:
        seen = self.seen + other.seen
        sizes = [len(part.key) for part in seen]
        if sum(sizes) > max(4 * max(sizes), ROWS_BEFORE_MERGING):
            seen = (_merged(seen),)
        return type(self)(seen, self.whole + other.whole, self.moments + other.moments)

    @property
    def has_repeats(self) -> bool:
        return bool(self.whole[REPEATS])

    def sealed(self) -> Self:
        seen = _merged(self.seen)
        members, hits = seen.counts[:, MEMBERS], seen.counts[:, HITS]
        all_, all_hits = int(self.whole[MEMBERS]), int(self.whole[HITS])
        moments = np.column_stack(
            [
                *(members > 0, members * members, members * all_, hits * hits, hits * members),
                *(members * all_hits, hits * all_, hits * all_hits, members == all_),
            ]
        )
        counts = np.hstack([seen.counts[:, :-MOMENTS], moments.astype(np.int64)])
        whole = np.array([all_ > 0, all_ * all_, all_ * all_hits, all_hits * all_hits], np.int64)
        return replace(self, seen=(seen._replace(counts=counts),), moments=whole)

    def merged(self) -> Self:
        """The same with each group once, in the order of the keys."""
        return replace(self, seen=(_merged(self.seen),))

    def chosen(self, rows: np.ndarray) -> Self:
        """Only some groups, in the given order, of what was merged."""
        (seen,) = self.seen
        return replace(self, seen=(Seen(*(column[rows] for column in seen)),))

    @property
    def label(self) -> NDArray[np.unsignedinteger]:
        """(groups, parts)."""
        return _merged(self.seen).label if len(self.seen) > 1 else self.seen[0].label

    @property
    def counts(self) -> Ints:
        """int64, (groups, 3 or more): as given, added up."""
        return self._all[:, :-MOMENTS]

    @property
    def share(self) -> Rate:
        """Members of all."""
        whole, (buckets, squares, _, _) = self.whole[MEMBERS], self.moments
        _, members_squared, members_all, *_ = self._moments
        like = np.ones(len(self.counts), np.int64)
        moments = Buckets(buckets * like, members_squared, members_all, squares * like)
        members = self.counts[:, MEMBERS]
        return Rate(members, whole * like, self.whole[REPEATS] * like, moments)

    @property
    def hits(self) -> Rate:
        """Hits among the members, of the members."""
        seen, members_squared, _, hits_squared, cross, *_ = self._moments
        members, hits, repeats = self.counts[:, : REPEATS + 1].T
        return Rate(hits, members, repeats, Buckets(seen, hits_squared, cross, members_squared))

    @property
    def hits_of_others(self) -> Rate:
        """Hits among those who are no members, of these."""
        _, members2, members_all, hits2, cross, members_hits, hits_all, hits_hits, full = (
            self._moments
        )
        buckets, all_squares, all_cross, hits_squares = self.moments
        moments = Buckets(
            buckets - full,
            hits_squares - 2 * hits_hits + hits2,
            all_cross - members_hits - hits_all + cross,
            all_squares - 2 * members_all + members2,
        )
        members, hits = self.counts[:, MEMBERS], self.counts[:, HITS]
        all_, all_hits, all_repeats = self.whole
        repeats = np.minimum(all_repeats, all_ - members)
        return Rate(all_hits - hits, all_ - members, repeats, moments)

    @property
    def _all(self) -> Ints:
        return _merged(self.seen).counts if len(self.seen) > 1 else self.seen[0].counts

    @property
    def _moments(self) -> Ints:
        return self._all[:, -MOMENTS:].T


def _merged(seen: tuple[Seen, ...]) -> Seen:
    return Seen(*(np.concatenate(column) for column in zip(*seen, strict=True))).merged()


def _new(*columns: NDArray[np.generic]) -> NDArray[np.bool_]:
    """bool, (rows,). The first row, and each row that differs from the one before it."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return new
