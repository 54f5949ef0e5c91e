"""The check of the tables of the standard: every fault that can be found without a model of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from icstip.findings import Finding, Report
from icstip.standard.folder import StandardFolder
from icstip.standard.location import standard_folder
from icstip.standard.rules.codelists import (
    check_announcement,
    check_extensions,
    check_parents,
    check_patterns,
    check_totals,
    check_use,
)
from icstip.standard.rules.components import check_component_cells, check_component_order, check_component_references
from icstip.standard.rules.files import check_files
from icstip.standard.rules.ids import check_id_syntax, check_repeated_ids
from icstip.standard.rules.labels import check_age_patterns, check_headers, check_labels
from icstip.standard.rules.references import check_counting, check_dataflows
from icstip.standard.rules.settings import check_settings
from icstip.standard.rules.sources import check_origins, check_published, check_sources
from icstip.standard.rules.texts import check_repeated_names, check_texts
from icstip.standard.rules.uses.announcement import check_announced_files, check_stray_files
from icstip.standard.rules.uses.categories import check_categories, check_categorisation, check_providers
from icstip.standard.rules.uses.code_maps import check_ambiguous_mappings, check_code_maps, check_mapped_codes
from icstip.standard.rules.uses.constraints import (
    check_codes_of_dataflows,
    check_codes_without_constraint,
    check_constrained_codes,
    check_constraints,
    check_empty_constraints,
    check_fixed_dimensions,
    check_free_dimensions,
)
from icstip.standard.rules.uses.crosswalks import (
    check_commands,
    check_crosswalks,
    check_linked_codelists,
    check_linked_components,
    check_links,
    check_reach,
)
from icstip.standard.rules.uses.foreign_facts import (
    check_allowed_values,
    check_foreign_codes,
    check_foreign_components,
    check_groups,
    check_reasons,
)
from icstip.standard.rules.uses.hierarchies import check_hierarchies

RULES: tuple[Callable[[StandardFolder], Iterator[Finding]], ...] = (
    check_files,
    check_settings,
    check_id_syntax,
    check_repeated_ids,
    check_texts,
    check_repeated_names,
    check_announcement,
    check_parents,
    check_extensions,
    check_totals,
    check_patterns,
    check_use,
    check_component_cells,
    check_component_order,
    check_component_references,
    check_dataflows,
    check_counting,
    check_sources,
    check_published,
    check_origins,
    check_labels,
    check_age_patterns,
    check_headers,
    check_announced_files,
    check_stray_files,
    check_constraints,
    check_free_dimensions,
    check_fixed_dimensions,
    check_constrained_codes,
    check_codes_of_dataflows,
    check_empty_constraints,
    check_codes_without_constraint,
    check_categories,
    check_categorisation,
    check_providers,
    check_hierarchies,
    check_crosswalks,
    check_links,
    check_linked_components,
    check_linked_codelists,
    check_code_maps,
    check_mapped_codes,
    check_ambiguous_mappings,
    check_commands,
    check_reach,
    check_foreign_components,
    check_foreign_codes,
    check_allowed_values,
    check_groups,
    check_reasons,
)


def check_standard(folder: Path | None = None) -> Report:
    """Return all that is wrong with the tables of the standard, in the order of files and lines.

    Nothing is raised for what stands in the tables. A table that is missing is one finding: what only it could tell is
    not asked again.

    Args:
        folder: The folder with the tables; the one that `standard_folder` returns by default.
    """
    source = StandardFolder(folder or standard_folder())
    return Report.of(finding for rule in RULES for finding in rule(source))
