"""Whatever a format of data carries comes back from its messages, in every layout, however the data are cut in parts.

What a format cannot carry is in one table: `tests.examples.data_canonical`.
"""

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples.data_canonical import CARRIES, EVERYTHING, assert_same, canonical, choice_for, options_of
from tests.examples.data_set_strategies import Choice, messages
from tests.examples.data_sets import HEADER, read, written
from tests.fuzz.readings import difference, plain, usual

from icstip.artefacts.notices import Notices
from icstip.errors import StructureError
from icstip.messages.data_options import Layout
from icstip.messages.dataset import DataSet
from icstip.messages.formats import formats_of

FORMATS = [one.id for one in formats_of("data")]
_EXAMPLES = int(os.environ.get("ICSTIP_EXAMPLES", "12"))
SETTINGS = settings(
    max_examples=_EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def _zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("message.txt", content)
    return file.getvalue()


def _utf_16(content: bytes) -> bytes:
    return content.decode().replace("encoding='UTF-8'", "encoding='UTF-16'", 1).encode("utf-16")


DRESSES: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zip": _zipped,
    "byte order mark": lambda content: b"\xef\xbb\xbf" + content,
    "UTF-16": _utf_16,
}


@cache
def _messages(format_id: str) -> st.SearchStrategy[list[DataSet]]:
    return messages(choice_for(format_id))


def test_the_table_of_what_formats_carry_has_every_format() -> None:
    assert list(CARRIES) == FORMATS


@pytest.mark.parametrize("format_id", FORMATS)
@SETTINGS
@given(drawn=st.data())
def test_data_come_back(format_id: str, tmp_path: Path, drawn: st.DataObject) -> None:
    data = drawn.draw(_messages(format_id))
    options = drawn.draw(options_of(data[0].schema, format_id))
    content = written(data, format_id, options)
    found, _, _ = read(content, tmp_path, data[0].schema)
    assert_same(found, canonical(data, CARRIES[format_id], options))
    assert written(data, format_id, options) == content


@pytest.mark.parametrize("format_id", FORMATS)
@SETTINGS
@given(drawn=st.data(), rows=st.integers(1, 4))
def test_parts_make_no_difference(format_id: str, tmp_path: Path, drawn: st.DataObject, rows: int) -> None:
    data = drawn.draw(_messages(format_id))
    options = drawn.draw(options_of(data[0].schema, format_id))
    parts = [part for one in data for part in one.slices(rows)]
    content = written(parts, format_id, options)
    found, _, _ = read(content, tmp_path, data[0].schema)
    assert_same(found, canonical(data, CARRIES[format_id], options))
    if options.layout is Layout.FLAT:
        assert content == written(data, format_id, options)


@pytest.mark.parametrize("format_id", FORMATS)
@SETTINGS
@given(drawn=st.data())
def test_what_does_not_come_back_is_told(format_id: str, tmp_path: Path, drawn: st.DataObject) -> None:
    data = drawn.draw(messages(Choice(CARRIES[format_id].model)))
    options = drawn.draw(options_of(data[0].schema, format_id))
    notices = Notices("message", format_id)
    try:
        content = written(data, format_id, options, HEADER, notices)
    except StructureError:
        return
    found, _, _ = read(content, tmp_path, data[0].schema)
    if not notices.findings:
        everything = replace(EVERYTHING, has_series=CARRIES[format_id].has_series)
        assert_same(found, canonical(data, everything, options))


@pytest.mark.parametrize("format_id", FORMATS)
@SETTINGS
@given(drawn=st.data(), known=st.booleans())
def test_the_fast_way_reads_what_the_plain_way_reads(
    format_id: str, tmp_path: Path, drawn: st.DataObject, *, known: bool
) -> None:
    data = drawn.draw(_messages(format_id))
    options = drawn.draw(options_of(data[0].schema, format_id))
    path = tmp_path / "message"
    path.write_bytes(written(data, format_id, options))
    schema = data[0].schema if known else None
    one, other = usual(path, schema), plain(path, schema)
    assert not one.refused
    assert difference(one, other) == ""


@pytest.mark.parametrize("format_id", FORMATS)
@pytest.mark.parametrize("how", sorted(DRESSES))
@settings(parent=SETTINGS, max_examples=max(_EXAMPLES // 8, 1))
@given(drawn=st.data())
def test_a_message_is_read_however_its_bytes_are_dressed(
    format_id: str, how: str, tmp_path: Path, drawn: st.DataObject
) -> None:
    data = drawn.draw(_messages(format_id))
    options = drawn.draw(options_of(data[0].schema, format_id))
    content = written(data, format_id, options)
    found, _, _ = read(DRESSES[how](content), tmp_path, data[0].schema)
    assert_same(found, canonical(data, CARRIES[format_id], options))
