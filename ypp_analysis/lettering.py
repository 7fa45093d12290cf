"""What a figure cannot write: signs that its typeface lacks, and the cell that they come from.

Matplotlib draws an empty box for such a sign and goes on; a figure with boxes is not to leave here.
"""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.artist import Artist
from matplotlib.text import Text
from pandas.api.types import is_string_dtype

from ypp_analysis import theme
from ypp_analysis.findings import Reads, Tables
from ypp_analysis.ledger.study import row_names
from ypp_analysis.wording import LANGUAGES


def refuse_unwritable(
    drawn: Artist, tables: Tables, frame: Callable[[Tables], object], lang: str
) -> None:
    """Refuse a drawing with a text that the typeface of the figures cannot write.

    Parameters
    ----------
    drawn : Artist
        A figure, or an Axes in one.
    tables : mapping of str to DataFrame
    frame : callable
        Makes the frame that was drawn: the tables it reads are those where the sign is looked for.
    lang : str
        Their language.

    Raises
    ------
    ValueError
        If there is one; it names the signs, and the cell where it can be told.
    """
    for text in drawn.findobj(Text):
        assert isinstance(text, Text)
        written = text.get_text()
        if signs := theme.unwritable(written):
            named = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in signs)
            place = _place(signs[0], tables, frame, lang)
            where = f"{place}: the" if place else "The"
            raise ValueError(
                f"{where} text {written!r:.100} has {named}, and the typeface of the figures has "
                "the Latin letters of western Europe only. Write the text in these."
            )


def _place(sign: str, tables: Tables, frame: Callable[[Tables], object], lang: str) -> str:
    """The first cell with the sign, of the columns in the language; blank if there is none."""
    others = tuple(f"_{name}" for name in LANGUAGES if name != lang)
    reads = Reads(tables)
    frame(reads)
    for name in reads.names:
        table = tables[name]
        for column in [str(name) for name in table if is_string_dtype(table[name])]:
            rows = row_names(table[table[column].str.contains(sign, regex=False, na=False)])
            if rows and not column.endswith(others):
                return f"{name}.csv, {rows[0]!r}, column {column!r}"
    return ""
