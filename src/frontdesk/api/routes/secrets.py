"""Secrets for outside systems: set and taken away, never read."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Router, delete, get, put
from litestar.params import JSONBody, PathParameter

from frontdesk.api.calls import Caller, Parts
from frontdesk.api.identity import administrators_only
from frontdesk.kernel.flows.look_up_checks import SECRET_NAME
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.records.kept_secrets import SECRET_CHARS_MAX, KeptSecret
from frontdesk.runtime.refused import refuse

SecretName = Annotated[
    str, PathParameter(min_length=1, max_length=64, pattern=f"^{SECRET_NAME.pattern}$")
]


class NewSecret(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The secret itself, which is never shown again."""

    value: Annotated[str, msgspec.Meta(min_length=1, max_length=SECRET_CHARS_MAX)]


class SecretList(msgspec.Struct, frozen=True):
    """All secrets, by name."""

    items: list[KeptSecret]


@get("/", guards=[administrators_only], operation_id="listSecrets")
async def list_secrets(parts: Parts) -> SecretList:
    """Which secrets there are and when they were set; never what they are."""
    return SecretList(await parts.kept_secrets.find_all())


@put("/{name:str}", guards=[administrators_only], status_code=204, operation_id="setSecret")
async def set_secret(
    name: SecretName, data: JSONBody[NewSecret], caller: Caller, parts: Parts
) -> None:
    """Keep a secret, in place of the one of that name."""
    await parts.kept_secrets.save(name, data.value, caller.actor)
    await parts.telephone.refresh()


@delete("/{name:str}", guards=[administrators_only], status_code=204, operation_id="removeSecret")
async def remove_secret(name: SecretName, caller: Caller, parts: Parts) -> None:
    """Forget a secret. What needs it fails from now on."""
    if not await parts.kept_secrets.remove(name, caller.actor):
        raise refuse(RefusalReason.NOT_FOUND, f"There is no secret {name}", f"secret {name}")
    await parts.telephone.refresh()


router = Router(
    "/secrets", route_handlers=[list_secrets, set_secret, remove_secret], tags=["Secrets"]
)
