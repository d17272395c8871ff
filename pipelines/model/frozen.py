"""Frozen dataclasses by the ten thousand: the same objects, made several times as fast."""

from collections.abc import Callable
from dataclasses import field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar, cast

Fields = ParamSpec("Fields")
Made = TypeVar("Made")


def maker(frozen: Callable[Fields, Made]) -> Callable[Fields, Made]:
    """Return what makes the objects of a frozen, slotted dataclass quickly; it takes the same arguments.

    A frozen dataclass sets each field through `object.__setattr__`. Here an open twin with the same slots is filled,
    becomes the frozen class, and passes its `__post_init__`.

    >>> from dataclasses import dataclass
    >>> Point = dataclass(frozen=True, slots=True)(type("Point", (), {"__annotations__": {"x": int, "y": int}}))
    >>> maker(Point)(x=1, y=2) == Point(1, 2), type(maker(Point)(1, 2)) is Point
    (True, True)
    """
    made = cast("Any", frozen)
    check = getattr(made, "__post_init__", None)

    def freeze(draft: Any) -> None:  # noqa: ANN401 - an object of the twin, then one of the frozen class
        draft.__class__ = made
        if check is not None:
            check(draft)

    declared = [
        (each.name, Any, field(default=each.default, default_factory=each.default_factory, kw_only=each.kw_only))
        for each in fields(made)
    ]
    twin = make_dataclass(made.__name__, declared, slots=True, eq=False, namespace={"__post_init__": freeze})
    return cast("Callable[Fields, Made]", twin)
