"""Measurements as ratios in one run; nothing here fails a test. Run ``make bench``."""
