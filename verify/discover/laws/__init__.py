"""Conservation laws of a model, searched for, written in its tensors' names, and proved.

A finder proposes from samples modulo a prime; nothing that it says is believed before a proof.
"""
