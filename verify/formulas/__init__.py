"""The exact layer for statements about scalar functions: towers, places where they are rational, and their part of the judge."""
