"""The kinds of change and what each asks of the version: the rules in one table.

They follow SDMX 3.0 section 6 (annex, semantic versioning) and, where it gives no example, the recommendations of the
SDMX Technical Working Group for each class of artefact (github.com/sdmx-twg/semver). Decisions of our own:

- A code with another parent asks for a major version, as the recommendations say of concepts and categories: totals
  that were made along the hierarchy are no longer the same. A code that is *added* below a parent is a minor change, as
  any added item is.
- Annotations ask for a patch, as section 6 says; the recommendations would let them change freely.
- A constraint asks for a major version when it refuses what it allowed, and for a minor one when it allows more. That
  also holds for one that is new, or newly attached, on something that was there before.
- What a map no longer maps is a major change. What it maps otherwise is a minor one, as is what it maps in addition:
  the recommendations ask for a minor version for component maps and a patch for values; data that come out of a map
  are not "names, descriptions and annotations", so that a patch would say too little.
- An artefact that is new or gone does not change any other one. It does change the set: as an added or removed item
  changes its list.
- A metadata attribute that is added asks for a major version, since whether it is mandatory stands elsewhere.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from icstip.structures.diff.versioning import Bump


class Reason(StrEnum):
    """Why a change asks for the version that it asks for."""

    WORDING = "wording"
    ORDER = "order"
    ADDITION = "addition"
    REMOVAL = "removal"
    MEANING = "meaning"
    KEY = "key"
    DEMAND = "demand"
    RELIEF = "relief"
    NARROWER = "narrower"
    WIDER = "wider"
    ATTACHMENT = "attachment"
    PROCESSING = "processing"
    RESTRICTION = "restriction"
    REFERRED = "referred"
    RECORD = "record"
    FIXED = "fixed"


class ChangeKind(StrEnum):
    """What changed."""

    ARTEFACT_ADDED = "artefact-added"
    ARTEFACT_REMOVED = "artefact-removed"
    CONSTRAINT_ADDED = "constraint-added"
    NAME = "name"
    DESCRIPTION = "description"
    ANNOTATION = "annotation"
    ANNOTATION_URL = "annotation-url"
    LINK = "link"
    VALIDITY = "validity"
    ITEM_ADDED = "item-added"
    ITEM_REMOVED = "item-removed"
    ITEM_RENAMED = "item-renamed"
    ITEM_PARENT = "item-parent"
    ITEM_ORDER = "item-order"
    CONTACT = "contact"
    ISO_CONCEPT_ADDED = "iso-concept-added"
    ISO_CONCEPT = "iso-concept"
    EXTENSION_ADDED = "extension-added"
    EXTENSION_REMOVED = "extension-removed"
    EXTENSION_WIDENED = "extension-widened"
    EXTENSION_NARROWED = "extension-narrowed"
    DIMENSION_ADDED = "dimension-added"
    EVOLVING_DIMENSION_ADDED = "evolving-dimension-added"
    DIMENSION_REMOVED = "dimension-removed"
    DIMENSION_ORDER = "dimension-order"
    DIMENSION_KIND = "dimension-kind"
    ATTRIBUTE_ADDED = "attribute-added"
    MANDATORY_ATTRIBUTE_ADDED = "mandatory-attribute-added"
    ATTRIBUTE_REMOVED = "attribute-removed"
    ATTRIBUTE_MANDATORY = "attribute-mandatory"
    ATTRIBUTE_OPTIONAL = "attribute-optional"
    MEASURE_ADDED = "measure-added"
    MANDATORY_MEASURE_ADDED = "mandatory-measure-added"
    MEASURE_REMOVED = "measure-removed"
    MEASURE_RENAMED = "measure-renamed"
    MEASURE_MANDATORY = "measure-mandatory"
    MEASURE_OPTIONAL = "measure-optional"
    COMPONENT_ORDER = "component-order"
    RELATIONSHIP = "relationship"
    ATTACHMENT_GROUPS = "attachment-groups"
    MEASURE_RELATIONSHIP = "measure-relationship"
    CONCEPT = "concept"
    ROLE_ADDED = "role-added"
    ROLE_REMOVED = "role-removed"
    ENUMERATION = "enumeration"
    FORMAT_NARROWED = "format-narrowed"
    FORMAT_WIDENED = "format-widened"
    FORMAT_CHANGED = "format-changed"
    OCCURRENCES_NARROWED = "occurrences-narrowed"
    OCCURRENCES_WIDENED = "occurrences-widened"
    SENTINEL_ADDED = "sentinel-added"
    SENTINEL_REMOVED = "sentinel-removed"
    SENTINEL_TEXT = "sentinel-text"
    GROUP_ADDED = "group-added"
    GROUP_REMOVED = "group-removed"
    GROUP_CHANGED = "group-changed"
    METADATA_STRUCTURE_ADDED = "metadata-structure-added"
    METADATA_STRUCTURE = "metadata-structure"
    METADATA_ATTRIBUTE_ADDED = "metadata-attribute-added"
    METADATA_ATTRIBUTE_REMOVED = "metadata-attribute-removed"
    METADATA_ATTRIBUTE = "metadata-attribute"
    EVOLVING = "evolving"
    DATAFLOW_DIMENSIONS = "dataflow-dimensions"
    REFERENCE = "reference"
    REFERENCE_VERSION = "reference-version"
    REFERENCE_WILDCARD = "reference-wildcard"
    CONSTRAINT_ROLE = "constraint-role"
    ATTACHMENT_ADDED = "attachment-added"
    NEW_ATTACHMENT_ADDED = "new-attachment-added"
    ATTACHMENT_REMOVED = "attachment-removed"
    VALUE_ALLOWED = "value-allowed"
    VALUE_REFUSED = "value-refused"
    VALUE_VALIDITY = "value-validity"
    SELECTION_NARROWED = "selection-narrowed"
    SELECTION_WIDENED = "selection-widened"
    KEY_ALLOWED = "key-allowed"
    KEY_REFUSED = "key-refused"
    AVAILABILITY = "availability"
    RELEASE_CALENDAR = "release-calendar"
    RELEASE_CALENDAR_REMOVED = "release-calendar-removed"
    DATA_SOURCE = "data-source"
    HIERARCHICAL_CODE_ADDED = "hierarchical-code-added"
    HIERARCHICAL_CODE_REMOVED = "hierarchical-code-removed"
    HIERARCHICAL_CODE_MOVED = "hierarchical-code-moved"
    HIERARCHICAL_CODE = "hierarchical-code"
    HIERARCHICAL_CODE_LEVEL = "hierarchical-code-level"
    LEVEL_ADDED = "level-added"
    LEVEL_REMOVED = "level-removed"
    LEVEL_ORDER = "level-order"
    LEVEL_FORMAT = "level-format"
    FORMAL_LEVELS = "formal-levels"
    MAP_SIDES = "map-sides"
    VALUE_MAP_ADDED = "value-map-added"
    VALUE_MAP_REMOVED = "value-map-removed"
    VALUE_MAP = "value-map"
    COMPONENT_MAP_ADDED = "component-map-added"
    COMPONENT_MAP_REMOVED = "component-map-removed"
    COMPONENT_MAP = "component-map"


class Rule(NamedTuple):
    """What a kind of change is and asks for.

    Attributes:
        sign: ``+`` for what is new, ``-`` for what is gone, ``~`` for what is otherwise.
        bump: How far the version must move.
        reason: Why.
    """

    sign: str
    bump: Bump
    reason: Reason


_K, _R = ChangeKind, Reason
_ADDED = Rule("+", Bump.MINOR, _R.ADDITION)
_REMOVED = Rule("-", Bump.MAJOR, _R.REMOVAL)
_WORDING = Rule("~", Bump.PATCH, _R.WORDING)
_ORDER = Rule("~", Bump.PATCH, _R.ORDER)
_MEANING = Rule("~", Bump.MAJOR, _R.MEANING)
_KEY = Rule("~", Bump.MAJOR, _R.KEY)
_DEMANDED = Rule("+", Bump.MAJOR, _R.DEMAND)
_NARROWER = Rule("~", Bump.MAJOR, _R.NARROWER)
_WIDER = Rule("~", Bump.MINOR, _R.WIDER)
_ATTACHED = Rule("~", Bump.MAJOR, _R.ATTACHMENT)
_PROCESSED = Rule("~", Bump.MINOR, _R.PROCESSING)
_RECORDED = Rule("~", Bump.PATCH, _R.RECORD)
_REFERRED = Rule("~", Bump.PATCH, _R.REFERRED)

_GROUPS: Final[Mapping[Rule, tuple[ChangeKind, ...]]] = {
    _ADDED: (
        _K.ARTEFACT_ADDED,
        _K.ITEM_ADDED,
        _K.EXTENSION_ADDED,
        _K.EVOLVING_DIMENSION_ADDED,
        _K.ATTRIBUTE_ADDED,
        _K.MEASURE_ADDED,
        _K.GROUP_ADDED,
        _K.SENTINEL_ADDED,
        _K.HIERARCHICAL_CODE_ADDED,
        _K.LEVEL_ADDED,
        _K.VALUE_MAP_ADDED,
        _K.COMPONENT_MAP_ADDED,
    ),
    _REMOVED: (
        _K.ARTEFACT_REMOVED,
        _K.ITEM_REMOVED,
        _K.EXTENSION_REMOVED,
        _K.ATTRIBUTE_REMOVED,
        _K.MEASURE_REMOVED,
        _K.GROUP_REMOVED,
        _K.SENTINEL_REMOVED,
        _K.METADATA_ATTRIBUTE_REMOVED,
        _K.HIERARCHICAL_CODE_REMOVED,
        _K.LEVEL_REMOVED,
        _K.VALUE_MAP_REMOVED,
        _K.COMPONENT_MAP_REMOVED,
    ),
    _WORDING: (
        _K.NAME,
        _K.DESCRIPTION,
        _K.ANNOTATION,
        _K.ANNOTATION_URL,
        _K.LINK,
        _K.VALIDITY,
        _K.CONTACT,
        _K.SENTINEL_TEXT,
        _K.LEVEL_FORMAT,
        _K.FORMAL_LEVELS,
    ),
    _ORDER: (_K.ITEM_ORDER, _K.COMPONENT_ORDER),
    _MEANING: (
        _K.ITEM_PARENT,
        _K.ISO_CONCEPT,
        _K.CONCEPT,
        _K.REFERENCE,
        _K.METADATA_STRUCTURE,
        _K.CONSTRAINT_ROLE,
        _K.HIERARCHICAL_CODE_MOVED,
        _K.HIERARCHICAL_CODE,
        _K.HIERARCHICAL_CODE_LEVEL,
        _K.LEVEL_ORDER,
        _K.MAP_SIDES,
    ),
    _KEY: (_K.DIMENSION_ORDER, _K.DIMENSION_KIND, _K.DATAFLOW_DIMENSIONS),
    _DEMANDED: (_K.MANDATORY_ATTRIBUTE_ADDED, _K.MANDATORY_MEASURE_ADDED, _K.METADATA_ATTRIBUTE_ADDED),
    _NARROWER: (
        _K.ENUMERATION,
        _K.FORMAT_NARROWED,
        _K.FORMAT_CHANGED,
        _K.OCCURRENCES_NARROWED,
        _K.EXTENSION_NARROWED,
        _K.VALUE_VALIDITY,
        _K.SELECTION_NARROWED,
        _K.RELEASE_CALENDAR,
    ),
    _WIDER: (
        _K.FORMAT_WIDENED,
        _K.OCCURRENCES_WIDENED,
        _K.EXTENSION_WIDENED,
        _K.SELECTION_WIDENED,
        _K.RELEASE_CALENDAR_REMOVED,
    ),
    _ATTACHED: (
        _K.RELATIONSHIP,
        _K.ATTACHMENT_GROUPS,
        _K.MEASURE_RELATIONSHIP,
        _K.GROUP_CHANGED,
        _K.METADATA_ATTRIBUTE,
    ),
    _PROCESSED: (_K.EVOLVING, _K.VALUE_MAP, _K.COMPONENT_MAP),
    _RECORDED: (_K.AVAILABILITY, _K.DATA_SOURCE),
    _REFERRED: (_K.REFERENCE_VERSION, _K.REFERENCE_WILDCARD),
}

_SINGLE: Final[Mapping[ChangeKind, Rule]] = {
    _K.CONSTRAINT_ADDED: Rule("+", Bump.MAJOR, _R.RESTRICTION),
    _K.ITEM_RENAMED: Rule("~", Bump.MAJOR, _R.REMOVAL),
    _K.ISO_CONCEPT_ADDED: Rule("+", Bump.MINOR, _R.PROCESSING),
    _K.DIMENSION_ADDED: Rule("+", Bump.MAJOR, _R.KEY),
    _K.DIMENSION_REMOVED: Rule("-", Bump.MAJOR, _R.KEY),
    _K.ATTRIBUTE_MANDATORY: Rule("~", Bump.MAJOR, _R.DEMAND),
    _K.MEASURE_MANDATORY: Rule("~", Bump.MAJOR, _R.DEMAND),
    _K.ATTRIBUTE_OPTIONAL: Rule("~", Bump.MINOR, _R.RELIEF),
    _K.MEASURE_OPTIONAL: Rule("~", Bump.MINOR, _R.RELIEF),
    _K.MEASURE_RENAMED: Rule("~", Bump.MAJOR, _R.REMOVAL),
    _K.ROLE_ADDED: Rule("+", Bump.MINOR, _R.PROCESSING),
    _K.ROLE_REMOVED: Rule("-", Bump.MINOR, _R.PROCESSING),
    _K.METADATA_STRUCTURE_ADDED: Rule("+", Bump.PATCH, _R.RECORD),
    _K.ATTACHMENT_ADDED: Rule("+", Bump.MAJOR, _R.RESTRICTION),
    _K.NEW_ATTACHMENT_ADDED: Rule("+", Bump.PATCH, _R.RECORD),
    _K.ATTACHMENT_REMOVED: Rule("-", Bump.MINOR, _R.WIDER),
    _K.VALUE_ALLOWED: Rule("+", Bump.MINOR, _R.WIDER),
    _K.VALUE_REFUSED: Rule("-", Bump.MAJOR, _R.NARROWER),
    _K.KEY_ALLOWED: Rule("+", Bump.MINOR, _R.WIDER),
    _K.KEY_REFUSED: Rule("-", Bump.MAJOR, _R.NARROWER),
}

RULES: Final[Mapping[ChangeKind, Rule]] = {
    **{kind: rule for rule, kinds in _GROUPS.items() for kind in kinds},
    **_SINGLE,
}
"""What each kind of change asks for; a reference to another version, as much as changed in what it refers to."""

_MAPS = {"RepresentationMap", "StructureMap"}
_UNSAID_BEFORE_3 = {
    *_MAPS,
    "ValueList",
    "MetadataProviderScheme",
    _K.ANNOTATION_URL,
    _K.LINK,
    _K.MEASURE_ADDED,
    _K.MEASURE_RENAMED,
    _K.MEASURE_MANDATORY,
    _K.MEASURE_OPTIONAL,
    _K.MEASURE_RELATIONSHIP,
    _K.OCCURRENCES_NARROWED,
    _K.OCCURRENCES_WIDENED,
    _K.SENTINEL_ADDED,
    _K.SENTINEL_REMOVED,
    _K.SENTINEL_TEXT,
    _K.EXTENSION_ADDED,
    _K.EXTENSION_REMOVED,
    _K.METADATA_STRUCTURE,
    _K.METADATA_STRUCTURE_ADDED,
    _K.METADATA_ATTRIBUTE,
    _K.METADATA_ATTRIBUTE_ADDED,
    _K.METADATA_ATTRIBUTE_REMOVED,
    _K.REFERENCE_WILDCARD,
    _K.VALUE_VALIDITY,
    _K.RELEASE_CALENDAR,
    _K.RELEASE_CALENDAR_REMOVED,
    _K.EVOLVING,
    _K.DATAFLOW_DIMENSIONS,
}

UNSAYABLE: Final[Mapping[str, frozenset[str]]] = {
    "2.1": frozenset(map(str, _UNSAID_BEFORE_3)),
    "3.0": frozenset(map(str, (_K.EVOLVING, _K.DATAFLOW_DIMENSIONS, _K.ATTACHMENT_GROUPS))),
    "3.1": frozenset(
        map(str, (_K.ATTACHMENT_GROUPS, _K.RELEASE_CALENDAR, _K.RELEASE_CALENDAR_REMOVED, _K.DATA_SOURCE))
    ),
}
"""What structures in a version of the information model cannot say: classes of artefacts, and kinds of change.

SDMX-JSON 1.0 has the model of 2.1, SDMX-JSON 2.0 that of 3.0, SDMX-JSON 2.1 that of 3.1.
"""
