"""Trunks, numbers and phones over the API: how they stand, phones' secrets, numbers as written."""

from __future__ import annotations

import httpx
import msgspec
import pytest

from frontdesk.kernel.commands import Author, EndContact, Presence, SaveSetting, SetPresence
from frontdesk.kernel.telephone import PhoneAccount
from frontdesk.runtime.phone_numbers import read_number
from frontdesk.runtime.telephone import KEPT_FOR_PHONE
from tests.support.company import Company

TRUNK = {"kind": "trunk", "trunk_id": "carrier", "name": "Carrier", "host": "sip.carrier.example"}
NUMBER = "+37322123456"
SALES = {
    "kind": "phone_number",
    "number": NUMBER,
    "name": "Sales",
    "trunk_id": "carrier",
    "queue_id": "sales",
}


async def save(adam: httpx.AsyncClient, kind: str, entity_id: str, entity: object) -> None:
    path = f"/api/settings/{kind}/{entity_id.replace('+', '%2B')}"
    answer = await adam.put(path, json=entity)
    assert answer.status_code == 200, answer.text


async def test_a_number_of_a_trunk_is_saved_found_and_removed(company: Company) -> None:
    adam = await company.sign_in("adam")
    await save(adam, "trunk", "carrier", TRUNK)
    await save(adam, "phone_number", NUMBER, SALES)

    found = (await adam.get("/api/settings/phone_number/%2B37322123456")).json()
    assert (found["name"], found["trunk_id"], found["queue_id"]) == ("Sales", "carrier", "sales")

    in_use = await adam.delete("/api/settings/trunk/carrier")
    assert (in_use.status_code, in_use.json()["error"]["code"]) == (409, "in_use")
    assert (await adam.delete("/api/settings/phone_number/%2B37322123456")).status_code == 204
    assert (await adam.delete("/api/settings/trunk/carrier")).status_code == 204


async def test_a_centre_without_a_telephone_says_so(company: Company) -> None:
    adam = await company.sign_in("adam")
    state = (await adam.get("/api/telephone")).json()
    assert state == {"set_up": False, "problem": "", "server": "", "trunks": [], "phones": []}


async def test_a_phone_s_secret_is_shown_once_and_goes_with_the_phone(company: Company) -> None:
    await company.obey(SaveSetting(PhoneAccount(account_id="desk-1", name="Desk 1")))
    adam = await company.sign_in("adam")

    first = (await adam.post("/api/telephone/phones/desk-1/secret")).json()
    second = (await adam.post("/api/telephone/phones/desk-1/secret")).json()

    kept = company.parts.kept_secrets
    assert first["user"] == second["user"] == "phone-desk-1"
    assert first["secret"] != second["secret"]
    assert await kept.find(KEPT_FOR_PHONE + "desk-1") == second["secret"]
    assert second["secret"] not in (await adam.get("/api/settings/phone_account")).text

    assert (await adam.delete("/api/settings/phone_account/desk-1")).status_code == 204
    assert await kept.find(KEPT_FOR_PHONE + "desk-1") is None


async def test_only_administrators_look_behind_the_telephone(company: Company) -> None:
    await company.obey(SaveSetting(PhoneAccount(account_id="desk-1", name="Desk 1")))
    sofia = await company.sign_in("sofia")
    assert (await sofia.get("/api/telephone")).status_code == 403
    assert (await sofia.post("/api/telephone/phones/desk-1/secret")).status_code == 403
    adam = await company.sign_in("adam")
    assert (await adam.post("/api/telephone/phones/desk-2/secret")).status_code == 404


async def test_a_number_is_read_in_the_centre_s_country(company: Company) -> None:
    centre = msgspec.structs.replace(company.parts.live.board.centre, region="MD")
    await company.obey(SaveSetting(centre))
    anna = await company.sign_in("anna")
    answer = await anna.get("/api/telephone/number", params={"text": "022 12-34-56"})
    assert answer.json() == {"number": NUMBER, "shown": "+373 22 123 456", "region": "MD"}


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+40 21 123 4567", "MD", "+40211234567"),
        ("0040211234567", "MD", "+40211234567"),
        ("022123456", "", ""),
        ("12", "MD", ""),
        ("reception", "MD", ""),
    ],
)
def test_what_is_typed_is_a_number_or_not(text: str, region: str, number: str) -> None:
    assert read_number(text, region).number == number


async def test_who_calls_again_is_known_by_the_number(company: Company) -> None:
    ana = {"name": "Ana Rusu", "address": NUMBER}
    adam = await company.sign_in("adam")
    contact_ids: list[int] = []
    for customer in (ana, {"address": NUMBER}, {"name": "Ion", "address": NUMBER + "7"}):
        body = {
            "channel": "voice",
            "channel_ref": f"leg-{len(contact_ids)}",
            "queue_id": "sales",
            "customer": customer,
        }
        answer = await adam.post("/api/contacts", json=body)
        assert answer.status_code == 201, answer.text
        contact_ids.append(answer.json()["contact_id"])
    first, again, _ = contact_ids
    await company.obey(EndContact(first, Author.CUSTOMER))
    await company.obey(SetPresence("anna", Presence.AVAILABLE))

    anna, boris = await company.sign_in("anna"), await company.sign_in("boris")
    earlier = (await anna.get("/api/customers/%2B37322123456/contacts")).json()["items"]
    assert [each["contact_id"] for each in earlier] == [again, first]
    assert earlier[1]["customer"]["name"] == "Ana Rusu"
    assert (await anna.get(f"/api/contacts/{first}")).status_code == 200
    assert (await boris.get("/api/customers/%2B37322123456/contacts")).status_code == 403
    assert (await boris.get(f"/api/contacts/{first}")).status_code == 403
