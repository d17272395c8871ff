"""Reports of bodies that lie close together: two districts, an office of each, a city, one that nothing tells."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

REPORT = Path(__file__).parents[2] / "data" / "raw" / "2017" / "2017_qianjin-district.txt"
BODIES = (
    ("佳木斯市前进区", "前进区"),
    ("佳木斯市向阳区", "向阳区"),
    ("佳木斯市前进区教育局", "前进区"),
    ("哈尔滨市道里区", "道里区"),
    ("福州市鼓楼区", "鼓楼区"),
    ("某某市不存在区", "不存在区"),
)
YEARS = range(2014, 2018)
_FIGURE = re.compile(r"^(\s*)(?!201[0-9]$)\d+(\s*)$", re.MULTILINE)


def report_of(body: int, year: int, seed: int) -> bytes:
    """Return a report of one of the bodies for a year, with figures of its own; its roster says who published."""
    name, short = BODIES[body]
    chance = random.Random(f"{body} {year} {seed}")
    text = REPORT.read_text(encoding="utf-8").replace("2017", str(year)).replace("佳木斯市前进区", name)
    text = text.replace("前进区", short) if name != "佳木斯市前进区教育局" else text
    text = text.replace("已完成", chance.choice(("已完成", "未完成")))
    return _FIGURE.sub(lambda match: f"{match[1]}{chance.randint(1, 9_999)}{match[2]}", text).encode()


def changes(seed: int, steps: int) -> Iterator[tuple[dict[str, bytes], set[str]]]:
    """Yield what each step adds to a raw folder, by name, and what it takes away; versions and copies included."""
    chance, there = random.Random(seed), set[str]()
    for step in range(steps):
        added: dict[str, bytes] = {}
        for _ in range(chance.randint(0, 3) if step else 8):
            body, year = chance.randrange(len(BODIES)), chance.choice(YEARS)
            data = report_of(body, year, chance.choice((seed, seed, step)))
            added[f"{body}/{year}-{step}{chance.choice('ab')}.txt"] = data
        if chance.random() < 0.3:
            name = f"{chance.choice(BODIES)[0]}人民政府{chance.choice(YEARS)}.pdf"
            added[f"{step}/{name}"] = b"nothing that could be read"
        gone = {name for name in sorted(there) if chance.random() < 0.12} if step else set()
        there = (there | added.keys()) - gone
        yield added, gone
