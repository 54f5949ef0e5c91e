"""What has the same codes has the same number; what has one of some codes is found."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icstip.coherence.codes import is_one_of, mixed_ids


@st.composite
def columns(draw: st.DrawFn) -> tuple[int, list[tuple[list[int], int]]]:
    """Draw columns of numbers, each with more numbers than it has: some so many that their product fits nowhere."""
    height = draw(st.integers(1, 12))
    sizes = draw(st.lists(st.sampled_from([1, 2, 3, 7, 10**6, 2**31, 2**32]), max_size=8))
    few_or_many = {size: st.integers(0, min(size, 3) - 1) | st.integers(0, size - 1) for size in sizes}
    return height, [(draw(st.lists(few_or_many[size], min_size=height, max_size=height)), size) for size in sizes]


@given(columns())
def test_two_combinations_never_have_the_same_number_and_one_never_has_two(
    drawn: tuple[int, list[tuple[list[int], int]]],
) -> None:
    height, known = drawn
    ids = mixed_ids([(pl.Series(numbers, dtype=pl.UInt64), size) for numbers, size in known], height).to_list()
    combinations = list(zip(*(numbers for numbers, _ in known), strict=True)) or [()] * height
    assert len(ids) == height
    assert len(set(zip(ids, combinations, strict=True))) == len(set(ids)) == len(set(combinations))


@pytest.mark.parametrize("kind", [pl.Enum(["A", "B", "C"]), pl.String(), pl.Categorical()])
def test_codes_are_found_whatever_type_they_have(kind: pl.DataType) -> None:
    frame = pl.DataFrame({"code": pl.Series(["A", None, "C", "B"], dtype=kind)})
    found = frame.select(is_one_of(pl.col("code"), frame.schema["code"], ["C", "A", "ELSEWHERE"]))
    assert found.to_series().fill_null(value=False).to_list() == [True, False, True, False]
    nothing = frame.select(is_one_of(pl.col("code"), frame.schema["code"], []))
    assert not nothing.to_series().any()
