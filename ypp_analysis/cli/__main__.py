"""Run the command as ``python -m ypp_analysis.cli``."""

from ypp_analysis.cli import main

main(prog_name="ypp")
