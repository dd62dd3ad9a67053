"""Values of expressions at exact states: exact where they are, else enclosed."""
