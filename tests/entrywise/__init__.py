"""A second way to the sentences about matrices: the same expressions at given sizes, multiplied out
entry by entry.
"""
