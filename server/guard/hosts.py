"""Which names the service answers to. A page of another site that points its own name at this machine (DNS rebinding)
would otherwise read everything a laptop's service shows."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.settings import Settings
from server.errors import failure
from server.guard.clients import is_loopback
from server.observe.logs import logger

_LOG = logger("hosts")
_LOCAL = ("localhost", "127.0.0.1", "[::1]", "testserver")  # the last is what test clients call it
_FREE = ("/healthz", "/readyz")  # load balancers ask by address


def known_hosts(settings: Settings) -> tuple[str, ...]:
    """The names of the settings; without any, the local ones if only this machine is served, else every name (*)."""
    told = tuple(name.strip().lower() for name in settings.hosts.split(",") if name.strip())
    return told or (_LOCAL if is_loopback(settings.host) else ("*",))


def name_of(host: str) -> str:
    """A Host header, or the end of an origin, without its port."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdigit() else host.lower()


def is_known(host: str, names: tuple[str, ...]) -> bool:
    """Is the host one of `names`, of which `*` is every name and `*.example.jp` every one below it?"""
    name = name_of(host)
    return any(
        known in ("*", name) or (known.startswith("*.") and name.endswith(known[1:]) and name != known[1:])
        for known in names
    )


class Hosts:
    """ASGI middleware that answers 400 to a name that is not the service's."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in _FREE:
            request = Request(scope)
            if not is_known(request.headers.get("host", ""), self.names):
                _LOG.warning("unknown host refused; name it in KYODO_HOSTS if it is ours")
                await failure(request, 400, "wrong_host")(scope, receive, send)
                return
        await self.app(scope, receive, send)
