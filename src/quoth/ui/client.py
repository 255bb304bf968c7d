"""Who asks, as far as a limit has to tell one from another."""

from __future__ import annotations

import ipaddress

from starlette.types import Scope


def stands_for_one(client: str) -> bool:
    """Whether `client` is not this machine, where a proxy that nobody named may ask for all others."""
    try:
        return not ipaddress.ip_network(client, strict=False).is_loopback
    except ValueError:
        return True


def client_of(scope: Scope, prefix: int = 64) -> str:
    """The address that the connection comes from. Of IPv6 the network, in which anybody has addresses without end;
    `prefix` is its length: a household has one of /64 or a few, an office or whoever rents a server often a /48.
    """
    host = (scope.get("client") or ("",))[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return str(host)
    mapped = getattr(address, "ipv4_mapped", None)
    if address.version == 4 or mapped or address.is_loopback:
        return str(mapped or address)
    return str(ipaddress.ip_network((address, prefix), strict=False))
