"""Exact numbers: how they are written, and how long they may be."""
