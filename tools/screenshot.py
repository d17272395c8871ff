"""Writes docs/dashboard.png, the first page of the dashboard of the synthetic corpus: `make screenshot`."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.chromium import PROGRAM, Chromium

PICTURE = Path(__file__).parents[1] / "docs" / "dashboard.png"
NO_BROWSER = (
    "没有 Chromium，截图需要它（Debian：apt-get install chromium）| no Chromium is installed, and the picture needs one"
)
_WIDTH, _HEIGHT = 1280, 1000
_COLOURS = 64
_ELSEWHERE = ("GONGKAI_RAW", "GONGKAI_WAREHOUSE", "GONGKAI_EXPECTATIONS")


def take_picture(picture: Path) -> None:
    """Store what the dashboard looks like that is built of the synthetic corpus, in a folder that is then gone."""
    with TemporaryDirectory() as folder:
        home = Path(folder, "demo")
        _gongkai(home, "demo", str(home))
        _gongkai(home, "build", "--allow-quarantine")
        browser = Chromium(Path(folder, "profile"))
        browser.screen(_WIDTH)
        browser.open((home / "data" / "warehouse" / "dashboard" / "index.html").as_uri())
        browser.picture(picture, _HEIGHT)
        browser.close()
    _shrink(picture)


def _gongkai(home: Path, *arguments: str) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    subprocess.run(command, check=True, env=kept | {"GONGKAI_HOME": str(home)})  # noqa: S603 - our own command


def _shrink(picture: Path) -> None:
    """Keep as many colours as the page needs and no more."""
    with Image.open(picture) as shown:
        few = shown.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


if __name__ == "__main__":
    if not PROGRAM:
        sys.exit(NO_BROWSER)
    take_picture(PICTURE)
