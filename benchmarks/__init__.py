"""Ratios against named peers, measured in interleaved pairs. No test here fails on a stopwatch."""
