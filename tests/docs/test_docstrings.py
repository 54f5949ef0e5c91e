"""The examples in docstrings are true."""

import doctest
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import icstip


def _examples() -> Iterator[doctest.DocTest]:
    for module in pkgutil.walk_packages(icstip.__path__, "icstip."):
        if not module.name.endswith("__main__"):
            yield from (test for test in doctest.DocTestFinder().find(import_module(module.name)) if test.examples)


@pytest.mark.parametrize("example", [pytest.param(test, id=test.name) for test in _examples()])
def test_the_example_shows_what_comes_back(example: doctest.DocTest) -> None:
    problems: list[str] = []
    doctest.DocTestRunner().run(example, out=problems.append)
    assert problems == []
