"""The theory of matrices of every depth and size, but for its terms, which are in ``star``."""
