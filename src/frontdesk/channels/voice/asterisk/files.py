"""The configuration files that let us into an Asterisk; all else is told to it while it runs.

They are whole: a folder of them is Asterisk's configuration folder, and nothing in it is edited by
hand. What changes from day to day (trunks, accounts, numbers) is not in them; `provisioning`
tells it to the running Asterisk, whose sorcery keeps it in memory.

The standard library only, so that tools without our environment can write them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

APP: Final = "frontdesk"
"""The name of our Stasis application, also of the context in which calls arrive."""

# Without a list Asterisk loads 351 modules, half of which are doors to it that nobody watches.
MODULES: Final = """
app_stasis bridge_builtin_features bridge_holding bridge_native_rtp bridge_simple bridge_softmix
chan_bridge_media chan_pjsip chan_websocket codec_a_mu codec_alaw codec_g722 codec_gsm
codec_opus_open_source codec_resample codec_ulaw format_gsm format_pcm format_sln format_wav
func_callerid func_channel func_hangupcause func_logic func_pjsip_endpoint pbx_config res_ari
res_ari_applications res_ari_asterisk res_ari_bridges res_ari_channels res_ari_endpoints
res_ari_events res_ari_model res_ari_playbacks res_curl res_format_attr_opus
res_http_media_cache res_http_websocket res_pjproject res_pjsip res_pjsip_acl
res_pjsip_authenticator_digest res_pjsip_caller_id res_pjsip_dtmf_info
res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user res_pjsip_header_funcs
res_pjsip_logger res_pjsip_nat res_pjsip_outbound_authenticator_digest
res_pjsip_outbound_registration res_pjsip_pubsub res_pjsip_refer res_pjsip_registrar
res_pjsip_rfc3326 res_pjsip_sdp_rtp res_pjsip_session res_pjsip_transport_websocket
res_rtp_asterisk res_sorcery_astdb res_sorcery_config res_sorcery_memory res_srtp res_stasis
res_stasis_answer res_stasis_playback res_stasis_recording res_stasis_snoop res_timing_timerfd
res_websocket_client
"""

QUIET: Final = """
acl ccss features indications res_http_media_cache stasis udptl websocket_client
"""
"""Files that say nothing; Asterisk complains where they are missing."""


@dataclass(frozen=True)
class FileSettings:
    """What an operator decides of an Asterisk of ours."""

    password: str
    """Of the user by whose name Frontdesk gives its orders."""
    user: str = APP
    http_host: str = "127.0.0.1"
    http_port: int = 8088
    """Orders and browsers' telephones come by this port; a proxy with TLS stands before it."""
    sip_host: str = "0.0.0.0"  # noqa: S104 carriers and phones come from everywhere
    sip_port: int = 5060
    rtp_port_first: int = 10_000
    rtp_port_last: int = 20_000
    external_address: str = ""
    """What the world calls this machine when it stands behind an address translator."""
    local_networks: tuple[str, ...] = ()
    """Networks that reach the machine without the translator, as `10.0.0.0/8`."""
    directories: Mapping[str, Path] = field(default_factory=dict[str, Path])
    """Asterisk's folders where they are not the packager's: `astrundir`, `astspooldir`, …"""


def write_files(settings: FileSettings, folder: Path) -> None:
    """Write the configuration folder; what is not ours in it is left alone.

    The password lies in one of them, so they are closed to everybody but the owner and its group.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in render_files(settings).items():
        path = folder / name
        path.write_text(text)
        path.chmod(0o640)


def render_files(settings: FileSettings) -> dict[str, str]:
    """Every file's name and text."""
    return {
        "asterisk.conf": _asterisk(settings),
        "modules.conf": _section("modules", ["autoload = no", *_loads()]),
        "logger.conf": LOGGER,
        "http.conf": _section(
            "general",
            [
                "enabled = yes",
                f"bindaddr = {settings.http_host}",
                f"bindport = {settings.http_port}",
                "enable_static = no",
            ],
        ),
        "ari.conf": _ari(settings),
        "pjsip.conf": _pjsip(settings),
        "pjproject.conf": _section("startup", ["log_level = 2"]),
        "sorcery.conf": SORCERY,
        "rtp.conf": _section(
            "general",
            [
                f"rtpstart = {settings.rtp_port_first}",
                f"rtpend = {settings.rtp_port_last}",
                "strictrtp = yes",
                "icesupport = yes",
            ],
        ),
        "extensions.conf": EXTENSIONS,
        "chan_websocket.conf": _section("global", ["control_message_format = json"]),
        "cdr.conf": _section("general", ["enable = no"]),
        "cel.conf": _section("general", ["enable = no"]),
        "manager.conf": _section("general", ["enabled = no"]),
        **{f"{name}.conf": "" for name in QUIET.split()},
    }


def _section(name: str, lines: list[str]) -> str:
    return "\n".join([f"[{name}]", *lines, ""])


def _loads() -> list[str]:
    return [f"load = {module}.so" for module in MODULES.split()]


def _asterisk(settings: FileSettings) -> str:
    folders = [f"{name} => {path}" for name, path in settings.directories.items()]
    # Some carriers and translators take a line without packets for a dead one.
    options = _section("options", ["transmit_silence = yes", "documentation_language = en_US"])
    return _section("directories", folders) + "\n" + options


LOGGER: Final = """[general]
dateformat = %F %T.%3q

[logfiles]
console = notice,warning,error
"""


# A controller that pauses for a moment is no reason to cut it off: the packager's 100 ms is short.
def _ari(settings: FileSettings) -> str:
    general = _section("general", ["enabled = yes", "websocket_write_timeout = 10000"])
    lines = ["type = user", "read_only = no", f"password = {settings.password}"]
    return general + "\n" + _section(settings.user, lines)


def _pjsip(settings: FileSettings) -> str:
    bind = f"{settings.sip_host}:{settings.sip_port}"
    outside = [f"local_net = {network}" for network in settings.local_networks]
    if settings.external_address:
        outside += [
            f"external_signaling_address = {settings.external_address}",
            f"external_media_address = {settings.external_address}",
        ]
    parts = [
        _section(
            "global",
            [
                "type = global",
                "user_agent = Frontdesk",
                "endpoint_identifier_order = ip,username",
            ],
        ),
        _section("udp", ["type = transport", "protocol = udp", f"bind = {bind}", *outside]),
        _section("tcp", ["type = transport", "protocol = tcp", f"bind = {bind}", *outside]),
        _section("ws", ["type = transport", "protocol = ws", f"bind = {bind}", *outside]),
    ]
    return "\n".join(parts)


SORCERY: Final = """; Accounts and trunks are told to Asterisk while it runs and kept in its memory.
[res_pjsip]
auth = memory
aor = memory
endpoint = memory

[res_pjsip_endpoint_identifier_ip]
identify = memory

[res_pjsip_outbound_registration]
registration = memory
"""

# A call that finds nobody at our end of the line is told so (SIP 503), so that the carrier may try
# another way. An extension of one letter has a meaning of its own to Asterisk.
EXTENSIONS: Final = f"""[{APP}]
exten => _[+*#0-9]!,1,Stasis({APP})
 same => n,GotoIf($["${{STASISSTATUS}}" = "SUCCESS"]?done)
 same => n,Hangup(42)
 same => n(done),Hangup()
exten => _[a-zA-Z].,1,Stasis({APP})
 same => n,GotoIf($["${{STASISSTATUS}}" = "SUCCESS"]?done)
 same => n,Hangup(42)
 same => n(done),Hangup()
"""
