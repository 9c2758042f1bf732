"""Request bodies, read as strictly as their schema says.

Litestar would coerce (`"5"` to 5) and read any content type as JSON; the published schema doesn't
say so, hence neither do we. As the application's data transfer object this holds for the routes of
every channel too.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from functools import cache
from typing import Any, Final, cast

import msgspec
from litestar.dto import AbstractDTO, DTOConfig, DTOFieldDefinition
from litestar.exceptions import ClientException
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from frontdesk.api.identity import Connection

BODY_BYTES_MAX: Final = 256 * 1024
"""The largest JSON body; a message of the greatest length is a tenth of it."""

# PostgreSQL's text holds every character but NUL. JSON may carry one only as an escape, which an
# odd number of backslashes begins.
_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@cache
def _decoder(annotation: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(annotation, strict=True)


class StrictBody(AbstractDTO[Any]):
    """Decodes JSON by msgspec's strict rules into what the handler declares."""

    # ruff: noqa: ARG003  (the signatures are those of AbstractDTO)

    __slots__ = ()
    config = DTOConfig()
    _annotations: Final[dict[str, Any]] = {}

    def decode_bytes(self, value: bytes) -> Any:
        """The body. Raises ClientException: 415 of another type, 400 of another shape."""
        connection: Connection = cast("Any", self).asgi_connection
        content_type = connection.headers.get("content-type", "")
        if content_type.partition(";")[0].strip().lower() != "application/json":
            raise ClientException(
                "The body must be JSON: Content-Type application/json", status_code=415
            )
        if _NUL.search(value):
            raise ClientException("Texts can't hold the character NUL")
        handler_id = connection.route_handler.handler_id
        try:
            return _decoder(self._annotations[handler_id]).decode(value)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ClientException(f"The body isn't what it should be: {error}") from error

    @classmethod
    def create_for_field_definition(
        cls, field_definition: FieldDefinition, handler_id: str, backend_cls: object = None
    ) -> None:
        cls._annotations[handler_id] = field_definition.annotation

    @classmethod
    def create_openapi_schema(
        cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any
    ) -> Reference | Schema:
        return schema_creator.for_field_definition(
            FieldDefinition.from_annotation(field_definition.annotation)
        )

    @classmethod
    def is_supported_model_type_field(cls, field_definition: FieldDefinition) -> bool:
        return field_definition.name == "data"

    @classmethod
    def generate_field_definitions(
        cls, model_type: type[Any]
    ) -> Generator[DTOFieldDefinition, None, None]:
        yield from ()

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        return False
