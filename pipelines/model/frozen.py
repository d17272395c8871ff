"""Frozen dataclasses by the ten thousand: the same objects, made several times as fast."""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, ParamSpec, TypeVar, cast

Fields = ParamSpec("Fields")
Made = TypeVar("Made")


def maker(frozen: Callable[Fields, Made]) -> Callable[Fields, Made]:
    """Return what makes the objects of a frozen, slotted dataclass quickly; it takes the same arguments, by name.

    A frozen dataclass sets each field through `object.__setattr__`. Here an open twin with the same slots is filled,
    becomes the frozen class, and passes its `__post_init__`.

    >>> from dataclasses import dataclass
    >>> Point = dataclass(frozen=True, slots=True)(type("Point", (), {"__annotations__": {"x": int, "y": int}}))
    >>> maker(Point)(x=1, y=2) == Point(1, 2), type(maker(Point)(x=1, y=2)) is Point
    (True, True)
    """
    made = cast("Any", frozen)
    declared = fields(made)
    known = {
        "_made": made,
        "_open": type(made.__name__, (), {"__slots__": made.__slots__}),
        "_check": getattr(made, "__post_init__", None),
        **{f"_default_{each.name}": each.default for each in declared},
    }
    exec(_source(declared, checked=known["_check"] is not None), known)  # noqa: S102 - as dataclasses write __init__
    return cast("Callable[Fields, Made]", known["_make"])


def _source(declared: tuple[Field[Any], ...], *, checked: bool) -> str:
    """Return the function that makes an object with some fields, as dataclasses write `__init__`."""
    return "\n    ".join(
        (
            f"def _make(*, {', '.join(map(_parameter, declared))}):",
            "draft = _open()",
            *(f"draft.{each.name} = {each.name}" for each in declared),
            "draft.__class__ = _made",
            *(("_check(draft)",) if checked else ()),
            "return draft",
        )
    )


def _parameter(declared: Field[Any]) -> str:
    return declared.name if declared.default is MISSING else f"{declared.name}=_default_{declared.name}"
