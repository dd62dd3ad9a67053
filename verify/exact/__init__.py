"""Exact numbers: how they are written, how long they may be, over which ring; and what can go
wrong.
"""
