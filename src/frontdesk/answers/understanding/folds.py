"""Sets examples apart so that a trial is fair.

An example whose twin, or whose translation, is learnt from is read well whatever the model. A
customer's next message has no twin. So examples that are alike go into one fold together; what is
found out by such folds holds for messages that are worded anew.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array
from scipy.spatial.distance import squareform

FOLDS: Final = 5
_ALIKE_DISTANCE: Final = 0.65
"""Cosine distance, average linkage: where translations of the starter set's examples join."""


def folds_of(vectors: csr_array, classes: NDArray[np.intp]) -> NDArray[np.intp]:
    """The fold of each example, 0 to FOLDS - 1; every class is spread over as many as it can be."""
    folds = np.zeros(len(classes), np.intp)
    for one in np.unique(classes):
        members = np.flatnonzero(classes == one)
        folds[members] = _spread(_alike(vectors[members]), first=int(one))
    return folds


def _alike(vectors: csr_array) -> list[int]:
    """A group for each vector; those that are alike share it."""
    if vectors.shape[0] < 2:
        return [1] * vectors.shape[0]
    distances = np.clip(1.0 - (vectors @ vectors.T).toarray().astype(float), 0.0, 2.0)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), "average")
    groups: list[int] = fcluster(tree, _ALIKE_DISTANCE, "distance").tolist()
    return groups


def _spread(groups: list[int], first: int) -> list[int]:
    """A fold for each group, the largest groups first, each to the emptiest fold."""
    if len(set(groups)) == 1:
        groups = list(range(len(groups)))
    filled = [0] * FOLDS
    order = [(first + number) % FOLDS for number in range(FOLDS)]
    fold_of: dict[int, int] = {}
    for group, count in sorted(Counter(groups).items(), key=lambda item: (-item[1], item[0])):
        fold_of[group] = min(order, key=lambda fold: filled[fold])
        filled[fold_of[group]] += count
    return [fold_of[group] for group in groups]
