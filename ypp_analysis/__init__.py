"""YPP Analysis: one published study, made checkable.

The way of the data, from the raw tables to what readers see. Each step imports only from those
above it::

    data/raw/       transcribed by hand, each row with its source; never edited by code
      project         where the folders are
      fingerprints, lock, site_mark
                      hashes of what outputs are made from, and which are stale
      datasets        load the raw tables, validated, as DataFrames
      arithmetic      can these printed numbers be true? exact integers, rounding, power
      measures        statistics of counts, shares, rates and ranks: frames in, frames out
      findings        each finding of the study, worked out from the tables by name
      coverage        the numbers the study prints, found anew in its text
      wording         texts in English and Indonesian
      ledger          printed number, check and evidence: a verdict for every claim
      theme           the looks of a figure
      lettering       what its typeface cannot write
      exhibit_data, charts, series, diagrams
                      the frame behind each exhibit, and its drawing, which computes nothing
      descriptions    what a figure shows, in words for those who do not see it
      exhibits        tables and figures: data, drawing, caption, alt text, sources
      publish         files for readers, the same bytes at every rebuild
      reproduce, verify, cli
                      all of it in one command, ``ypp``
    data/processed/, figures/, notebooks/

Nothing is imported before it is used, so ``import ypp_analysis`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ypp_analysis.datasets import check, load, load_all, sources, tables
    from ypp_analysis.exhibits import exhibit

    __version__: str

__all__ = ["__version__", "check", "exhibit", "load", "load_all", "sources", "tables"]

# No name here is that of a module: importing a module sets it as an attribute of the package,
# and would put the module in the place of the function.
_HOME = {
    "check": "datasets",
    "exhibit": "exhibits",
    "load": "datasets",
    "load_all": "datasets",
    "sources": "datasets",
    "tables": "datasets",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        return version("ypp-analysis")
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Names of the package, those not yet imported among them."""
    return sorted({*globals(), *__all__})
