"""What can go wrong with reading the views' tables.

::

    ViewsUnavailable   retryable   the database can't be reached, or went away half-way
"""


class ViewsUnavailable(Exception):
    """The records can't be read just now; the live picture may still be."""

    retryable = True

    def __init__(self, reason: str) -> None:
        super().__init__(f"The contact records can't be read just now: {reason}")
