"""The category scheme, and which dataflow belongs to which category."""

from collections.abc import Iterator

from icstip.artefacts.base import Reference
from icstip.artefacts.data_structure import Categorisation
from icstip.artefacts.items import CategoryScheme, Item
from icstip.errors import StructureError
from icstip.standard import model
from icstip.standard.model import Category, Scheme
from icstip.structures.building.maintenance import UNVERSIONED, Issue, existing, provenance, referred


def build_category_scheme(scheme: Scheme, issue: Issue) -> CategoryScheme:
    """Return the category scheme: each category with those below it, those on one level in the order of the table.

    Raises:
        StructureError: A parent does not exist, or a category stands above itself.
    """
    categories = issue.standard.categories
    for category in categories.values():
        if category.parent:
            existing(categories, "Category", category.parent, where=category.id)
        _path(category, issue)
    return CategoryScheme(
        id=scheme.id,
        name=scheme.name,
        description=scheme.description,
        items=tuple(_below("", "", issue)),
        **issue.maintained,
    )


def build_categorisations(scheme: Scheme, issue: Issue) -> Iterator[Categorisation]:
    """Yield that each dataflow belongs to its categories, in the order of the categories.

    Raises:
        StructureError: A dataflow or a parent does not exist, or a category stands above itself.
    """
    for category in issue.standard.categories.values():
        for dataflow in category.dataflows:
            yield _categorisation(category, dataflow, scheme, issue)


def _categorisation(category: Category, dataflow: str, scheme: Scheme, issue: Issue) -> Categorisation:
    flow: model.Dataflow = referred(issue.standard.dataflows, "Dataflow", dataflow, where=category.id)
    head = issue.maintained
    target = Reference("Category", head["agency"], scheme.id, head["version"], _path(category, issue))
    return Categorisation(
        id=f"{category.id}_{dataflow}",
        agency=head["agency"],
        version=UNVERSIONED,  # as SDMX 3.1 prescribes for categorisations
        name=flow.name,
        source=issue.dataflow(dataflow, where=category.id),
        target=target,
    )


def _below(parent: str, path: str, issue: Issue) -> Iterator[Item]:
    for category in issue.standard.categories.values():
        if category.parent == parent:
            item = Item(
                id=category.id,
                name=category.name,
                description=category.description,
                parent=path,
                annotations=provenance(category.source),
            )
            yield item
            yield from _below(category.id, item.path, issue)


def _path(category: Category, issue: Issue) -> str:
    path = [category.id]
    while category.parent:
        category = referred(issue.standard.categories, "Category", category.parent, where=path[0])
        if category.id in path:
            raise StructureError("category-circle", where=path[-1], category=category.id)
        path.insert(0, category.id)
    return ".".join(path)
