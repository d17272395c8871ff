import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "data" / "raw" / "2017" / "2017_qianjin-district.txt"


@dataclass(frozen=True)
class Home:
    """A project folder of its own, in which the command is run as a user would."""

    path: Path

    @property
    def raw(self) -> Path:
        return self.path / "data" / "raw"

    @property
    def warehouse(self) -> Path:
        return self.path / "data" / "warehouse"

    @property
    def database(self) -> Path:
        return self.warehouse / "warehouse.duckdb"

    def add(self, name: str, data: bytes) -> Path:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"GONGKAI_HOME": str(self.path), "COLUMNS": "200"}
        for name in ("GONGKAI_RAW", "GONGKAI_WAREHOUSE", "GONGKAI_EXPECTATIONS"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "pipelines.cli", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd=ROOT, timeout=300, check=False
        )

    def digests(self) -> dict[str, bytes]:
        parquet = self.warehouse / "parquet"
        return {path.relative_to(parquet).as_posix(): path.read_bytes() for path in sorted(parquet.rglob("*.parquet"))}


def make_home(path: Path) -> Home:
    home = Home(path)
    home.raw.mkdir(parents=True)
    shutil.copytree(ROOT / "expectations", path / "expectations")
    return home


@pytest.fixture
def new_home(tmp_path: Path) -> Callable[[str], Home]:
    return lambda name: make_home(tmp_path / name)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The real report, built once."""
    home = make_home(tmp_path_factory.mktemp("built") / "home")
    home.add("2017/report.txt", REPORT.read_bytes())
    done = home.run("build")
    assert done.returncode == 0, done.stderr
    return home
