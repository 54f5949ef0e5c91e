"""Fails when a file, a folder or a function grows past its budget: small pieces are what makes the project readable."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MAX_LINES = 400
MAX_STATEMENTS = 40
MAX_FILES = 10

# Folders with more files than that, and why.
EXEMPT_FOLDERS = {
    "messages": "one module a format",
    "artefacts": "one module a part of the information model",
}


def main() -> int:
    """Print what is over its budget; return how much of it there is."""
    root = Path(__file__).parents[1]
    faults = [*_large_files(root), *_large_functions(root), *_large_folders(root)]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    return min(len(faults), 1)


def _sources(root: Path) -> Iterator[Path]:
    for folder in ("src", "tests", "docs"):
        yield from sorted((root / folder).rglob("*.py"))


def _large_files(root: Path) -> Iterator[str]:
    for path in _sources(root):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_LINES:
            yield f"{path.relative_to(root)}: {lines} lines, at most {MAX_LINES}"


def _large_functions(root: Path) -> Iterator[str]:
    for path in _sources(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                statements = sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
                if statements > MAX_STATEMENTS:
                    place = f"{path.relative_to(root)}:{node.lineno}"
                    yield f"{place}: {node.name} has {statements} statements, at most {MAX_STATEMENTS}"


def _large_folders(root: Path) -> Iterator[str]:
    for folder in sorted({path.parent for path in (root / "src").rglob("*.py")}):
        count = sum(1 for path in folder.glob("*.py") if path.name != "__init__.py")
        if count > MAX_FILES and folder.name not in EXEMPT_FOLDERS:
            yield f"{folder.relative_to(root)}: {count} files, at most {MAX_FILES}"


if __name__ == "__main__":
    sys.exit(main())
