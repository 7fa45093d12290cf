"""The reasons why a mutant may live: each is about a line that still stands in its module."""

import tomllib

from ypp_analysis.project import project

LISTED = project().root / "benchmarks" / "mutants.toml"


def test_every_survivor_has_a_reason_and_its_line():
    survivors = tomllib.loads(LISTED.read_text(encoding="utf-8"))["survivor"]
    for one in survivors:
        assert one.keys() == {"module", "place", "was", "now", "why"}, one
        module = project().root / "ypp_analysis" / f"{one['module']}.py"
        lines = [line.strip() for line in module.read_text(encoding="utf-8").splitlines()]
        assert set(one["was"].splitlines()) <= set(lines), one
        assert len(one["why"].split()) > 3, one
