"""Numbers that are compared at samples: what refutes, what supports."""
