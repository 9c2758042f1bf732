"""Many texts' vectors at once. Apart from `features.py`, so that who only serves needs no SciPy."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

from frontdesk.answers.understanding.features import Features, Vocabulary


def matrix_of(vocabulary: Vocabulary, texts: Iterable[Features]) -> csr_array:
    """The texts' vectors as rows."""
    vectors = [vocabulary.vector(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in vectors)])
    places = np.concatenate([places for places, _ in vectors])
    weights = np.concatenate([weights for _, weights in vectors])
    return csr_array((weights, places, ends), shape=(len(vectors), vocabulary.size))
