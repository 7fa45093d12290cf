"""Findings of the study, each worked out from the tables by name.

``compute("victims_children_share", tables)`` returns a :class:`Finding`; a name of the
form ``table.row.column`` gives one cell as it stands.
"""

from ypp_analysis.findings import network, petition, programme, tiers, victims  # noqa: F401
from ypp_analysis.findings.core import Cell, Finding, Label, Tables, compute, describe, names
from ypp_analysis.findings.reads import Reads

__all__ = ["Cell", "Finding", "Label", "Reads", "Tables", "compute", "describe", "names"]
