"""Attacks on the judge, its readers and the doors; rules of the house."""
