"""The listening socket, opened before anything is started so that a taken port costs nothing."""

from __future__ import annotations

import errno
import socket

from frontdesk.cli.errors import PortError
from frontdesk.cli.settings import ServerSettings

BACKLOG_CONNECTIONS_MAX = 2048


def open_listener(settings: ServerSettings) -> socket.socket:
    """A socket that listens on the settings' host and port. Raises PortError."""
    host, port = settings.host, settings.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise PortError(f"server.host {host} is not an address of this machine") from error
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(BACKLOG_CONNECTIONS_MAX)
    except OSError as error:
        listener.close()
        raise PortError(_explain(error, host, port)) from error
    return listener


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is taken by another program; "
            "stop it or choose another with --port or FRONTDESK_PORT"
        )
    if error.errno == errno.EACCES:
        return f"port {port} may not be opened by this user; choose one above 1023"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"server.host {host} is not an address of this machine"
    return f"port {port} on {host} can't be opened: {error.strerror}"


def listener_url(listener: socket.socket, settings: ServerSettings) -> str:
    """The address to tell people: the public one, or where `listener` is heard on this machine."""
    if settings.public_url:
        return settings.public_url
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"
