"""What must hold of trunks, numbers and phones before they are saved; who answers is seen later."""

import re

from frontdesk.kernel.entities import Settings
from frontdesk.kernel.flows.document import FlowUse
from frontdesk.kernel.flows.look_up_checks import PORT_MAX, SECRET_NAME
from frontdesk.kernel.settings import AgentProfile
from frontdesk.kernel.telephone import (
    DeskPhone,
    OutsidePhone,
    PhoneAccount,
    PhoneNumber,
    Trunk,
    is_phone_number,
)

LINES_MAX = 10_000
ADDRESSES_MAX = 20
PREFIXES_MAX = 300

_PREFIX = re.compile(r"\+(?:[1-9][0-9]{0,14})?")
_ACCOUNT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:-]{0,252}(?:/[0-9]{1,3})?")
_USER = re.compile(r"[A-Za-z0-9+][A-Za-z0-9._~+-]{0,79}")
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)?")


def _check_number(number: str) -> str | None:
    if is_phone_number(number):
        return None
    return f"{number!r} is not a number in international form, like +37322123456."


def _check_account_name(name: str) -> str | None:
    """Phones and trunks sign in by their ids."""
    if _ACCOUNT_NAME.fullmatch(name):
        return None
    return "The id is made of up to 40 Latin letters, digits, _ and -."


def check_trunk(trunk: Trunk) -> str | None:
    """What is wrong with it, as a sentence."""
    if not _HOST.fullmatch(trunk.host):
        return f"{trunk.host!r} is neither the name nor the address of a host."
    if not 1 <= trunk.port <= PORT_MAX:
        return f"A port is a number from 1 to {PORT_MAX}."
    if trunk.lines_max is not None and not 1 <= trunk.lines_max <= LINES_MAX:
        return f"A trunk has 1 to {LINES_MAX} lines."
    if trunk.caller_number and (problem := _check_number(trunk.caller_number)):
        return problem
    return (
        _check_account_name(trunk.trunk_id)
        or _check_identity(trunk)
        or _check_addresses(trunk.addresses)
        or _check_prefixes(trunk.allowed_prefixes)
    )


def _check_identity(trunk: Trunk) -> str | None:
    if trunk.user and not _USER.fullmatch(trunk.user):
        return "The user is the part before the @ alone, without spaces."
    if trunk.secret and not SECRET_NAME.fullmatch(trunk.secret):
        return f"{trunk.secret!r} is no name of a secret."
    if bool(trunk.user) != bool(trunk.secret):
        return "A user needs a secret, and a secret a user."
    if trunk.registers and not trunk.user:
        return "To register a trunk needs a user."
    return None


def _check_addresses(addresses: tuple[str, ...]) -> str | None:
    if len(addresses) > ADDRESSES_MAX:
        return f"There are at most {ADDRESSES_MAX} addresses."
    wrong = next((each for each in addresses if not _ADDRESS.fullmatch(each)), None)
    return None if wrong is None else f"{wrong!r} is neither an address nor a network."


def _check_prefixes(prefixes: tuple[str, ...]) -> str | None:
    if len(prefixes) > PREFIXES_MAX:
        return f"There are at most {PREFIXES_MAX} beginnings of numbers."
    wrong = next((each for each in prefixes if not _PREFIX.fullmatch(each)), None)
    return None if wrong is None else f"{wrong!r} is no beginning of a number, like +373."


def check_phone_number(settings: Settings, number: PhoneNumber) -> str | None:
    """What is wrong with it, as a sentence."""
    problem = _check_number(number.number)
    if problem is not None:
        return problem
    if (number.queue_id is None) == (number.flow_id is None):
        return "A number leads to a queue or into a flow."
    if number.flow_id and settings.flows[number.flow_id].use is not FlowUse.ENTRY:
        return "A number leads into entry flows only."
    if not _LANGUAGE.fullmatch(number.language):
        return f"{number.language!r} is no language, like ro or en-GB."
    return None


def check_phone_account(account: PhoneAccount) -> str | None:
    """What is wrong with it, as a sentence."""
    return _check_account_name(account.account_id)


def check_line(settings: Settings, agent: AgentProfile) -> str | None:
    """What is wrong with the agent's line, as a sentence."""
    match agent.line:
        case OutsidePhone(number=number):
            return _check_number(number)
        case DeskPhone():
            others = (a for a in settings.agents.values() if a.agent_id != agent.agent_id)
            if any(other.line == agent.line for other in others):
                return "The phone is another agent's."
            return None
        case _:
            return None
