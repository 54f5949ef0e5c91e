"""What labels mean → the text of `codes.csv`."""

import csv
import io
from collections.abc import Iterable

from icstip.mapping.reading.mapping import CODE_COLUMNS

_FORMULA = ("=", "+", "-", "@")


def codes_file(rows: Iterable[tuple[str, ...]]) -> str:
    """Return the CSV file of what labels mean.

    Args:
        rows: Column, component, label, code, also and note of each label; the same row is written once.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CODE_COLUMNS)
    writer.writerows(dict.fromkeys(rows))
    return out.getvalue()


def safe_label(label: str) -> str:
    """Return a label that no spreadsheet takes for a formula: a blank before it, without which labels are compared.

    >>> safe_label("-1"), safe_label("Male")
    (' -1', 'Male')
    """
    return f" {label}" if label.startswith(_FORMULA) else label
