"""Commands run in this process."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from icstip.cli.app import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def icstip(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command in this process; returns its exit code and what it said on both streams."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["icstip", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capfdbinary.readouterr()
        code = ended.value.code
        return int(code or 0), said.out.decode(), said.err.decode()

    return run
