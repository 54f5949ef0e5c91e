"""icstip: statistics on trafficking in persons as SDMX.

The names below are all that is public. Each is loaded when it is first used, so that importing the package costs
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icstip.errors import IcstipError as IcstipError
    from icstip.findings import Finding as Finding
    from icstip.messages.dataset import DataSet as DataSet
    from icstip.standard.lint import check_standard as check_standard
    from icstip.standard.read import read_standard as read_standard
    from icstip.structures.build import build_structures as build_structures
    from icstip.workflow.checking.validation import Validator as Validator
    from icstip.workflow.conversion import Converter as Converter
    from icstip.workflow.conversion import convert as convert
    from icstip.workflow.conversion import write_conversion as write_conversion
    from icstip.workflow.exchange import read as read
    from icstip.workflow.exchange import write as write
    from icstip.workflow.publication import write_structure_files as write_structure_files
    from icstip.workflow.structures import diff_structures as diff_structures
    from icstip.workflow.structures import load_structures as load_structures

_HOME = {
    "Converter": "workflow.conversion",
    "DataSet": "messages.dataset",
    "Finding": "findings",
    "IcstipError": "errors",
    "Validator": "workflow.checking.validation",
    "build_structures": "structures.build",
    "check_standard": "standard.lint",
    "convert": "workflow.conversion",
    "diff_structures": "workflow.structures",
    "load_structures": "workflow.structures",
    "read": "workflow.exchange",
    "read_standard": "standard.read",
    "write": "workflow.exchange",
    "write_conversion": "workflow.conversion",
    "write_structure_files": "workflow.publication",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    """Return a public name, loading its module on first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'icstip' has no attribute '{name}'")
    return getattr(import_module(f"icstip.{_HOME[name]}"), name)
