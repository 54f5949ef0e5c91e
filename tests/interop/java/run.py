"""What independent tools say of the files that we publish: ``python -m tests.interop.java.run [--json] [FILE …]``.

Each file is read by sdmx1 and pysdmx (Python) and by sdmx-dl and the Bank of Italy's connectors (Java, built here with
Maven). What the Java readers found is compared with what our own reader found. Without files, all of registry_samples/
is read. The exit code is 1 if a reader refuses a file that it is known to read, if what it read differs, or if it read
what it is known not to read. README.md says more.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Final

from tests.interop.java import java_readers, python_readers
from tests.interop.java.comparison import (
    CODE_LISTS,
    DATA_STRUCTURES,
    DATAFLOWS,
    OBSERVATIONS,
    ORDER_OF_CODES,
    PARENTS,
    aspects_of,
    name_of,
)
from tests.interop.java.files import Subject, files_in
from tests.interop.java.java_readers import Reading

from icstip.artefacts.collection import Artefacts
from icstip.artefacts.data_structure import Dataflow, DataStructure
from icstip.artefacts.items import Codelist
from icstip.artefacts.kinds import ORDER
from icstip.errors import IcstipError
from icstip.messages.structure_files import read_structure_file

ROOT: Final = Path(__file__).parents[3]
STRUCTURES: Final = "structures"  # all aspects of a structure message

_JSON: Final = ("sdmx-json-1.0", "sdmx-json-2.0", "sdmx-json-2.1")
_ML_3: Final = ("sdmx-ml-3.0", "sdmx-ml-3.1")
_CSV: Final = ("sdmx-csv-1.0", "sdmx-csv-2.0")
_JAVA: Final = tuple(java_readers.READERS)


def _gap(readers: Iterable[str], formats: Iterable[str], aspect: str, reason: str) -> dict[tuple[str, str, str], str]:
    return {(reader, format_id, aspect): reason for reader, format_id in product(readers, formats)}


# What readers are known not to support: reader, format, aspect, and why. An entry that is no longer true is an error.
NOT_SUPPORTED: Final[Mapping[tuple[str, str, str], str]] = {
    **_gap(
        ["sdmx1"], ["sdmx-ml-3.0"], STRUCTURES, "reads only parts of SDMX-ML 3.0, and refuses a message with others"
    ),
    **_gap(["sdmx1"], ["sdmx-ml-3.1"], STRUCTURES, "has no reader of SDMX-ML 3.1"),
    **_gap(["sdmx1"], _JSON, STRUCTURES, "reads data in SDMX-JSON, not structures"),
    **_gap(["pysdmx"], ["sdmx-json-1.0"], STRUCTURES, "reads SDMX-JSON from 2.0 on"),
    **_gap(["bank-of-italy"], ["sdmx-ml-2.1"], DATAFLOWS, "takes what follows the last dataflow for its name"),
    **_gap(["sdmx-dl"], _ML_3, STRUCTURES, "reads the namespaces of SDMX-ML 2.1 only"),
    **_gap(["sdmx-dl"], ["sdmx-ml-2.1"], PARENTS, "has no parents in its model"),
    **_gap(["bank-of-italy"], _ML_3, DATA_STRUCTURES, "fails where a code list is referred to by its URN"),
    **_gap(["bank-of-italy"], _ML_3, DATAFLOWS, "does not see a data structure that is referred to by its URN"),
    **_gap(["bank-of-italy"], _ML_3, PARENTS, "does not see a parent that is an id without an element Ref"),
    **_gap(["bank-of-italy"], ["sdmx-ml-2.1", *_ML_3], ORDER_OF_CODES, "keeps codes in no order"),
    **_gap(_JAVA, _JSON, STRUCTURES, "reads XML only"),
    **_gap(
        _JAVA, ["sdmx-ml-2.1", *_ML_3], OBSERVATIONS, "reads series only, and passes over other observations silently"
    ),
    **_gap(_JAVA, [*_JSON, *_CSV], OBSERVATIONS, "reads XML only"),
}

# What not every file shows, so that it is no error where it does not: codes can be in our order by chance, and
# nothing has to follow the last dataflow.
_NOT_ALWAYS: Final = frozenset({("bank-of-italy", ORDER_OF_CODES), ("bank-of-italy", DATAFLOWS)})

READ, DIFFERS, REFUSED, STALE, GAP, SKIPPED = "read", "differs", "refused", "table is stale", "not supported", "skipped"
_FAILURES: Final = frozenset({DIFFERS, REFUSED, STALE})
_MOST_NOTES: Final = 12
_WIDTH: Final = 280  # of a text in the table; JSON has the whole of it


@dataclass(frozen=True, slots=True)
class Row:
    """What one reader says of one file."""

    file: str
    format: str
    reader: str
    outcome: str
    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One aspect of a file as a reader reads it: what is wrong with it, and whether that is because it refused."""

    aspect: str
    faults: tuple[str, ...] = ()
    refused: bool = False


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the readers say; return the exit code."""
    parser = argparse.ArgumentParser(prog="run.py", description="What independent tools say of the files we publish.")
    parser.add_argument("files", nargs="*", type=Path, help="files to read; without any, all in registry_samples/")
    parser.add_argument("--json", action="store_true", help="write JSON Lines instead of a table")
    options = parser.parse_args(arguments)
    subjects = [Subject.of(path) for path in options.files or files_in(ROOT / "registry_samples")]
    lines = [java_readers.engine_line()]
    rows, ours = _own_rows(subjects)
    rows += [row for subject in subjects for row in _python_rows(subject, subjects, ours)]
    try:
        java_readers.build()
        rows += _java_rows(subjects, ours)
    except java_readers.SkippedError as reason:
        lines.append(f"Java readers: skipped: {reason}")
    except java_readers.BrokenError as reason:
        lines.append(f"Java readers: {reason}")
        rows.append(Row("", "", "java", REFUSED, {}, (str(reason),)))
    failed = sum(row.outcome in _FAILURES for row in rows)
    if options.json:
        text = [json.dumps({"line": line}) for line in lines] + [json.dumps(asdict(row)) for row in rows]
    else:
        text = [*lines, *_table(subjects, rows), "", f"{len(rows)} readings, {failed} failed"]
    sys.stdout.write("\n".join(text) + "\n")
    return min(failed, 1)


def _own_rows(subjects: Sequence[Subject]) -> tuple[list[Row], dict[Path, Artefacts]]:
    """Read the structure messages with our own reader."""
    rows, ours = [], {}
    for subject in subjects:
        if subject.kind == "data":
            count = subject.observations()
            rows.append(_row(subject, "the file", READ, {} if count is None else {"observations": count}))
            continue
        try:
            document = read_structure_file(subject.path)
        except IcstipError as error:
            rows.append(_row(subject, "icstip", REFUSED, {}, (str(error),)))
            continue
        ours[subject.path] = document.artefacts
        wrong = () if document.format_id == subject.format_id else (f"takes it for {document.format_id}",)
        notices = tuple(f"{finding.code}: {finding.place}" for finding in document.findings)
        rows.append(
            _row(subject, "icstip", DIFFERS if wrong else READ, _own_counts(document.artefacts), wrong + notices)
        )
    return rows, ours


def _own_counts(artefacts: Artefacts) -> Counter[str]:
    counts = Counter(artefact.kind for artefact in artefacts)
    counts["codes"] = sum(len(codelist.items) for codelist in artefacts.all_of(Codelist))
    counts["dimensions"] = sum(len(structure.dimensions) for structure in artefacts.all_of(DataStructure))
    counts["attributes"] = sum(len(structure.attributes) for structure in artefacts.all_of(DataStructure))
    return counts


def _python_rows(subject: Subject, subjects: Sequence[Subject], ours: Mapping[Path, Artefacts]) -> Iterator[Row]:
    file, structure = _structure_of(subject, subjects, ours) if subject.kind == "data" else (None, None)
    aspect = OBSERVATIONS if subject.kind == "data" else STRUCTURES
    for reader in python_readers.PACKAGES:
        counts: Mapping[str, int] = {}
        try:
            counts = python_readers.read(reader, subject, file, structure.id if structure else "")
            result = Result(aspect, tuple(_other_counts(subject, counts, ours.get(subject.path))))
        except python_readers.RefusedError as error:
            result = Result(aspect, (str(error),), refused=True)
        yield _judged(subject, reader, counts, [result])


def _other_counts(subject: Subject, counts: Mapping[str, int], ours: Artefacts | None) -> Iterator[str]:
    """Say which counts are not ours. What a class means can differ between tools, except for these."""
    if subject.kind == "data":
        expected: Mapping[str, int] = {OBSERVATIONS: subject.observations() or 0}
    else:
        expected = _own_counts(ours) if ours else {}
    for name in ("DataStructure", "dimensions", "attributes", "Codelist", "codes", "Dataflow", OBSERVATIONS):
        if name in expected and counts.get(name, 0) != expected[name]:
            yield f"{name}: {expected[name]} for us, {counts.get(name, 0)} for it"


def _java_rows(subjects: Sequence[Subject], ours: Mapping[Path, Artefacts]) -> list[Row]:
    tasks: list[tuple[str, ...]] = []
    rows: list[Row] = []
    for subject in subjects:
        if subject.path in ours:
            tasks.append(("structures", str(subject.path), " ".join(_languages(ours[subject.path]))))
        elif subject.kind == "data":
            file, structure = _structure_of(subject, subjects, ours)
            if file and structure:
                tasks.append(("data", str(subject.path), str(file), name_of(structure)))
            else:
                note = "no SDMX-ML 2.1 structures of it among the files"
                rows += [_row(subject, reader, SKIPPED, {}, (note,)) for reader in _JAVA]
    readings = java_readers.ask(tasks)
    for subject, reader in product(subjects, _JAVA):
        said = [reading for reading in readings if (reading.file, reading.reader) == (str(subject.path), reader)]
        if said:
            results = [result for reading in said for result in _results(subject, reading, ours.get(subject.path))]
            rows.append(_judged(subject, reader, _java_counts(said), results))
    return rows


def _results(subject: Subject, reading: Reading, ours: Artefacts | None) -> Iterator[Result]:
    if reading.found is None:
        yield Result(reading.part, (reading.refused,), refused=True)
    elif ours is not None:
        for aspect, differences in aspects_of(reading.part, ours, reading.found, reading.language):
            yield Result(aspect, tuple(differences))
    else:
        expected, found = subject.observations(), sum(series["observations"] for series in reading.found)
        yield Result(reading.part, () if found == expected else (f"{expected} for us, {found} for it",))


def _java_counts(readings: Sequence[Reading]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for reading in readings:
        if reading.found is None or reading.language != readings[0].language:
            continue
        for one in reading.found:
            if reading.part == DATA_STRUCTURES:
                counts["DataStructure"] += 1
                counts["dimensions"] += len(one["dimensions"]) + ("time" in one)
                counts["attributes"] += len(one["attributes"])
            elif reading.part == CODE_LISTS:
                counts["Codelist"] += 1
                counts["codes"] += len(one["codes"])
            elif reading.part == DATAFLOWS:
                counts["Dataflow"] += 1
            else:
                counts["series"] += 1
                counts[OBSERVATIONS] += one["observations"]
    return counts


def _judged(subject: Subject, reader: str, counts: Mapping[str, int], results: Sequence[Result]) -> Row:
    """Return the row: what is wrong is weighed against what the reader is known not to support."""
    gaps: dict[str, None] = {}
    faults: dict[str, None] = {}
    outcomes = set()
    whole = (reader, subject.format_id, STRUCTURES)
    for result in results:
        key = whole if subject.kind == STRUCTURES and whole in NOT_SUPPORTED else (*whole[:2], result.aspect)
        reason = NOT_SUPPORTED.get(key)
        if reason and result.faults:
            said = f" ({result.faults[0]})" if result.refused else ""
            gaps[f"{key[2]}: {reason}{said}"] = None
        elif reason and (reader, result.aspect) not in _NOT_ALWAYS:
            outcomes.add(STALE)
            faults[f"{result.aspect}: read, although NOT_SUPPORTED says: {reason}"] = None
        elif result.faults:
            outcomes.add(REFUSED if result.refused else DIFFERS)
            faults.update(dict.fromkeys(f"{result.aspect}: {fault}" for fault in result.faults))
        else:
            outcomes.add(READ)
    order = (STALE, REFUSED, DIFFERS, READ)
    outcome = next((one for one in order if one in outcomes), GAP)
    notes = [*faults, *(gaps if outcome == GAP else (f"not supported: {gap}" for gap in gaps))]
    return _row(subject, reader, outcome, {} if outcome == GAP else counts, tuple(notes))


def _structure_of(
    subject: Subject, subjects: Sequence[Subject], ours: Mapping[Path, Artefacts]
) -> tuple[Path | None, DataStructure | None]:
    """Return a file in SDMX-ML 2.1, which all readers read, and the data structure in it that data belong to."""
    for other in subjects:
        artefacts = ours.get(other.path) if other.format_id == "sdmx-ml-2.1" else None
        for flow in artefacts.all_of(Dataflow) if artefacts else ():
            if subject.mentions(flow.id) and flow.structure:
                found = artefacts.find(flow.structure) if artefacts else None
                return other.path, found if isinstance(found, DataStructure) else None
    return None, None


def _languages(artefacts: Artefacts) -> list[str]:
    languages = dict.fromkeys(language for artefact in artefacts for language in artefact.name if language)
    return list(languages) or ["en"]


def _row(subject: Subject, reader: str, outcome: str, counts: Mapping[str, int], notes: tuple[str, ...] = ()) -> Row:
    return Row(_shown(subject), subject.format_id, reader, outcome, dict(counts), notes)


def _shown(subject: Subject) -> str:
    path = subject.path.resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _table(subjects: Sequence[Subject], rows: Sequence[Row]) -> Iterator[str]:
    versions = {**python_readers.versions(), **java_readers.versions()}
    for subject in subjects:
        yield from ("", f"{_shown(subject)} ({subject.format_id} {subject.kind})")
        for row in rows:
            if row.file == _shown(subject):
                first, *more = [line for line in (_counted(row.counts), *row.notes) if line] or [""]
                reader = f"{row.reader} {versions.get(row.reader, '')}".rstrip()
                yield f"  {reader:<24}{row.outcome:<16}{_short(first)}".rstrip()
                yield from (f"{'':<42}{_short(note)}" for note in more[:_MOST_NOTES])
                if len(more) > _MOST_NOTES:
                    yield f"{'':<42}… and {len(more) - _MOST_NOTES} more"


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _counted(counts: Mapping[str, int]) -> str:
    order = [
        "DataStructure",
        "dimensions",
        "attributes",
        "Codelist",
        "codes",
        "Dataflow",
        "series",
        OBSERVATIONS,
        *ORDER,
    ]
    names = sorted(counts, key=lambda name: (order.index(name) if name in order else len(order), name))
    return ", ".join(f"{counts[name]} {name}" for name in names if counts[name] or len(names) == 1)


if __name__ == "__main__":
    raise SystemExit(main())
