"""Dataclasses that cost next to nothing to define.

A start of the program defines some sixty of them and makes few; the standard library's compiles six methods for each
as soon as it is defined, which takes longer than all the rest of a start. These compile one, when many are made.
"""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

_FEW = 30
"""To compile a method takes as long as to make so many values without it."""

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, slots: bool = False, frozen: bool = False, eq: bool = True) -> Callable[[type], type]:
        """Return a decorator that does what `dataclasses.dataclass` does with these options, only later.

        Without slots, values have a dictionary beside their fields, in which properties may be cached.
        """
        return lambda cls: _made(cls, () if slots else ("__dict__",), frozen=frozen, eq=eq)


def _made(cls: type, beside: tuple[str, ...], *, frozen: bool, eq: bool) -> type:
    """Return the class anew, with a slot for each field and the methods of a dataclass."""
    fields = tuple(_fields(cls))
    names = tuple(field.name for field in fields)
    own = {name: it for name, it in vars(cls).items() if name not in {*names, "__dict__", "__weakref__"}}
    own |= {"__slots__": names + beside, "__match_args__": names, "__qualname__": cls.__qualname__}
    own |= {
        "__dataclass_fields__": {field.name: field for field in fields},
        "__init__": _first_init(fields, frozen=frozen),
    }
    own.setdefault("__repr__", _repr)
    if eq:
        own |= _comparing(names, frozen=frozen)
    if frozen:
        own |= {"__setattr__": _refuse, "__delattr__": _refuse}
    return type(cls)(cls.__name__, cls.__bases__, own)


def _fields(cls: type) -> Iterable[dataclasses.Field[Any]]:
    """Yield the fields as the standard library describes them, so that its `replace` and `fields` know them."""
    for name, annotation in cls.__annotations__.items():
        said = vars(cls).get(name, dataclasses.MISSING)
        field: Any = said if isinstance(said, dataclasses.Field) else dataclasses.field(default=said)
        field.name, field.type = name, annotation
        field._field_type = vars(dataclasses)["_FIELD"]  # noqa: SLF001 - how the standard library marks its own
        yield field


def _first_init(fields: Sequence[dataclasses.Field[Any]], *, frozen: bool) -> Callable[..., None]:
    """Return the method that makes the first few values; the next one compiles its successor."""
    few = iter(range(_FEW))

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it is one
        values = _bound(fields, args, kwargs) if next(few, None) is not None else None
        if values is None:
            cls = type(self)
            cls.__init__ = _compiled_init(cls, fields, frozen=frozen)
            cls.__init__(self, *args, **kwargs)
            return
        for field, value in zip(fields, values, strict=True):
            object.__setattr__(self, field.name, value)

    return __init__


def _bound(fields: Sequence[dataclasses.Field[Any]], args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Any] | None:
    """Return a value for each field, or None for arguments that don't fit, which a compiled method says in words."""
    given = dict(zip((field.name for field in fields), args, strict=False)) | kwargs
    if len(given) < len(args) + len(kwargs):
        return None
    values = [given.pop(field.name) if field.name in given else _default(field) for field in fields]
    return None if given or any(value is dataclasses.MISSING for value in values) else values


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _compiled_init(cls: type, fields: Sequence[dataclasses.Field[Any]], *, frozen: bool) -> Any:
    """Write the method that takes the fields in their order and puts each into its slot.

    A frozen value is of a class without locks until all its fields are in place, which is quicker than to open each.
    """
    names: dict[str, Any] = {"MISSING": dataclasses.MISSING, "set_attribute": object.__setattr__, "frozen_class": cls}
    head, body = ["self"], ["pass"]
    if frozen:
        names["open_class"] = type(cls.__name__, cls.__bases__, {"__slots__": vars(cls)["__slots__"]})
        body = ["set_attribute(self, '__class__', open_class)"]
    for field in fields:
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            names[f"make_{name}"] = field.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}"
        names[f"default_{name}"] = field.default
        is_needed = field.default is field.default_factory is dataclasses.MISSING
        head.append(name if is_needed else f"{name}=default_{name}")
        body.append(f"self.{name} = {value}")
    if frozen:
        body.append("self.__class__ = frozen_class")
    exec(f"def __init__({', '.join(head)}):\n " + "\n ".join(body), names)  # noqa: S102 - made of field names alone
    return names["__init__"]


def _comparing(names: tuple[str, ...], *, frozen: bool) -> dict[str, Any]:
    content = attrgetter(*names)

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - it is one
        return content(self) == content(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807 - it is one
        return hash(content(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _repr(self: Any) -> str:
    cells = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({cells})"


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"a {type(self).__name__} never changes: {name}")
