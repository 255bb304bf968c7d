"""On what terms the page is served: who may come in, and whether the folder may be changed from it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum

from quoth.errors import SettingsError
from quoth.ui.needs import KeepingLibrary

SHORTEST_PASSWORD = 8


class Closed(StrEnum):
    """Why the folder cannot be changed from the page."""

    READ_ONLY = "read-only"
    NO_PASSWORD = "no password"  # noqa: S105 - a reason, not a password
    NO_FOLDER = "no folder"


@dataclass(frozen=True, slots=True)
class Terms:
    keeps: KeepingLibrary | None = None
    """The library whose folder may be changed; None where there is no such folder."""
    read_only: bool = False
    password: str = field(default="", repr=False)
    """Asked for before anything is shown; "" lets everybody in who reaches the page."""
    file_limit: int = 100_000_000
    """Most bytes of one file."""
    total_limit: int = 2_000_000_000
    """Most bytes of all files in the folder, those of an upload included."""

    files_limit: int = 10_000
    """Most files in the folder."""
    public_hosts: tuple[str, ...] = ()
    """Names by which others reach the page, as their browsers show them."""
    is_proxied: bool = False
    """Whether a proxy may ask for others, so that the address of the page says nothing about who reaches it."""

    def __post_init__(self) -> None:
        if self.password and len(self.password) < SHORTEST_PASSWORD:
            raise SettingsError(f"the password is too short; give one of at least {SHORTEST_PASSWORD} characters")

    def closed(self, address: str) -> Closed | None:
        """Why the folder cannot be changed from a page that is served at the numeric `address`; None when it can."""
        if self.read_only:
            return Closed.READ_ONLY
        if self.keeps is None:
            return Closed.NO_FOLDER
        is_alone = is_this_machine(address) and not self.is_proxied and not self.public_hosts
        return None if self.password or is_alone else Closed.NO_PASSWORD


def is_this_machine(address: str) -> bool:
    """Whether only programs of this machine reach the numeric `address`."""
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return address == "localhost"
