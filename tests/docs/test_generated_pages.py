"""The pages that docs/generate.py writes."""

import re
import subprocess
import sys
from dataclasses import fields
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from icstip.checks.rule import RULES
from icstip.checks.run import all_rules
from icstip.checks.settings import Limits

SCRIPT = Path(__file__).parents[2] / "docs" / "generate.py"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = spec_from_file_location("generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPT.parent)  # where a script finds the modules beside it
        spec.loader.exec_module(module)
    return module


def test_the_pages_are_current() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_that_is_not_current_is_named(
    generate: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate.main([], tmp_path) == 0
    assert generate.main(["--check"], tmp_path) == 0
    page = tmp_path / "findings.md"
    page.write_text(page.read_text(encoding="utf-8") + "A note.\n", encoding="utf-8")
    (tmp_path / "structures.md").unlink()
    assert generate.main(["--check"], tmp_path) == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        str(page),
        str(tmp_path / "structures.md"),
    ]


def test_checking_writes_nothing(generate: ModuleType, tmp_path: Path) -> None:
    assert generate.main(["--check"], tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_each_rule_has_a_section_on_the_page_of_rules(generate: ModuleType) -> None:
    sections = re.findall(r"^### (\w+-\d+)$", generate.rules_page(), re.MULTILINE)
    assert sections == [code for rule in all_rules() for code in rule.codes]


def test_each_limit_is_on_the_page_of_rules_with_the_rules_that_it_applies_to(generate: ModuleType) -> None:
    limits_of = sys.modules[generate.rules_page.__module__].LIMITS_OF
    assert list(limits_of) == [limit.name for limit in fields(Limits)]
    assert {code for codes in limits_of.values() for code in codes} <= RULES.keys()
