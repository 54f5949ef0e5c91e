"""Rules for hierarchies."""

from collections.abc import Iterator

from icstip.findings import Finding
from icstip.standard.folder import StandardFolder
from icstip.standard.tables import Row


def check_hierarchies(source: StandardFolder) -> Iterator[Finding]:
    """Yield each place below one that does not come before it, and each code or code list that does not exist."""
    for hierarchy, table in source.hierarchy_codes.items():
        before: set[str] = set()
        for row in table.rows if table.usable else ():
            # Parents before children: this is what keeps circles out.
            wrong = "parent" if row["parent"] and row["parent"] not in before else ""
            for field in filter(None, (wrong, _unknown_field(source, row))):
                params = {"id": f"{hierarchy}.{row['id']}", "field": field}
                yield Finding("STD-035", table.place(row), row[field], params)
            before.add(row["id"])


def _unknown_field(source: StandardFolder, row: Row) -> str:
    if row["codelist"] not in source.heads:
        return "codelist" if source.codelists.usable else ""
    known = source.code_places.get(row["codelist"])
    return "code" if known is not None and row["code"] not in known else ""
