"""Who sends a request, for counting: an IPv4 address, or the /64 network of an IPv6 address, which is one household."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope


def network_of(scope: Scope) -> str:
    """The client behind trusted proxies (the server has put it into the scope); `local` where there is no address."""
    client = scope.get("client")
    if not client:
        return "local"
    try:
        address = ip_address(client[0].partition("%")[0])
    except ValueError:
        return str(client[0])
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def is_loopback(host: str) -> bool:
    """Is this name or address one that only this machine reaches?"""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
