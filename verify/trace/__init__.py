"""A model as a graph of operations: traced once from a plain Python function over NumPy-like
arrays, then run over any ring.

    def model(x: (2,), *, W1: (3, 2), W2: (2, 3)):
        return W2 @ relu(W1 @ x)

    graph = traced(model)                       # verify.trace.trace
    graph.params, graph.inputs, graph.nodes     # names to shapes; a closed list of operations
    graph.run(FLOATS, values)                   # verify.trace.numbers; any ring with its methods
    graph.gradient(FLOATS, places, seeds)       # one pass backwards
"""
