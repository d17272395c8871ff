"""The site on loopback: its own files, nothing else, to this machine only."""

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from pipelines.dashboard.serve import server_of


@pytest.fixture
def address(tmp_path: Path) -> Iterator[tuple[str, int]]:
    (tmp_path / "secret").write_text("no", encoding="utf-8")
    folder = tmp_path / "dashboard"
    (folder / "bodies").mkdir(parents=True)
    (folder / "index.html").write_text("<p>here", encoding="utf-8")
    with server_of(folder, 0) as server:
        running = threading.Thread(target=server.serve_forever)
        running.start()
        yield "127.0.0.1", server.server_address[1]
        server.shutdown()
        running.join()


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/bodies/", 404), ("/../secret", 404), ("/%2e%2e/secret", 404)]
)
def test_only_pages_are_given_out(address: tuple[str, int], path: str, status: int) -> None:
    connection = HTTPConnection(*address, timeout=10)
    connection.request("GET", path)
    assert connection.getresponse().status == status
    connection.close()
