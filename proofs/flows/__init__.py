"""Flows that serve one statement each, entry by entry, and exact starts for them."""
