"""The raw tables: which there are, what is wrong in their files, and their frames.

:mod:`.register` reads what ``datapackage.json`` says of each table, :mod:`.reading` turns a file
into cells that know their line, :mod:`.validation` checks them against the schema, and
:mod:`.loading` gives sound ones as DataFrames. :mod:`.faults` is how each tells what is wrong.
"""

from ypp_analysis.datasets.faults import DataError, Fault
from ypp_analysis.datasets.loading import Data, check, load, load_all, sources, tables

__all__ = ["Data", "DataError", "Fault", "check", "load", "load_all", "sources", "tables"]
