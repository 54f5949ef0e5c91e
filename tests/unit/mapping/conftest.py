"""A standard small enough to know by heart, and tables as text that go through its mappings."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from icstip.mapping.ages import AgeList, AgePattern, AgeReader
from icstip.mapping.figures import CellMeanings
from icstip.mapping.labels import Labels, Synonym, Vocabulary
from icstip.mapping.model import ColumnRule, FigureFormat, TableMapping
from icstip.mapping.observations import Observed, observe
from icstip.mapping.periods import Periods
from icstip.standard.model import (
    Attachment,
    Code,
    Codelist,
    Component,
    Role,
    Scheme,
    Standard,
    Structure,
)
from icstip.tables.grid import Grid, letters_of
from icstip.tables.header import Table
from icstip.tables.records import ROW

_LANGUAGES = ("en", "fr", "es", "ar")


def _code(identity: str, *names: str) -> Code:
    return Code(identity, dict(zip(_LANGUAGES, names, strict=False)))


_AREAS = (
    _code("_T", "All areas"),
    _code("002", "Africa", "Afrique", "África", "أفريقيا"),
    _code("AL", "Albania", "Albanie", "Albania", "ألبانيا"),
    _code("CI", "Côte d'Ivoire"),
    _code("CD", "Democratic Republic of the Congo"),
    _code("CG", "Congo"),
    _code("CO", "Colombia", "Colombie"),
    _code("NA", "Namibia", "Namibie"),
    _code("NE", "Niger"),
    _code("NG", "Nigeria", "Nigéria"),
    _code("TT", "Trinidad and Tobago", "Trinité-et-Tobago", "Trinidad y Tobago"),
    _code("YU", "Yugoslavia", "Yougoslavie"),
    _code("_U", "Area unknown", "Zone inconnue"),
)
_CODELISTS = (
    Codelist("CL_AREA", {}, {}, _AREAS),
    Codelist(
        "CL_GROUP", {}, {}, (*_AREAS, _code("NATIONAL", "Nationals"), _code("_O", "Other areas")), extends="CL_AREA"
    ),
    Codelist("CL_SEX", {}, {}, (_code("_T", "Total"), _code("F", "Female", "Femme"), _code("M", "Male", "Homme"))),
    Codelist("CL_AGE", {}, {}, (_code("_T", "Total"), _code("Y18", "18 years", "18 ans"), _code("Y_GE18", "Adults"))),
    Codelist("CL_INDICATOR", {}, {}, (_code("VIC", "Victims"), _code("EVT", "Offences"), _code("_T", "Total"))),
    Codelist(
        "CL_STATUS",
        {},
        {},
        tuple(_code(c, n) for c, n in (("A", "Normal"), ("O", "Missing"), ("Q", "Hidden"), ("P", "Provisional"))),
    ),
    Codelist(
        "CL_CONF",
        {},
        {},
        tuple(_code(c, n) for c, n in (("F", "Free"), ("C", "Confidential"), ("N", "Not for publication"))),
    ),
)


def _component(identity: str, role: Role, position: int = 0, *, codelist: str = "", total: bool = True) -> Component:
    attachment = Attachment.OBSERVATION if role is Role.ATTRIBUTE else None
    data_type = "" if codelist else "String"
    mandatory = role is not Role.ATTRIBUTE
    return Component(identity, role, identity, codelist, data_type, position, attachment, mandatory, total, "PROJECT")


_AREA = _component("AREA", Role.DIMENSION, 1, codelist="CL_AREA", total=False)
_INDICATOR = _component("INDICATOR", Role.DIMENSION, 2, codelist="CL_INDICATOR", total=False)
_TIME = _component("TIME_PERIOD", Role.TIME_DIMENSION, 9)
_SAID = (
    _component("OBS_VALUE", Role.MEASURE),
    _component("OBS_STATUS", Role.ATTRIBUTE, codelist="CL_STATUS"),
    _component("CONF_STATUS", Role.ATTRIBUTE, codelist="CL_CONF"),
    _component("LOWER", Role.ATTRIBUTE),
    _component("UPPER", Role.ATTRIBUTE),
    _component("COMMENT", Role.ATTRIBUTE),
)
_OF_VICTIMS = (
    _component("SEX", Role.DIMENSION, 3, codelist="CL_SEX"),
    _component("AGE", Role.DIMENSION, 4, codelist="CL_AGE"),
    _component("CITIZENSHIP", Role.DIMENSION, 5, codelist="CL_GROUP"),
)

_SYNONYMS = (
    ("CL_AREA", "AL", "ALB", "code"),
    ("CL_AREA", "AL", "Albanian", "demonym"),
    ("CL_AREA", "AL", "albanaise", "demonym"),
    ("CL_AREA", "AL", "Shqipëria", "name"),
    ("CL_AREA", "CI", "Ivory Coast", "alias"),
    ("CL_AREA", "CI", "I.C.", "alias"),
    ("CL_AREA", "CD", "Congolese", "demonym"),
    ("CL_AREA", "CG", "Congolese", "demonym"),
    ("CL_AREA", "CG", "Republic of the Congo", "name"),
    ("CL_AREA", "CO", "Columbia", "misspelling"),
    ("CL_AREA", "NE", "nigérien", "demonym"),
    ("CL_AREA", "NE", "nigériens", "demonym"),
    ("CL_AREA", "NG", "nigériane", "demonym"),
    ("CL_AREA", "002", "Niger region", "alias"),
    ("CL_AREA", "NE", "Niger region", "name"),
    ("CL_GROUP", "NATIONAL", "Own nationals", "alias"),
    ("CL_SEX", "F", "women", "alias"),
    ("CL_SEX", "F", "F.", "alias"),
    ("CL_SEX", "M", "men", "alias"),
    ("CL_AGE", "Y_GE18", "18+", "alias"),
    ("CL_AGE", "Y_GE18", "18 and over", "alias"),
    ("*", "_U", "unknown", "alias"),
    ("*", "_O", "others", "alias"),
    ("*", "_T", "total", "alias"),
)


@pytest.fixture(scope="session")
def standard() -> Standard:
    """Victims by area, sex, age and citizenship, and offences by area alone."""
    structures = (
        Structure(
            "VICTIM",
            "victim",
            {},
            {},
            (_AREA, _INDICATOR, *_OF_VICTIMS, _TIME, *_SAID),
            {"INDICATOR": frozenset({"VIC"})},
        ),
        Structure("EVENT", "event", {}, {}, (_AREA, _INDICATOR, _TIME, *_SAID), {"INDICATOR": frozenset({"EVT"})}),
    )
    return Standard(
        agency="TEST",
        version="1.0.0",
        final=True,
        prepared="2025-03-01T00:00:00+00:00",
        languages=_LANGUAGES,
        name={},
        description={},
        agency_name={},
        concept_scheme=Scheme("CS", {}, {}),
        concepts={},
        codelists={codelist.id: codelist for codelist in _CODELISTS},
        structures={structure.id: structure for structure in structures},
        dataflows={},
    )


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Some labels of each kind."""
    synonyms: dict[str, list[Synonym]] = {}
    for row in _SYNONYMS:
        synonyms.setdefault(row[0], []).append(Synonym(*row))
    ages = AgeList("CL_AGE", "Y{low}", "Y{low}T{high}", "Y_GE{low}", 18, 120)
    patterns = (AgePattern("{low} to {high}", "between"), AgePattern("from {low}", "at_least"))
    return Vocabulary(
        synonyms,
        frozenset({"-", "..", "na", "n/a", "no data"}),
        frozenset({"the", "of", "and", "de", "y"}),
        AgeReader(ages, patterns, ("years",)),
    )


