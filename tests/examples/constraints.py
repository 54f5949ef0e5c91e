"""Examples of constraints."""

from collections.abc import Iterator
from dataclasses import replace

from tests.examples.texts import DRAFT, HARD, annotations, links

from icstip.artefacts.base import Reference
from icstip.artefacts.constraints import ACTUAL, DataConstraint, KeySet, Period, Region, Selection, TimeRange, Value


def constraints() -> Iterator[DataConstraint]:
    """Yield constraints that use every field."""
    flow = Reference("Dataflow", "TEST", "DF", DRAFT)
    span = TimeRange(start=Period("2015"), end=Period("2020", inclusive=False))
    included = Region(
        annotations=annotations(),
        selections=(
            Selection(
                id="AREA",
                values=(Value("CI", cascade="true"), Value("001", "excluderoot", None, "2020", "2021"), Value("A & <")),
                remove_prefix=True,
                valid_from="2020-01",
                valid_to="2021-12",
            ),
            Selection(id="FORM", include=False, values=(Value("A"),)),
            Selection(id="TIME_PERIOD", time_range=span),
            Selection(id="NOTE", is_key=False, values=(Value("é & <", language="fr"), Value("B", cascade="true"))),
            Selection(id="DATE", is_key=False, time_range=TimeRange(after=Period("2019-Q1", inclusive=False))),
            Selection(id="PLACE", is_key=False, include=False),
        ),
    )
    before = TimeRange(before=Period("2000"), valid_from="2020", valid_to="2021")
    excluded = Region(include=False, selections=(Selection(id="TIME_PERIOD", time_range=before),))
    cube = DataConstraint(id="CUBE", agency="TEST", version=DRAFT, name=HARD, description=HARD, attachment=(flow,))
    yield replace(cube, regions=(included, excluded), annotations=annotations(), links=links())
    yield replace(cube, id="KEYS", key_sets=_key_sets(), data_sources=("https://example.org/data?a=1&b=2",))
    there = Region(selections=(Selection(id="AREA", values=(Value("CI"), Value("001"))),))
    yield replace(cube, id="THERE", role=ACTUAL, regions=(there,))
    yield replace(cube, id="THERE_KEYS", role=ACTUAL, key_sets=_key_sets()[:1])
    yield replace(cube, id="SOURCES", attachment=(), data_sources=("https://example.org/1", "https://example.org/2"))
    provider = Reference("DataProvider", "TEST", "DATA_PROVIDERS", "1.0", "1P")
    yield replace(cube, id="CALENDAR", attachment=(provider,), release_calendar=("P1Y", "P1M", "P5D"))
    two = tuple(Reference("DataStructure", "TEST", structure, DRAFT) for structure in ("FULL", "MULTI"))
    yield replace(cube, id="STRUCTURES", attachment=two, regions=(there,))
    agreement = Reference("ProvisionAgreement", "TEST", "PA", DRAFT)
    yield replace(cube, id="AGREEMENT", attachment=(agreement,), regions=(there,))


def _key_sets() -> tuple[KeySet, ...]:
    several = Region(
        valid_from="2020",
        valid_to="2021",
        annotations=annotations(),
        selections=(
            Selection(id="AREA", values=(Value("CI"),), remove_prefix=False),
            Selection(id="FORM", values=(Value("A"), Value("B"))),
            Selection(id="NOTE", is_key=False, values=(Value("é", language="fr"), Value("B", cascade="true"))),
            Selection(id="DATE", is_key=False, time_range=TimeRange(start=Period("2015"), end=Period("2020"))),
        ),
    )
    single = Region(selections=(Selection(id="AREA", values=(Value("001"),)),))
    return KeySet((several, single)), KeySet((single,), include=False)
