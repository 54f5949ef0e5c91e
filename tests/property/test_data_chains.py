"""From one format of data to another and back nothing is lost that both carry, and the bytes are the same again."""

import os
import random
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples.data_canonical import CARRIES, assert_same, canonical, choice_for, options_of
from tests.examples.data_set_strategies import messages
from tests.examples.data_sets import read, written

from icstip.messages.data_options import Layout

_EXAMPLES = int(os.environ.get("ICSTIP_EXAMPLES", "12"))
SETTINGS = settings(
    max_examples=max(_EXAMPLES // 12, 1),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.mark.parametrize(("first", "second"), list(permutations(CARRIES, 2)))
@SETTINGS
@given(drawn=st.data())
def test_data_come_back_by_way_of_another_format(first: str, second: str, tmp_path: Path, drawn: st.DataObject) -> None:
    data = drawn.draw(messages(choice_for(first, second)))
    schema = data[0].schema
    one, other = drawn.draw(options_of(schema, first)), drawn.draw(options_of(schema, second))
    content = written(data, first, one)
    begun, _, _ = read(content, tmp_path, schema)
    passed, _, _ = read(written(begun, second, other), tmp_path, schema)
    assert_same(passed, canonical(begun, CARRIES[second], other))
    content_again = written(passed, first, one)
    ended, _, _ = read(content_again, tmp_path, schema)
    assert_same(ended, canonical(passed, CARRIES[first], one))
    if other.layout is Layout.FLAT:
        assert content_again == content


@settings(parent=SETTINGS, max_examples=_EXAMPLES)
@given(drawn=st.data(), order=st.integers(0, 10**6))
def test_data_pass_through_all_formats(tmp_path: Path, drawn: st.DataObject, order: int) -> None:
    data = drawn.draw(messages(choice_for(*CARRIES)))
    formats = random.Random(order).sample(list(CARRIES), len(CARRIES))  # noqa: S311 - an order, no secret
    first = written(data, formats[0])
    passed = data
    for format_id in formats:
        passed, _, _ = read(written(passed, format_id), tmp_path, data[0].schema)
    assert written(passed, formats[0]) == first
