"""The judge's part for claims about matrices of every depth and size."""
