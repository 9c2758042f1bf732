"""The telephone: how trunks and phones stand, phones' secrets, numbers as people write them."""

from __future__ import annotations

import secrets as randomness
from typing import Annotated, Final

import msgspec
from litestar import Router, get, post
from litestar.params import QueryParameter

from frontdesk.api.calls import Caller, Parts, TextId
from frontdesk.api.identity import administrators_only, agents_only
from frontdesk.api.people import find_setting
from frontdesk.kernel.refusals import RefusalReason
from frontdesk.kernel.telephone import PhoneAccount
from frontdesk.runtime.phone_numbers import WrittenNumber, read_number
from frontdesk.runtime.refused import refuse
from frontdesk.runtime.telephone import KEPT_FOR_PHONE, TelephoneState

SECRET_CHARS: Final = 20
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those that nobody takes for others: such a secret is typed on a phone's keys."""

WrittenText = Annotated[
    str, QueryParameter(min_length=1, max_length=40, description="What somebody typed")
]


class PhoneSecret(msgspec.Struct, frozen=True):
    """What is set in the phone; the secret is never shown again."""

    user: str
    secret: str
    server: str


@get("/", guards=[administrators_only], operation_id="getTelephone")
async def get_telephone(parts: Parts) -> TelephoneState:
    """How trunks and phones stand now."""
    return await parts.telephone.look()


@get("/number", guards=[agents_only], operation_id="readNumber", sync_to_thread=False)
def read_written_number(text: WrittenText, parts: Parts) -> WrittenNumber:
    """A number as people write it, in the centre's country, in international form."""
    return read_number(text, parts.live.board.centre.region)


@post(
    "/phones/{account_id:str}/secret",
    guards=[administrators_only],
    status_code=200,
    operation_id="makePhoneSecret",
)
async def make_phone_secret(account_id: TextId, caller: Caller, parts: Parts) -> PhoneSecret:
    """Make a phone's secret, in place of the one before: the phone must be given it to sign in."""
    account = find_setting(parts.live, "phone_account", account_id)
    if not isinstance(account, PhoneAccount):
        subject = f"phone_account {account_id}"
        raise refuse(RefusalReason.NOT_FOUND, f"There is no phone {account_id}", subject)
    secret = "".join(randomness.choice(_LETTERS) for _ in range(SECRET_CHARS))
    await parts.kept_secrets.save(KEPT_FOR_PHONE + account_id, secret, caller.actor)
    await parts.telephone.refresh()
    state = await parts.telephone.look()
    return PhoneSecret(f"{KEPT_FOR_PHONE}{account_id}", secret, state.server)


router = Router(
    "/telephone",
    route_handlers=[get_telephone, read_written_number, make_phone_secret],
    tags=["Telephone"],
)
