"""Numeric measurement: what the experiments that claims name are run by."""
