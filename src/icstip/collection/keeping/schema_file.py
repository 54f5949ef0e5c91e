"""Structures of data as files: what columns mean stays known, also when the standard has long been another."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Final, Self

from icstip.schema import ArtefactKey, Column, Level, Schema
from icstip.standard.model import Role

_LETTERS: Final = 16


@dataclass(frozen=True)
class KeptStructure:
    """A data structure as a collection keeps it.

    Attributes:
        schema: What the columns of its data are.
        area: Id of the dimension that says whose data they are, or empty.
        components: Ids of components by what they say: ``status``, ``confidentiality``, ``lower``, ``upper``.
    """

    schema: Schema
    area: str
    components: Mapping[str, str]

    def components_of(self, *roles: str) -> list[str]:
        """Return the components that say something, as far as the structure has them."""
        return [self.components[role] for role in roles if role in self.components]

    @cached_property
    def written(self) -> bytes:
        """The structure as JSON, the same for the same structure."""
        schema = self.schema
        values = {
            "structure": asdict(schema.structure),
            "dataflow": None if schema.dataflow is None else asdict(schema.dataflow),
            "name": dict(schema.name),
            "area": self.area,
            "components": dict(self.components),
            "groups": {name: list(members) for name, members in schema.groups.items()},
            "refused": {name: sorted(codes) for name, codes in schema.refused.items()},
            "columns": [_column(column) for column in schema.columns],
        }
        return (json.dumps(values, ensure_ascii=False, sort_keys=True) + "\n").encode()

    @classmethod
    def from_json(cls, written: bytes) -> Self:
        """Return the structure that JSON holds.

        Raises:
            ValueError, KeyError, TypeError: It is none.
        """
        values = json.loads(written)
        if not isinstance(values, dict):
            raise TypeError
        flow = values["dataflow"]
        schema = Schema(
            structure=ArtefactKey(**values["structure"]),
            dataflow=None if flow is None else ArtefactKey(**flow),
            columns=tuple(_read_column(one) for one in values["columns"]),
            refused={name: frozenset(codes) for name, codes in values["refused"].items()},
            groups={name: tuple(members) for name, members in values["groups"].items()},
            name=values["name"],
        )
        return cls(schema, values["area"], values["components"])


def name_of(written: bytes) -> str:
    """Return the name of a structure that is written as JSON: the beginning of its hash."""
    return hashlib.sha256(written).hexdigest()[:_LETTERS]


def _column(column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "role": column.role,
        "codes": column.codes,
        "codelist": column.codelist,
        "data_type": column.data_type,
        "attachment": column.attachment,
        "attached_to": column.attached_to,
        "mandatory": column.mandatory,
        "group": column.group,
        "name": dict(column.name),
        "code_names": {code: dict(names) for code, names in column.code_names.items()},
        "parents": dict(column.parents),
    }


def _read_column(values: Mapping[str, Any]) -> Column:
    changed = {
        "role": Role(values["role"]),
        "codes": None if values["codes"] is None else tuple(values["codes"]),
        "attachment": None if values["attachment"] is None else Level(values["attachment"]),
        "attached_to": tuple(values["attached_to"]),
    }
    return Column(**{**values, **changed})
