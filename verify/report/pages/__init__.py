"""Pages that people browse: a claim, a paper, and the index of all, as self-contained HTML."""
