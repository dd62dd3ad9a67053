"""The exact layer: expressions, normal forms of generic sums, forms, evaluation. Knows no model and no theorem."""
