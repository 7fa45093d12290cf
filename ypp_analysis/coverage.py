"""Find every number token of the study's text, and compare them with the table of them.

The table `study_numbers` says of each number the study prints which claim it belongs to, or why
it is none. This module reads a copy of the text and finds the tokens anew, so that the table can
be shown to leave nothing out. The text itself is not part of the package.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ypp_analysis.datasets.strict import read_bytes

LARGEST = 1_000_000
"""Bytes of a copy of the study, which has 41 thousand."""
STUDY_SHA256 = "7e9d0aec7fa840452387b4f80cf8399519895e4440219eae5df3b61f628bccac"
"""sha256 of the copy of the study that `study_numbers` was made from."""

# fmt: off
NUMBER_WORDS: dict[str, Fraction] = {word: Fraction(value) for word, value in {
    "dua belas": "12", "tiga belas": "13", "empat belas": "14", "lima belas": "15",
    "enam belas": "16", "tujuh belas": "17", "delapan belas": "18", "sembilan belas": "19",
    "nol": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6",
    "tujuh": "7", "delapan": "8", "sembilan": "9", "sepuluh": "10", "sebelas": "11",
    "seratus": "100", "seribu": "1000", "setengah": "1/2", "seperempat": "1/4",
    "pertama": "1", "kedua": "2", "ketiga": "3", "keempat": "4", "kelima": "5", "keenam": "6",
    "puluhan": "10", "ratusan": "100", "ribuan": "1000", "jutaan": "1000000",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "half": "1/2",
    "first": "1", "second": "2", "third": "3",
}.items()}
"""Words that stand for a number; "ratusan" (hundreds) is read as the least it can mean."""

SCALE_WORDS = {
    "puluh": 10, "ratus": 100, "ribu": 1000, "juta": 10**6, "miliar": 10**9,
    "hundred": 100, "thousand": 1000, "million": 10**6,
}
"""Words that belong to the number before them ("1,2 juta" is one token) and multiply it."""
# fmt: on

IDIOMS = {
    "salah satu": "'one of': names a member of a group and counts nothing",
    "satu sama lain": "'each other': counts nothing",
}
"""Phrases with a number word that counts nothing, and why each is passed over.

