"""OpenDocument workbooks for tests: made of parts, as spreadsheet programs write them or odd on purpose."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

BuildOds = Callable[..., Path]

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    )
)
_CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def element(name: str, content: str) -> str:
    """An element at the top of a part, with all names of namespaces."""
    return f"<office:{name} {_NAMESPACES} {_CALCEXT} {_XLINK}>{content}</office:{name}>"


@pytest.fixture
def build_ods(tmp_path: Path) -> BuildOds:
    """A workbook: what its sheets hold as XML, automatic styles, and parts to add, replace or (None) leave out."""

    def build(
        sheets: Mapping[str, str] | str = "",
        styles: str = "",
        parts: Mapping[str, str | bytes | None] | None = None,
        *,
        before: str = "",
    ) -> Path:
        tables = {"Data": sheets} if isinstance(sheets, str) else sheets
        body = "".join(
            content
            if content.startswith("<table:table ")
            else f'<table:table table:name="{name}">{content}</table:table>'
            for name, content in tables.items()
        )
        contents: dict[str, str | bytes | None] = {
            "mimetype": _TYPE,
            "content.xml": element(
                "document-content",
                f"<office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:spreadsheet>{before}{body}</office:spreadsheet></office:body>",
            ),
            "styles.xml": element("document-styles", "<office:styles/>"),
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_MANIFEST}"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{_TYPE}"/></manifest:manifest>',
        }
        path = tmp_path / "built.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, written in (contents | dict(parts or {})).items():
                if written is not None:
                    archive.writestr(part, written)
        return path

    return build
