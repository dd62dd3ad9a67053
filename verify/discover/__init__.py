"""All conservation laws of a traced model: how many there can be, and which there are.

``laws`` proposes from samples modulo a prime and writes laws down in the tensors' names.
"""
