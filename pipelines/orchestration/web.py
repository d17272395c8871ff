"""Dagster's page on loopback, with the runs of the command line in it: what `make web` starts."""

import os
import sys
from pathlib import Path

from pipelines.orchestration.home import prepare_home
from pipelines.settings import load_settings

HOST, PORT = "127.0.0.1", "3000"


def main() -> None:
    """Replace this process by `dagster dev`, its home being that of the command line."""
    home = prepare_home(load_settings())
    dagster = Path(sys.executable).with_name("dagster")
    arguments = [str(dagster), "dev", "-m", "pipelines.definitions", "-h", HOST, "-p", PORT]
    os.execve(dagster, arguments, os.environ | {"DAGSTER_HOME": str(home)})  # noqa: S606 - it is its own argument list


if __name__ == "__main__":
    main()
