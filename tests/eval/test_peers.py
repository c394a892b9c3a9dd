"""The peers: what they say and find, and what a person is told who has not installed one."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from assistant.errors import WrongUse
from assistant.index import open_index
from assistant.outcomes import Status
from assistant.service import Service
from eval.peers import FRAMEWORKS, QUOTED, Quoting, framework
from ingest.run import Run


class Fixed(Quoting):
    def passages(self, question: str, limit: int = 10) -> list[str]:
        return [question * 100, "つぎ" * 100]


def test_a_peer_quotes_the_beginning_of_what_it_found() -> None:
    said = Fixed().ask("あいう")
    assert said.status is Status.ANSWERED
    assert said.text == ("あいう" * 100 + "\n" + "つぎ" * 100)[:QUOTED] and len(said.text) == QUOTED
    assert [p.text for p in said.passages] == Fixed().passages("あいう")
    assert [a.text[0] for a in Fixed().talk(["か", "き"])] == ["か", "き"]


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_peer_that_is_not_installed_says_how_to_install_it(
    name: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, FRAMEWORKS[name][0].split(".")[0], None)
    monkeypatch.setattr("eval.peers.find_spec", lambda module: None)
    with pytest.raises(WrongUse, match="peers"):
        framework(name, service.searcher.index, service.embedder)


def test_an_unknown_peer_is_named(service: Service) -> None:
    with pytest.raises(WrongUse, match="llamaindex、haystack"):
        framework("nobody", service.searcher.index, service.embedder)


def test_the_naive_peer_finds_the_texts(small: Run) -> None:
    from eval.peer import Peer

    peer = Peer(open_index(small.settings, small.embedder), small.embedder)
    assert "毎朝" in peer.ask("花壇の水やりはいつですか").text


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_framework_finds_the_texts(name: str, small: Run) -> None:
    if find_spec(FRAMEWORKS[name][0].split(".")[0]) is None:
        pytest.skip(f"{name} is not installed (extra `peers`)")
    peer = framework(name, open_index(small.settings, small.embedder), small.embedder)
    assert "毎朝" in peer.ask("花壇の水やりはいつですか").text
