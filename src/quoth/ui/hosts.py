"""The names under which the page answers. A foreign name that leads to it is how a web page reads what it is served."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from quoth.errors import SettingsError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not bound
_PUBLIC = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Hosts:
    names: frozenset[str] = LOOPBACK
    """Without port."""
    takes_addresses: bool = False
    """Whether any address in numbers will do: no web page can make one lead elsewhere, as it can a name of its own."""
    public: frozenset[str] = frozenset()
    """As a browser shows them, with the port where that is not the usual one."""

    def has(self, host: str) -> bool:
        """Whether the page answers to `host`, the header of that name."""
        name = _name_of(host)
        return name in self.names or name in map(_name_of, self.public) or (self.takes_addresses and _is_address(name))

    def has_origin(self, origin: str, host: str) -> bool:
        """Whether `origin` is of the page itself. A proxy may have put another `host` in place of the public one."""
        return any(origin in (f"http://{own}", f"https://{own}") for own in (host, *self.public))


def hosts_for(host: str, address: str, public: Iterable[str] = ()) -> Hosts:
    """Names for the page when it is bound to `host`, whose numeric form is `address`.

    Raises SettingsError for a name in `public` that is none.
    """
    names, read = LOOPBACK | {host.lower(), address}, frozenset(map(_read_public, public))
    if address not in _WILDCARDS:
        return Hosts(names, public=read)
    machine = socket.gethostname().lower()
    short = machine.partition(".")[0]
    return Hosts(names | {machine, short, f"{short}.local"}, takes_addresses=True, public=read)


def _read_public(name: str) -> str:
    try:
        read = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        read = ""
    if not _PUBLIC.fullmatch(read):
        raise SettingsError(f"{name!r} is no name of a host; give it as in docs.example.org, without https://")
    return read


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
