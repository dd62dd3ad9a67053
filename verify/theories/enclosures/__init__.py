"""Sentences about trajectories from exact starts: decided by enclosures of the true solution."""
