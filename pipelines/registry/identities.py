"""The sums that ought to close, as declared in identities.yml."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pipelines.model.identity import Identity
from pipelines.registry.dictionary import breakdown_en, breakdown_zh, breakdowns, cell_named
from pipelines.registry.files import RegistryError, read_yaml

_SIGNS = {"=": "=", ">=": "≥", "<=": "≤", ">=max": "≥"}


def _side(names: list[str], operator: str) -> str:
    return f"max({', '.join(names)})" if operator == ">=max" else " + ".join(names)


def _expanded(declared: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an identity once for each member of the breakdown `each`, or for each of the indicators `rows`."""
    if "each" in declared:
        for member in breakdowns()[declared["each"]]:
            yield _with(declared, member, "{}" if member == "total" else f"{{}}[{member}]")
    elif "rows" in declared:
        for name in declared["rows"]:
            yield _with(declared, name, "{}")
    else:
        yield declared


def _with(declared: dict[str, Any], name: str, wording: str) -> dict[str, Any]:
    """Return an identity of its own for one member or indicator: `*` is its name, and so is what its id ends with."""
    sides = {side: [wording.format(text.replace("*", name)) for text in declared[side]] for side in ("left", "right")}
    return {**declared, **sides, "id": f"{declared['id']}.{name}"}


def _identity(declared: dict[str, Any]) -> Identity:
    where = f"identities.yml: {declared['id']}"
    left, right = (tuple(cell_named(text, where) for text in declared[side]) for side in ("left", "right"))
    operator = declared["operator"]
    if operator not in _SIGNS:
        raise RegistryError(f"{where}: operator {operator!r} is none of {', '.join(_SIGNS)}")
    sign = f" {_SIGNS[operator]} "
    return Identity(
        id=declared["id"],
        forms=frozenset(declared["forms"]),
        left=left,
        operator=operator,
        right=right,
        hard=declared["hard"],
        zh=sign.join((_side([breakdown_zh(*c) for c in left], ""), _side([breakdown_zh(*c) for c in right], operator))),
        en=sign.join((_side([breakdown_en(*c) for c in left], ""), _side([breakdown_en(*c) for c in right], operator))),
        note=declared.get("note", ""),
        note_zh=declared.get("note_zh", ""),
        where_printed=declared.get("where_printed", False),
        unless=tuple(cell_named(text, where) for text in declared.get("unless", ())),
    )


@cache
def identities() -> tuple[Identity, ...]:
    """Return every declared identity, in the order of the file."""
    declared = read_yaml("identities.yml")
    return tuple(_identity(each) for identity in declared for each in _expanded(identity))


@cache
def sums_of(form: str) -> tuple[Identity, ...]:
    """Return the identities of one form that are totals with their parts, which the solver may use."""
    return tuple(identity for identity in identities_of(form) if identity.additive)


@cache
def exact_sums_of(form: str) -> tuple[Identity, ...]:
    """Return the identities of one form both sides of which have to be the same."""
    return tuple(identity for identity in identities_of(form) if identity.exact)


@cache
def identities_of(form: str) -> tuple[Identity, ...]:
    """Return the identities of one form."""
    return tuple(identity for identity in identities() if form in identity.forms)
