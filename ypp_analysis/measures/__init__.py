"""Statistics of counts, shares, rates, ranks and rounded numbers: frames in, frames out.

``shares`` has intervals and rate ratios (statsmodels), ``counts`` growth, concentration and the
ranges of rounded numbers, ``ranks`` the ordinal ranks of countries. Import the one you need:
only ``shares`` is slow to load.
"""
