from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the caches, folders or proxies of whoever runs it."""
    monkeypatch.setenv("NETTOOL_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("NETTOOL_DATA_DIR", raising=False)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any use of the network fails the test."""

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("the network was used")

    for name in ("socket.connect", "socket.connect_ex", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(f"socket.{name}", refuse)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def say(said: list[str]) -> Callable[[str], None]:
    return said.append
