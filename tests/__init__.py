"""The tests: laws of the mathematics, attacks on judge and readers, the command as a user meets it.

What several folders use lies here; a folder imports from no other one (test_architecture).
"""
