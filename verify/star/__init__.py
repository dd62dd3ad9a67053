"""Words in a free *-algebra: identities of matrix products for every depth and every size at once."""
