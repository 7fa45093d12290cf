"""A swap of two values is found wherever it is made, and named with its place."""

import csv
import hashlib
import io
import json
import random
import re
import zlib
from itertools import combinations, pairwise

import pytest
from click.testing import CliRunner
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ypp_analysis import fingerprints, lock, verify
from ypp_analysis.cli import main
from ypp_analysis.datasets import loading, register
from ypp_analysis.fingerprints import Now
from ypp_analysis.lock import Lock
from ypp_analysis.project import Project, project
from ypp_analysis.publish.comparison import compare

HERE = project()
LOCK = Lock.read(HERE)
PROCESSED = sorted(HERE.processed.glob("*.csv"))
DRAWN = sorted(path for path in HERE.figures.rglob("*.*") if path.parent.name in ("en", "id"))
DESCRIBING = ("docs/verification.md", "ro-crate-metadata.json", "croissant.json", ".zenodo.json")
TEXTS = [*(HERE.root / name for name in DESCRIBING), *sorted(HERE.figures.glob("*.*"))]
NOTEBOOKS = HERE.notebook_files()
RAW = [HERE.raw / table.path for table in register.own(HERE.raw)]

# The committed files stand for the rebuilt ones here: test_reproduce shows that they are the same.


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def written(table):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()


def swaps(table):
    """Places of two cells that differ: neighbours in each column, and in each row."""
    for column in range(len(table[0])):
        for row in range(1, len(table) - 1):
            if table[row][column] != table[row + 1][column]:
                yield (row, column), (row + 1, column)
    for row in range(1, len(table)):
        for column in range(len(table[0]) - 1):
            if table[row][column] != table[row][column + 1]:
                yield (row, column), (row, column + 1)


def swapped(table, one, other):
    new = [list(cells) for cells in table]
    new[one[0]][one[1]], new[other[0]][other[1]] = table[other[0]][other[1]], table[one[0]][one[1]]
    return new


@pytest.mark.parametrize("path", PROCESSED, ids=lambda path: path.stem)
def test_a_swap_in_a_processed_table_is_named_cell_by_cell(path):
    content, name = path.read_bytes(), HERE.name(path)
    table = rows(content)
    assert written(table) == content
    assert any(swaps(table))
    for one, other in swaps(table):
        found = compare(name, written(swapped(table, one, other)), content)
        places = {f"row {row}, column {table[0][column]}" for row, column in (one, other)}
        assert {difference.where for difference in found} == places
        for difference, (row, column) in zip(found, sorted((one, other)), strict=True):
            assert difference.file == name
            if max(map(len, (table[one[0]][one[1]], table[other[0]][other[1]]))) < 50:
                assert difference.what.endswith(f"{table[row][column] or 'nothing'} rebuilt")
            assert difference.in_numbers or float(table[row][column])


@pytest.mark.parametrize("path", RAW, ids=lambda path: path.stem)
def test_a_swap_in_a_raw_table_is_not_as_registered_and_makes_its_outputs_stale(
    path, tmp_path, monkeypatch
):
    """Every swap has another hash; what follows of another hash is seen for some."""
    (registered,) = (table.hash for table in register.own(HERE.raw) if table.path == path.name)
    assert registered == f"sha256:{LOCK.inputs[f'data/raw/{path.name}']}"
    for changed in raw_swaps(path):
        assert f"sha256:{hashlib.sha256(changed).hexdigest()}" != registered
    for file in HERE.raw.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(loading, "shipped_dir", lambda: tmp_path)
    assert loading.unregistered() == []
    now = Now.of(HERE, tmp_path)
    for changed in random.Random("swap").sample([*raw_swaps(path)], 6):
        (tmp_path / path.name).write_bytes(changed)
        assert loading.unregistered() == [path.name]
        name = f"data/raw/{path.name}"
        now.inputs[name] = fingerprints.hash_file(tmp_path / path.name)
        assert lock.state(LOCK, now).stale


