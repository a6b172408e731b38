"""Our dataclasses are the standard library's, only made later."""

import dataclasses
from typing import Any

import pytest

from supportq import values


def parcel(dataclass: Any) -> Any:
    @dataclass(frozen=True, slots=True)
    class Parcel:
        """Something that a carrier lost."""

        number: int
        carrier: str = "dpd"
        stops: list[str] = dataclasses.field(default_factory=list)

        def is_lost(self) -> bool:
            return not self.stops

    return Parcel


Ours, Theirs = parcel(values.dataclass), parcel(dataclasses.dataclass)


def test_a_value_reads_like_one_of_the_standard_library() -> None:
    assert repr(Ours(7, stops=["Riga"])) == repr(Theirs(7, stops=["Riga"]))
    assert (Ours.__doc__, Ours.__match_args__, Ours.__slots__) == (
        Theirs.__doc__,
        Theirs.__match_args__,
        Theirs.__slots__,
    )


def test_values_compare_by_content_and_by_class() -> None:
    assert Ours(7) == Ours(7, "dpd", [])
    assert Ours(7) != Ours(8)
    assert Ours(7) != Theirs(7)


def test_a_frozen_value_can_be_a_key_and_an_open_one_cannot() -> None:
    frozen: Any = values.dataclass(frozen=True, slots=True)(type("Key", (), {"__annotations__": {"number": "int"}}))
    opened: Any = values.dataclass(slots=True)(type("Open", (), {"__annotations__": {"number": "int"}}))

    assert {frozen(1): "one"}[frozen(1)] == "one"
    with pytest.raises(TypeError, match="unhashable"):
        hash(opened(1))


def test_a_frozen_value_never_changes() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Ours(7).number = 8
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Ours(7).number


def test_each_value_gets_a_list_of_its_own() -> None:
    one, other = Ours(1), Ours(2)
    one.stops.append("Riga")

    assert (one.is_lost(), other.is_lost()) == (False, True)


def test_the_standard_library_knows_its_fields() -> None:
    assert dataclasses.replace(Ours(7), carrier="gls") == Ours(7, "gls")
    assert dataclasses.asdict(Ours(7)) == dataclasses.asdict(Theirs(7))
    assert [field.name for field in dataclasses.fields(Ours)] == ["number", "carrier", "stops"]


@pytest.mark.parametrize("wrong", [{}, {"number": 1, "weight": 2}])
def test_a_wrong_argument_is_an_error_from_the_first_one_on(wrong: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        parcel(values.dataclass)(**wrong)


def test_the_hundredth_value_is_made_like_the_first() -> None:
    first, *_, last = [Ours(7, stops=["Riga"]) for _ in range(100)]

    assert first == last
    with pytest.raises(TypeError):
        Ours(7, weight=2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        last.number = 8