@pytest.fixture
def labels(standard: Standard, vocabulary: Vocabulary) -> Labels:
    """The label indexes of the small standard, new for each test."""
    return Labels(standard, vocabulary)


@pytest.fixture(scope="session")
def meanings() -> CellMeanings:
    """What kinds of cells mean."""
    number, bounded = {"OBS_STATUS": "A", "CONF_STATUS": "F"}, {"OBS_STATUS": "Q", "CONF_STATUS": "N"}
    return CellMeanings(number, {"OBS_STATUS": "O"}, bounded, "LOWER", "UPPER")


@pytest.fixture(scope="session")
def periods() -> Periods:
    """Some words for times; no component says how often data are produced."""
    return Periods.of({"Q1": ["Q1", "1er trimestre"], "03": ["March"]}, {"whole": ["Total"], "year": ["Year"]})


@pytest.fixture
def table() -> Callable[..., Table]:
    """Return a function that makes a table of lines such as ``"Albania | women | 5"``, the first one its header."""

    def make(header: str, *rows: str) -> Table:
        names = [name.strip() for name in header.split("|")]
        cells = [[cell.strip() or None for cell in row.split("|")] for row in rows]
        frame = pl.DataFrame(
            [[number, *row] for number, row in enumerate(cells, 2)],
            schema={ROW: pl.UInt32, **dict.fromkeys(names, pl.String)},
            orient="row",
        )
        grid = Grid("table.csv", None, frame.drop(ROW))
        return Table(grid, frame, {name: letters_of(i) for i, name in enumerate(names, 1)}, 1, ())

    return make


@pytest.fixture
def mapping() -> Callable[..., TableMapping]:
    """Return a function that makes the mapping of a table of victims by area and year, but for what it is told."""

    def make(**parts: object) -> TableMapping:
        usual = TableMapping(
            id="test",
            where="mapping.toml",
            title="",
            attribution="",
            sheet="",
            figure_column="Figure",
            time_column="Year",
            figures=FigureFormat(),
            constants={"INDICATOR": "VIC"},
            columns=(ColumnRule("Area", "AREA"),),
            labels=(),
            left_out=(),
        )
        return replace(usual, **parts)  # type: ignore[arg-type]

    return make


@pytest.fixture
def convert(
    standard: Standard,
    labels: Labels,
    meanings: CellMeanings,
    periods: Periods,
    table: Callable[..., Table],
    mapping: Callable[..., TableMapping],
) -> Callable[..., Observed]:
    """Return a function that turns a table of lines into observations, with the parts of a mapping that it is told."""

    def run(*lines: str, accept_suggestions: bool = False, **parts: object) -> Observed:
        rules = mapping(**parts)
        return observe(table(*lines), rules, standard, labels, meanings, periods, accept_suggestions=accept_suggestions)

    return run