def raw_swaps(path):
    """The file with two values swapped: neighbours in a table, two titles of works."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        table = rows(content)
        for one, other in swaps(table):
            yield written(swapped(table, one, other))
    else:
        entries = json.loads(content)
        for one, other in pairwise(range(len(entries))):
            new = [dict(entry) for entry in entries]
            new[one]["title"], new[other]["title"] = entries[other]["title"], entries[one]["title"]
            if new != entries:
                yield json.dumps(new, ensure_ascii=False, indent=2).encode()


def figure_swaps(path):
    """A figure with two values swapped: two pixels, two coordinates, two numbers of a page."""
    content = path.read_bytes()
    chance = random.Random(path.name)
    if path.suffix == ".png":
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            said = PngInfo()
            for key, text in image.text.items():
                said.add_itxt(key, text)
            pixels = [(image.getpixel(at), at) for at in grid(image.size)]
            ink, at = next(pixel for pixel in pixels if pixel[0] != pixels[0][0])
            image.putpixel(at, pixels[0][0])
            image.putpixel(pixels[0][1], ink)
            buffer = io.BytesIO()
            image.save(buffer, "png", pnginfo=said, compress_level=1)
            yield buffer.getvalue()
    elif path.suffix == ".svg":
        places = list(re.finditer(rb"(?<= )\d+\.\d+(?= )", content))
        for _ in range(3):
            yield exchanged(content, *sorted(chance.sample(places, 2), key=lambda m: m.start()))
    else:
        stream, drawn, places = max(page_streams(content), key=lambda found: len(found[2]))
        pair = next((a, b) for a, b in combinations(places, 2) if a[0] != b[0])
        packed = zlib.compress(exchanged(drawn, *pair))
        yield content[: stream.start(1)] + packed + content[stream.end(1) :]


def page_streams(content):
    """Each packed stream of a PDF, unpacked, with the numbers in it."""
    for stream in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            drawn = zlib.decompress(stream[1])
        except zlib.error:
            continue
        yield stream, drawn, list(re.finditer(rb"(?<=\s)\d+\.\d+(?=\s)", drawn))


def grid(size):
    return [(x, y) for y in range(0, size[1], 7) for x in range(0, size[0], 7)]


def exchanged(content, one, other):
    return b"".join(
        (
            content[: one.start()],
            other[0],
            content[one.end() : other.start()],
            one[0],
            content[other.end() :],
        )
    )


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_swap_in_a_figure_is_found(path):
    content, name = path.read_bytes(), HERE.name(path)
    for changed in figure_swaps(path):
        if changed == content:  # two numbers that are the same
            continue
        (difference,) = compare(name, changed, content)
        assert "its numbers agree, its bytes do not" in difference.what
        assert not difference.in_numbers


@pytest.mark.parametrize("path", DRAWN[:3], ids=lambda path: path.name)
def test_what_a_figure_says_is_compared_by_name(path):
    other = next(one for one in DRAWN if one.suffix == path.suffix and one.stem != path.stem)
    content = other.read_bytes()
    places = {
        difference.where for difference in compare(HERE.name(path), content, path.read_bytes())
    }
    assert {"DataHash", "Identifier", "Title"} <= places


def number_swaps(cell):
    """A cell with two numbers of a text output swapped."""
    for output in cell.get("outputs", []):
        for kind, said in output.get("data", {}).items():
            if kind.startswith("image/"):
                continue
            text = "".join(said)
            places = list(re.finditer(r"\b\d+(?:\.\d+)?\b", text))
            pair = next(((a, b) for a, b in combinations(places, 2) if a[0] != b[0]), None)
            if pair:
                one, other = pair
                output["data"][kind] = (
                    text[: one.start()]
                    + other[0]
                    + text[one.end() : other.start()]
                    + one[0]
                    + text[other.end() :]
                )
                yield kind
                output["data"][kind] = said


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_swap_in_a_notebook_is_named_by_its_cell(path):
    content, name = path.read_bytes(), HERE.name(path)
    notebook, tried = json.loads(content), 0
    for number, cell in enumerate(notebook["cells"], 1):
        for kind in number_swaps(cell):
            tried += 1
            (found,) = compare(name, json.dumps(notebook).encode(), content)
            assert (found.where, found.in_numbers) == (f"cell {number}", True), kind
            assert found.what.startswith("its output differs: ")
    assert tried > 10
    pictures = [
        (number, output)
        for number, cell in enumerate(notebook["cells"], 1)
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    (first, one), (last, other) = pictures[0], pictures[-1]
    one["data"], other["data"] = other["data"], one["data"]
    found = compare(name, json.dumps(notebook).encode(), content)
    assert {difference.where for difference in found} == {f"cell {first}", f"cell {last}"}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_swap_in_a_text_is_named_by_its_line(path):
    content, name = path.read_bytes(), HERE.name(path)
    lines = content.decode().split("\n")
    tried = 0
    for n in range(0, len(lines) - 1, 17):
        if lines[n] != lines[n + 1]:
            new = [*lines]
            new[n], new[n + 1] = lines[n + 1], lines[n]
            found = compare(name, "\n".join(new).encode(), content)
            assert [difference.where for difference in found] == [f"line {n + 1}", f"line {n + 2}"]
            tried += 1
    assert tried


def test_what_is_missing_damaged_or_of_another_size_is_said(tmp_path):
    table = b"a,b\n1,2\n3,4\n"

    def told(file, here, made=table):
        return [str(difference) for difference in compare(file, here, made)]

    assert told("x.csv", table) == []
    assert told("x.csv", None) == ["x.csv: missing"]
    assert told("x.csv", b"a,b\n1,2\n") == ["x.csv: 1 rows here, 2 rebuilt"]
    assert told("x.csv", b"a,c\n1,2\n3,4\n") == ["x.csv, header: a,c here, a,b rebuilt"]
    assert told("x.csv", b"a,b\n1,20\n3,4\n") == ["x.csv, row 1, column b: 20 here, 2 rebuilt"]
    assert told("x.csv", b"") == ["x.csv: empty"]
    (line,) = told("x.csv", b'a,"b"\n1,2\n3,4\n')
    assert line.startswith("x.csv: its numbers agree, its bytes do not: 14 here, 12 rebuilt")
    (line,) = told("x.png", b"no picture", DRAWN[0].read_bytes())
    assert line.startswith("x.png: cannot be read")
    (line,) = told("x.ipynb", b"{", NOTEBOOKS[0].read_bytes())
    assert line.startswith("x.ipynb: cannot be read")


def test_the_last_digit_of_a_float_is_no_number_of_the_study():
    (digit,) = compare("x.csv", b"a\n33.33333333\n", b"a\n33.33333334\n")
    assert not digit.in_numbers
    (number,) = compare("x.csv", b"a\n33.33333333\n", b"a\n33.33343333\n")
    assert number.in_numbers
    versions = (b"| numpy | 2.4 |", b"| numpy | 2.5 |")
    assert not compare("x.md", *versions)[0].in_numbers
    assert compare("x.md", b"| claims | 2.4 |", b"| claims | 2.5 |")[0].in_numbers


@pytest.fixture
def small(tmp_path):
    """A project of three outputs with its lock, and what a rebuild gives."""
    there = Project(tmp_path)
    outputs = {there.processed / f"{name}.csv": b"a,b\n1,2\n" for name in ("one", "two", "three")}
    for path, content in outputs.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    hashes = {there.name(path): fingerprints.hash_file(path) for path in outputs}
    now = Now(there, there.raw, fingerprints.environment(), {}, {})
    made = Lock.made(now, {"all": lock.Step((), hashes)})
    outputs[there.root / lock.NAME] = made.content()
    (there.root / lock.NAME).write_bytes(made.content())
    return there, outputs, made, now


def test_verify_counts_bytes_here_and_numbers_elsewhere(small):
    there, outputs, made, now = small
    assert verify.verified(there, outputs, made, now).holds
    path = there.processed / "one.csv"
    outputs[path] = b'a,"b"\n1,2\n'  # what other libraries would write
    here = verify.verified(there, outputs, made, now)
    assert not here.holds
    assert here.lines[0].startswith("data/processed/one.csv: its numbers agree, its bytes do not")
    moved = Now(there, there.raw, {**now.environment, "pandas": "9.9"}, {}, {})
    elsewhere = verify.verified(there, outputs, made, moved)
    assert elsewhere.holds
    assert "9.9 here" in elsewhere.lines[0]
    path.write_bytes(b'"a",b\n1,2\n')  # neither the file that was made nor the rebuilt one
    changed = verify.verified(there, outputs, made, moved)
    assert not changed.holds
    assert "data/processed/one.csv: is not the file that was made" in changed.lines
    path.write_bytes(b"a,b\n2,1\n")
    lines = verify.verified(there, outputs, made, moved).lines
    assert "data/processed/one.csv, row 1, column a: 2 here, 1 rebuilt" in lines


def test_verify_names_ten_differences_of_a_file_and_counts_the_rest(small):
    there, outputs, made, now = small
    path = there.processed / "one.csv"
    path.write_text("a,b\n" + "1,2\n" * 30, encoding="utf-8")
    outputs[path] = ("a,b\n" + "2,1\n" * 30).encode()
    lines = verify.verified(there, outputs, made, now).lines
    assert sum(line.startswith("data/processed/one.csv") for line in lines) == 11
    assert "data/processed/one.csv: and 50 more differences" in lines


def test_verify_of_the_command_prints_and_ends_with_1(monkeypatch):
    def build(here, *_):
        path = here.processed / "reach.csv"
        table = rows(path.read_bytes())
        return {path: written(swapped(table, (1, 1), (2, 1)))}

    monkeypatch.setattr("ypp_analysis.cli.rebuilding._build", build)
    ran = CliRunner().invoke(main, ["verify"])
    assert ran.exit_code == 1
    assert "data/processed/reach.csv, row 1, column " in ran.output
    assert "1 files compared, 1 differ" in ran.output