"sebuah" and "seorang" are articles, and "setiap" (each) and "sebagian" (some) give no number:
none of them is in the lists above. Roman numerals are not looked for either: the study has them
in its three main headings only.
"""


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)


# An idiom is matched first: its number word is consumed without becoming a token. Addresses need
# no rule of their own: each run of digits in one is a token like any other.
_TOKEN = re.compile(
    rf"""\b(?:{_any_of(IDIOMS)})\b
    | (?P<token>
        (?: [0-9]+ (?:[.,][0-9]+)* [%$]?         # 75%  3.400  09.00  500$
          | \b(?:{_any_of(NUMBER_WORDS)})\b )    # sebelas
        (?: \s+ (?:{_any_of(SCALE_WORDS)})\b )*  # 1,2 juta  ratusan ribu
      )""",
    re.VERBOSE | re.IGNORECASE,
)


class StudyText(NamedTuple):
    """A copy of the study: its text, and the sha256 of the file it came from."""

    text: str
    sha256: str


def load_text(path: str | Path) -> StudyText:
    """Read a copy of the study.

    Parameters
    ----------
    path
        A UTF-8 text file.

    Raises
    ------
    ValueError
        If there is no such file, or it is not plain text in UTF-8.
    """
    content = read_bytes(Path(path), largest=LARGEST)
    if not content.strip() or b"\0" in content:
        what = "holds signs that are no text" if content.strip() else "is empty"
        raise ValueError(f"The study's text must be UTF-8; {path} {what}. Save it as plain text.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"The study's text must be UTF-8; {path} has the byte {content[error.start]:#04x} at "
            f"offset {error.start}. Save it as UTF-8 plain text."
        ) from error
    return StudyText(text, hashlib.sha256(content).hexdigest())


def find_tokens(text: str, pages: pd.DataFrame) -> pd.DataFrame:
    """Find the number tokens of a text in reading order.

    Parameters
    ----------
    text
        The study, or any text.
    pages
        Where each page starts: `page`, `first_line` (both from 1 upwards).

    Returns
    -------
    pandas.DataFrame
        One row a token: `page`, `line` (of the file, from 1), `index` (on the page, from 1),
        `token` (as printed, its words joined by one blank).

    Raises
    ------
    ValueError
        If the first page does not start at line 1, or the pages are out of order.
    """
    first_lines = pages["first_line"].to_list()
    if first_lines[:1] != [1] or sorted(set(first_lines)) != first_lines:
        raise ValueError(
            "Pages must start at line 1 and each after the one before; received first_line "
            f"{first_lines}. Correct the table of pages."
        )
    line_ends = [match.start() for match in re.finditer("\n", text)]
    rows = []
    for match in _TOKEN.finditer(text):
        if match["token"] is not None:
            line = 1 + bisect_right(line_ends, match.start())
            page = pages["page"].iloc[bisect_right(first_lines, line) - 1]
            rows.append((page, line, " ".join(match["token"].split())))
    tokens = pd.DataFrame(rows, columns=["page", "line", "token"])
    tokens.insert(2, "index", tokens.groupby("page").cumcount() + 1)
    return tokens


def token_value(token: str) -> Fraction:
    """Read one token as a number, the Indonesian way.

    A dot before three digits marks thousands, a comma decimals, a dot between two digits and two
    the minutes of an hour; "75%" is 3/4, and "$" is passed over.

    Parameters
    ----------
    token
        As `find_tokens` gives it.

    Raises
    ------
    ValueError
        If the token is none of these ("1.1" is the number of a table, not a quantity).
    """
    words = token.lower().split()
    scale = 1
    while words[1:] and words[-1] in SCALE_WORDS:
        scale *= SCALE_WORDS[words.pop()]
    number = " ".join(words).rstrip("%$")
    if number in NUMBER_WORDS:
        value = NUMBER_WORDS[number]
    elif re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|[0-9]+(,[0-9]+)?", number):
        value = Fraction(number.replace(".", "").replace(",", "."))
    elif clock := re.fullmatch(r"([0-9]{2})\.([0-5][0-9])", number):
        value = int(clock[1]) + Fraction(int(clock[2]), 60)
    else:
        raise ValueError(
            f"A number is printed like 3.400, 1,2 juta, 75%, 09.00 or lima; received {token!r}. "
            "Give one token that states a quantity."
        )
    return value * scale / (100 if words[-1].endswith("%") else 1)


def coverage(text: str, table: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """Compare the number tokens of a text with the table of them.

    On each page as many equal tokens are paired as the order of both allows (a longest common
    subsequence), on equal lines where there is a choice: one token too many or too few is named
    once and does not shift the rest.

    Parameters
    ----------
    text
        The study.
    table
        `study_numbers`: `token_no`, `page`, `line`, `token` in reading order.
    pages
        Where each page starts: `page`, `first_line`.

    Returns
    -------
    pandas.DataFrame
        One row a difference, none if the table covers the text: `problem` ("lacking": in the
        text, not in the table; "too many": in the table, not in the text; "misplaced": in both,
        on another line), `page`, `line` (of the text; for "too many", of the table), `token`,
        `token_no` (of the table; missing for "lacking").
    """
    found = find_tokens(text, pages)
    parts = []
    for page in sorted({*table["page"], *found["page"]}):
        ours, theirs = table[table["page"] == page], found[found["page"] == page]
        pairs = _pairs(ours, theirs)
        ours_in, theirs_in = ([pair[side] for pair in pairs] for side in (0, 1))
        both = theirs.iloc[theirs_in].assign(token_no=ours["token_no"].to_numpy()[ours_in])
        moved = both["line"].to_numpy() != ours["line"].to_numpy()[ours_in]
        parts += [
            both[moved].assign(problem="misplaced"),
            ours.drop(index=ours.index[ours_in]).assign(problem="too many"),
            theirs.drop(index=theirs.index[theirs_in]).assign(problem="lacking"),
        ]
    columns = ["problem", "page", "line", "token", "token_no"]
    rows = [row for part in parts for row in part.reindex(columns=columns).to_dict("records")]
    whole = {"page": "int64", "line": "int64", "token_no": "Int64"}
    named = pd.DataFrame(rows, columns=columns).astype(whole)
    return named.sort_values(["page", "line"], kind="stable", ignore_index=True)


def _pairs(ours: pd.DataFrame, theirs: pd.DataFrame) -> list[tuple[int, int]]:
    """Places in two lists of tokens that belong together, last ones first."""
    lines, tokens = theirs["line"].to_numpy(), theirs["token"].to_numpy()
    # best[i, j] counts the pairs among the first i and j tokens; those on equal lines count one
    # more, too little in sum to outweigh a pair.
    best = np.zeros((len(ours) + 1, len(theirs) + 1), dtype=np.int64)
    for i, (line, token) in enumerate(zip(ours["line"], ours["token"], strict=True)):
        gained = (tokens == token) * (1 + len(ours) + (lines == line))
        best[i + 1, 1:] = np.maximum.accumulate(np.maximum(best[i, 1:], best[i, :-1] + gained))
    pairs, (i, j) = [], (len(ours), len(theirs))
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs
