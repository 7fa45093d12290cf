"""The ledger: printed number, check and evidence give a verdict, computed and never typed.

``study`` holds the raw tables as records, ``values`` reads and compares what is printed, ``rules``
and ``checks`` work each claim out again, ``verdicts`` judges it, ``transcription`` asks apart from
all that whether it was copied faithfully, ``words`` says it, and ``book`` puts it together.
"""

from ypp_analysis.ledger.book import Chain, Evidence, Interval, chains, claim, ledger, summary
from ypp_analysis.ledger.transcription import transcription, uncovered
from ypp_analysis.ledger.verdicts import VERDICTS

__all__ = [
    "VERDICTS",
    "Chain",
    "Evidence",
    "Interval",
    "chains",
    "claim",
    "ledger",
    "summary",
    "transcription",
    "uncovered",
]
