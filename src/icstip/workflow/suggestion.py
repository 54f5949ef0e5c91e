"""A table → a draft of its mapping, as files for the person who owns the table."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from icstip.errors import TableError
from icstip.findings import Place
from icstip.mapping.labels import Labels, Vocabulary
from icstip.mapping.model import OPEN
from icstip.mapping.reading.mistakes import Mistakes
from icstip.mapping.reading.terms import Terms
from icstip.mapping.suggesting.cells import Cells
from icstip.mapping.suggesting.draft import UNSAID, ColumnDraft, Draft
from icstip.mapping.suggesting.drafting import Drafting
from icstip.mapping.suggesting.picture import MOST_COLUMNS, Picture
from icstip.mapping.suggesting.recognise import Recogniser
from icstip.mapping.suggesting.recognising.words import RecogniserWords
from icstip.mapping.suggesting.shape import Shape, find_shape
from icstip.mapping.suggesting.shaping.headers import header_words
from icstip.mapping.suggesting.shaping.sheets import with_sheets
from icstip.mapping.suggesting.words import constants_in, multipliers_in, texts_around
from icstip.mapping.suggesting.written import codes_text, mapping_text
from icstip.mapping.vocabulary import read_headers, read_other_words, read_periods, read_vocabulary
from icstip.reports.preview import preview_page
from icstip.standard.location import standard_folder
from icstip.standard.model import Standard
from icstip.standard.read import read_standard
from icstip.tables.read import read_grids
from icstip.texts import text
from icstip.workflow.mapping_files import write_mapping_files


class Suggester:
    """Drafts mappings with one standard, whose tables are read once.

    Args:
        folder: The folder of the standard; the one that is installed by default.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or standard_folder()

    @cached_property
    def _standard(self) -> Standard:
        return read_standard(self._folder)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return read_vocabulary(self._folder)

    @cached_property
    def labels(self) -> Labels:
        """What labels mean."""
        return Labels(self._standard, self._vocabulary)

    @cached_property
    def recogniser(self) -> Recogniser:
        """What recognises columns."""
        headers, periods = read_headers(self._folder), read_periods(self._folder)
        return Recogniser(
            self._standard, self.labels, headers, periods, RecogniserWords(**read_other_words(self._folder))
        )

    def suggest(self, table: Path, *, sheet: str | None = None, constants: Mapping[str, str] | None = None) -> Draft:
        """Return a draft of the mapping of a table: of the first of its sheets that has figures, and those like it.

        Args:
            table: The table.
            sheet: Only this sheet.
            constants: Codes of components that hold for all of the table, as its owner knows.

        Raises:
            TableError: The table cannot be read, or has no figures.
            MistakesError: Constants are no codes of their components.
        """
        given = dict(constants or {})
        check_constants(given, self._standard)
        cells = (Cells(grid, self._vocabulary.markers) for grid in read_grids(table, sheet))
        words = header_words(self.recogniser)
        shapes = [shape for one in cells if (shape := find_shape(one, words)) is not None]
        if not shapes:
            raise TableError("table-nothing", where=str(table))
        first, *others = (self._draft(shape, given) for shape in shapes)
        return with_sheets(first, others, self.recogniser)

    def _draft(self, shape: Shape, given: Mapping[str, str]) -> Draft:
        around = texts_around(_title(shape), shape.cells.grid.sheet)
        multiples = multipliers_in(_cells(shape, shape.headers), self.recogniser)
        return Drafting(shape, self.recogniser, given).draft({**multiples, **constants_in(around, self.recogniser)})

    def page(self, draft: Draft, language: str = "en") -> str:
        """Return a page that shows what each cell of the sheet was taken for.

        Args:
            draft: A draft of this suggester.
            language: Language of the page.
        """
        grid = draft.shape.cells.grid
        rows = list(Picture(draft, self.recogniser, self.labels, language).rows())
        title = grid.file if grid.sheet is None else f"{grid.file} – {grid.sheet}"
        columns = grid.frame.columns[:MOST_COLUMNS]
        return preview_page(
            rows, columns, title, open_points(draft, language), total_rows=grid.frame.height, language=language
        )


def write_suggestion(
    draft: Draft, folder: Path, *, language: str = "en", replace: bool = False, page: str = ""
) -> list[Path]:
    """Write the files of a draft.

    Args:
        draft: The draft.
        folder: Where they belong: ``mapping.toml``, ``codes.csv``, and ``preview.html`` if there is a page.
        language: Language of the comments.
        replace: Whether a mapping that is there may be replaced: somebody may have worked on it.
        page: The page of `Suggester.page`.

    Returns:
        The files.

    Raises:
        OutputError: There is a mapping already, or the folder cannot be written.
    """
    title = " ".join(text for text, _ in _title(draft.shape)) or Path(draft.shape.cells.grid.file).stem
    mapping, codes = mapping_text(draft, title, language), codes_text(draft, language)
    return write_mapping_files(folder, mapping, codes, replace=replace, page=page)


def open_points(draft: Draft, language: str = "en") -> list[str]:
    """Return what is left to decide: names of components and columns, labels, and figures that are not in the draft.

    Args:
        draft: The draft.
        language: Language of what is said of figures.
    """
    constants = [component for component, (code, _) in draft.constants.items() if code == OPEN]
    columns = [_open_column(column, language) for column in draft.columns if not column.components]
    blanks = [column.column for column in draft.columns if column.blank_reason and not column.blank]
    columns += [text("suggest.blank_in", language, column=f"'{name}'") for name in blanks]
    labels = [
        f"'{label}'" for column in draft.columns for label, meaning in column.meanings.items() if meaning.code == OPEN
    ]
    signs = [*draft.written.signs, *(mark for mark, codes in draft.written.marks.items() if not codes)]
    signs += (
        [str(draft.written.reason.params["example"])] if draft.written.decimal == OPEN and draft.written.reason else []
    )
    return [
        *constants,
        *dict.fromkeys(columns),
        *dict.fromkeys(labels),
        *(f"'{sign}'" for sign in signs),
        *_other_tables(draft, language),
    ]


def _open_column(column: ColumnDraft, language: str) -> str:
    name = f"'{column.column}'"
    return text("suggest.unsaid_column", language, column=name) if column.reason.id == UNSAID else name


def _other_tables(draft: Draft, language: str) -> Iterator[str]:
    """Yield what is said of figures of the file that are not in the draft, or not one table."""
    shape = draft.shape
    for key, places in (("below", [shape.below] if shape.below else []), ("beside", shape.beside)):
        for place in places:
            yield text(f"suggest.table_{key}", language, place=place)
    if draft.unread:
        yield text("suggest.unread", language, sheets=", ".join(f"'{name}'" for name in draft.unread))


def _title(shape: Shape) -> list[tuple[str, str]]:
    """Return the cells above a table, with their addresses."""
    return _cells(shape, shape.title)


def _cells(shape: Shape, rows: Iterable[int]) -> list[tuple[str, str]]:
    """Return the cells of some rows that say something, with their addresses."""
    columns = shape.cells.grid.frame.columns
    cells = ((shape.cells.text(letters, row), f"{letters}{row}") for row in rows for letters in columns)
    return [(text, place) for text, place in cells if text is not None]


def check_constants(constants: Mapping[str, str], standard: Standard) -> None:
    """Refuse constants that are no codes of their components.

    Raises:
        MistakesError: There is no such component, or its list has no such code.
    """
    mistakes = Mistakes()
    terms = Terms(standard, mistakes)
    for component, code in constants.items():
        terms.has_code(component, code, Place(component))
    mistakes.refuse(", ".join(constants))
