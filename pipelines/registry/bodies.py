"""The register of public bodies: names as printed to ids, decided by people where it is not certain."""

import hashlib
from functools import cache, lru_cache

from pipelines.model.report import Body
from pipelines.registry.files import RegistryError, read_csv
from pipelines.registry.wording import fold, squeeze


@cache
def registered_bodies() -> dict[str, Body]:
    """Return every registered body by each of its names; a name that two bodies share is refused."""
    found: dict[str, Body] = {}
    for row in read_csv("bodies.csv"):
        body = Body(row["body_id"], row["name"], row["division"], resolved=True)
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            if found.setdefault(name, body) != body:
                raise RegistryError(f"bodies.csv: {name} names both {found[name].body_id} and {body.body_id}")
    return found


def resolve(name: str, fallback: str) -> Body:
    """Return the registered body of that name, else one whose id is made from the name (from `fallback` if empty).

    >>> resolve("佳木斯市前进区人民政府", "").body_id
    '230804'
    >>> resolve("某县人民政府", "").resolved
    False
    """
    return _named(name) or _unregistered("", fallback)


@lru_cache(maxsize=8192)
def _named(name: str) -> Body | None:
    """Return the body of a name, None where the name is empty."""
    wanted = squeeze(fold(name))
    return registered_bodies().get(wanted) or (_unregistered(wanted, wanted) if wanted else None)


def _unregistered(name: str, told_by: str) -> Body:
    return Body("x" + hashlib.sha256(told_by.encode()).hexdigest()[:12], name)
