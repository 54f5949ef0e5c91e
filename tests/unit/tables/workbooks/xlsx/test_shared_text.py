"""Each cell that shows a text will have a copy of it; what that comes to is known beforehand."""

import numpy as np
import pytest

from icstip.errors import TableError
from icstip.tables.workbooks.markup import read_tags
from icstip.tables.workbooks.xlsx.shared_text import SharedTexts, copied_bytes


def lengths(xml: str) -> list[int]:
    texts = SharedTexts()
    read_tags([xml.encode()], "t", "p", on_start=texts.start, on_end=texts.end, on_text=texts.text)
    found: list[int] = texts.lengths().tolist()
    return found


def test_a_text_is_as_long_as_its_bytes_in_all_its_runs() -> None:
    assert lengths(
        "<x:sst xmlns:x='x'> <x:si><x:t>abc</x:t></x:si> <x:si/><x:si><x:r><x:rPr/><x:t>é</x:t></x:r><x:r>"
        "<x:t>&amp;<!-- </x:si> --><![CDATA[x]]></x:t></x:r></x:si></x:sst>"
    ) == [3, 0, 4]


def test_a_text_within_a_text_is_refused() -> None:
    with pytest.raises(TableError) as caught:
        lengths("<sst><si><t>a</t><si/></si></sst>")
    assert caught.value.message_id == "table-broken-archive"


@pytest.mark.parametrize("size", [1, 3, 50, 1 << 20])
def test_every_pointer_is_a_copy(size: int) -> None:
    xml = (
        b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="4" t="s"><v>1</v></c><c r="C1"><v>0</v></c>'
        b'<c r="D1" s="1"/><c r="E1" t="str"><v>0</v></c><c r="F1" t="s"><v>0</v></c></row>'
    )
    pieces = [xml[start : start + size] for start in range(0, len(xml), size)]
    assert copied_bytes(pieces, 6, np.array([1_000, 7])) == 1_014


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param('<c r="A1" t="s"><v>9</v></c>', id="a text that is not there"),
        pytest.param('<c r="A1" t="s"><v> 0</v></c>', id="a number with a blank"),
        pytest.param('<c r="A1" t="s"><v>0</v><v>1</v></c>', id="two numbers"),
        pytest.param("<c r=\"A1\" t='s'><v>0</v></c>", id="apostrophes"),
        pytest.param('<c r="A1" t="s"><f>x</f><v>0</v></c>', id="a formula"),
    ],
)
def test_a_cell_that_is_not_understood_is_taken_for_the_longest_text(cell: str) -> None:
    assert copied_bytes([cell.encode()], 1, np.array([1, 500])) == 500


def test_without_texts_nothing_is_copied() -> None:
    assert copied_bytes([b'<c r="A1" t="s"><v>0</v></c>'], 1, np.array([], dtype=np.int64)) == 0
