"""All conservation laws of a traced model: how many there can be, and which there are.

``closure`` bounds their number from above by the dimension of the Lie algebra that the gradient
fields generate at a random point modulo a prime; ``laws`` proposes from samples modulo a prime and
writes laws down in the tensors' names. A count is exact where the two meet.
"""
