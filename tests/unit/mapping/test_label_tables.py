"""The label tables of the standard: whatever a label is taken for, it is never another code than its own."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from icstip.mapping.labels import LabelIndex, Labels
from icstip.mapping.vocabulary import read_vocabulary
from icstip.standard.folder import label_files
from icstip.standard.location import standard_folder
from icstip.standard.model import Standard
from icstip.standard.read import read_standard

HARD = list(csv.DictReader(Path(__file__).with_name("hard_labels.csv").read_text(encoding="utf-8").splitlines()))
HARD_LIST = "CL_AREA_GROUP"
CP1252_HOLES = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
REPLACEMENT = "\ufffd"

Bearers = Mapping[str, Mapping[str, frozenset[str]]]
"""Codes by label, by code list."""

Damage = Callable[[str], str]


@pytest.fixture(scope="module")
def real() -> Standard:
    return read_standard()


@pytest.fixture(scope="module")
def indexes(real: Standard) -> Labels:
    return Labels(real, read_vocabulary(standard_folder()))


@pytest.fixture(scope="module")
def bearers(real: Standard) -> Bearers:
    """Every name and every label that matching goes by, in every list in which it holds, read here a second way."""
    borne: dict[str, dict[str, set[str]]] = {codelist: defaultdict(set) for codelist in real.codelists}
    for codelist, known in real.codelists.items():
        for code in known.codes:
            for name in (code.id, *code.name.values()):
                borne[codelist][name].add(code.id)
    for path in label_files(standard_folder()):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for codelist in _where_it_holds(real, row["codelist"], row["code"]):
                    borne[codelist][row["label"]].add(row["code"])
    return {
        codelist: {label: frozenset(codes) for label, codes in labels.items()} for codelist, labels in borne.items()
    }


def _where_it_holds(standard: Standard, codelist: str, code: str) -> Iterator[str]:
    for known in standard.codelists.values():
        extended = {"*", known.id}
        current = known
        while current.extends:
            current = standard.codelists[current.extends]
            extended.add(current.id)
        if codelist in extended and code in known.by_id:
            yield known.id


def test_every_label_has_its_own_code_or_is_refused(indexes: Labels, bearers: Bearers) -> None:
    wrong = [
        (codelist, label, match.code)
        for codelist, labels in bearers.items()
        for label, codes in labels.items()
        if (match := indexes[codelist].match(label)).code and match.code not in codes
    ]
    assert sum(map(len, bearers.values())) > 10_000
    assert wrong == []


def test_only_a_label_that_several_codes_bear_and_a_marker_are_refused(indexes: Labels, bearers: Bearers) -> None:
    refused = {
        (codelist, label, match.problem)
        for codelist, labels in bearers.items()
        for label, codes in labels.items()
        if not (match := indexes[codelist].match(label)).code and (len(codes) == 1 or match.problem != "LABEL-002")
    }
    # Namibia, and no means of control, are written as if nothing were written: to refuse it is what markers are for.
    assert {entry for entry in refused if entry[2] != "LABEL-005"} == set()
    assert {label for _, label, problem in refused if problem == "LABEL-005"} == {"NA", "NONE"}


def test_a_label_under_several_codes_is_refused_with_all_of_them(indexes: Labels, bearers: Bearers) -> None:
    shared = [(index, label, codes) for index, label, codes in _labels(bearers) if len(codes) > 1]
    assert len(shared) > 100
    for codelist, label, codes in shared:
        match = indexes[codelist].match(label)
        assert match.problem == "LABEL-002"
        assert codes <= set(match.candidates)


def _labels(bearers: Bearers) -> Iterator[tuple[str, str, frozenset[str]]]:
    for codelist, labels in bearers.items():
        for label, codes in labels.items():
            yield codelist, label, codes


def _as_cp1252(label: str) -> str:
    return "".join(chr(byte) if byte in CP1252_HOLES else bytes([byte]).decode("cp1252") for byte in label.encode())


DAMAGES: Mapping[str, Damage] = {
    "UTF-8 read as Latin-1": lambda label: label.encode().decode("latin-1"),
    "UTF-8 read as Windows-1252": _as_cp1252,
    "UTF-8 read as Windows-1252, holes replaced": lambda label: label.encode().decode("cp1252", "replace"),
    "UTF-8 read as Code page 437": lambda label: label.encode().decode("cp437"),
    "UTF-8 read as Code page 850": lambda label: label.encode().decode("cp850"),
    "UTF-8 read as Mac Roman": lambda label: label.encode().decode("mac_roman"),
    "a replacement for each character": lambda label: "".join(c if c.isascii() else REPLACEMENT for c in label),
    "a replacement for each byte": lambda label: label.encode().decode("ascii", "replace"),
    "a question mark for each character": lambda label: label.encode("ascii", "replace").decode(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_label_has_its_own_code_or_is_refused(damage: Damage, indexes: Labels, bearers: Bearers) -> None:
    accented = [(label, codes) for label, codes in bearers[HARD_LIST].items() if not label.isascii()]
    wrong = [
        (label, match.code)
        for label, codes in accented
        if (match := indexes[HARD_LIST].match(damage(label))).code and match.code not in codes
    ]
    assert len(accented) > 1_000
    assert wrong == []


@pytest.mark.parametrize(
    ("damage", "share"),
    [("UTF-8 read as Latin-1", 0.9), ("UTF-8 read as Windows-1252", 0.9), ("a replacement for each character", 0.9)],
)
def test_nearly_all_labels_in_latin_script_survive_the_usual_damages(
    damage: str, share: float, indexes: Labels, bearers: Bearers
) -> None:
    latin = [
        label
        for label, codes in bearers[HARD_LIST].items()
        if not label.isascii() and label[0] < "\u0250" and len(codes) == 1
    ]
    repaired = [label for label in latin if indexes[HARD_LIST].match(DAMAGES[damage](label)).code]
    assert len(repaired) > share * len(latin)


@pytest.fixture(scope="module")
def areas(indexes: Labels) -> LabelIndex:
    return indexes[HARD_LIST]


@pytest.mark.parametrize("hard", HARD, ids=[row["label"] for row in HARD])
def test_a_hard_label_comes_out_as_a_statistician_would_have_it(hard: dict[str, str], areas: LabelIndex) -> None:
    match = areas.match(hard["label"])
    outcomes = {match.code or match.problem, match.code or "refused"}
    # `accepted_too`: what the label tables still have another view of, or nothing on.
    assert outcomes & {hard["expected"], hard["accepted_too"]}


def test_no_hard_label_is_suggested_for_another_code(areas: LabelIndex) -> None:
    areas.begin_column()
    wrong = []
    for hard in HARD:
        if areas.match(hard["label"]).problem == "LABEL-001":
            suggested = areas.suggested(hard["label"])
            if suggested and suggested.code not in {hard["expected"], hard["accepted_too"]}:
                wrong.append((hard["label"], suggested.code))
    assert wrong == []


def test_the_hard_labels_are_many_and_each_stands_once() -> None:
    assert len(HARD) >= 250
    assert len({row["label"] for row in HARD}) == len(HARD)
