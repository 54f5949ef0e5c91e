"""Rules for categories and data providers."""

from collections.abc import Iterator

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.rules.codelists import circle_findings


def check_categories(source: StandardFolder) -> Iterator[Finding]:
    """Yield each parent that is no category, each circle of parents, and each dataflow that does not exist."""
    table = source.categories
    ids, flows = table.ids(), source.dataflows.ids()
    parents = {}
    for row in table.rows:
        if row["parent"] and row["parent"] not in ids:
            yield Finding("STD-032", table.place(row), row["parent"], {"id": row["id"], "field": "parent"})
        elif row["parent"]:
            parents[row["id"]] = row["parent"]
        for dataflow in row["dataflows"].split() if source.dataflows.usable else ():
            if dataflow not in flows:
                yield Finding("STD-032", table.place(row), dataflow, {"id": row["id"], "field": "dataflow"})
    yield from circle_findings(parents, {row["id"]: table.place(row) for row in reversed(table.rows)})


def check_categorisation(source: StandardFolder) -> Iterator[Finding]:
    """Yield each dataflow that is in no category, and each that is in one category twice."""
    table = source.categories
    categorised: set[str] = set()
    for row, dataflows in table.column("dataflows"):
        names = dataflows.split()
        categorised.update(names)
        for dataflow in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield Finding("STD-003", table.place(row), dataflow, {"first": str(table.place(row))})
    for row, dataflow in source.dataflows.column("id") if table.given and table.usable else ():
        if dataflow and dataflow not in categorised:
            yield Finding("STD-033", source.dataflows.place(row), dataflow)


def check_providers(source: StandardFolder) -> Iterator[Finding]:
    """Yield each data provider that is not a code of the list that the settings name."""
    codelist = source.settings.string("provider_scheme", "codelist")
    known = source.code_places.get(codelist)
    for row, provider in source.providers.column("id") if known is not None else ():
        if provider not in (known or ()):
            yield Finding("STD-034", source.providers.place(row), provider, {"codelist": codelist})
