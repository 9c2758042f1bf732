"""What every business setting is made of."""

import re

import msgspec


def kind_of_class(class_name: str) -> str:
    """`LookUp` → `look_up`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", class_name).lower()


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of an entity."""


class Entity(Part, frozen=True, tag_field="kind", tag=kind_of_class):
    """A business setting with an id of its own; `kind` names its type in JSON."""
