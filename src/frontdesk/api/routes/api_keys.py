"""Keys by which programs use the API."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, delete, get, post
from litestar.params import JSONBody

from frontdesk.api.calls import Caller, Parts, TextId
from frontdesk.api.identity import administrators_only
from frontdesk.api.people import find_profile
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.settings import Role
from frontdesk.records.api_keys import KEYS_MAX, ApiKey
from frontdesk.runtime.refused import refuse


class NewApiKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """With `agent_id` the key acts as that agent, and its role is the lesser of the two."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    role: Role
    agent_id: str | None = None


class CreatedApiKey(msgspec.Struct, frozen=True):
    """`text` is what the program sends as `Authorization: Bearer`; it is never shown again."""

    key: ApiKey
    text: str


class ApiKeyList(msgspec.Struct, frozen=True):
    """All keys, the oldest first."""

    items: list[ApiKey]


@get("/", guards=[administrators_only], operation_id="listApiKeys")
async def list_api_keys(parts: Parts) -> ApiKeyList:
    """All keys, without their secrets."""
    return ApiKeyList(await parts.api_keys.find_all())


@post("/", guards=[administrators_only], operation_id="createApiKey")
async def create_api_key(data: JSONBody[NewApiKey], caller: Caller, parts: Parts) -> CreatedApiKey:
    """Make a key. Its text is shown this once."""
    if data.agent_id is not None and find_profile(parts.live, data.agent_id) is None:
        raise refuse(RefusalReason.INVALID, f"There is no agent {data.agent_id}")
    if len(await parts.api_keys.find_all()) >= KEYS_MAX:
        raise refuse(RefusalReason.LIMIT_REACHED, f"There are {KEYS_MAX} keys already")
    key, text = await parts.api_keys.create(data.name, data.role, caller.actor, data.agent_id)
    return CreatedApiKey(key, text)


@delete("/{key_id:str}", guards=[administrators_only], status_code=204, operation_id="removeApiKey")
async def remove_api_key(key_id: TextId, parts: Parts) -> None:
    """Revoke a key at once."""
    if not await parts.api_keys.remove(key_id):
        raise refuse(RefusalReason.NOT_FOUND, "There is no such key", f"key {key_id}")


router = Router(
    "/api-keys",
    route_handlers=[list_api_keys, create_api_key, remove_api_key],
    tags=["API keys"],
)
