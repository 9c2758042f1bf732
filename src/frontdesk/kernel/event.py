"""What every event is made of."""

import msgspec


class Event(msgspec.Struct, frozen=True, tag_field="type", tag=True, gc=False):
    """Base of all events. They can't hold cycles, so the garbage collector need not look."""
