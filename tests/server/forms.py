"""Forms as a browser sends them: with the visitor's cookie and the sign of a page that it has opened."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient


def sign(client: TestClient) -> str:
    """The sign of this client's forms; opens a page first, as a visitor does."""
    found = re.search(r'<meta name="sign" content="([0-9a-f]{64})">', client.get("/").text)
    assert found
    return found[1]
