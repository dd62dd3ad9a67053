"""Normal forms of sums over generic coordinates and layers. Knows no model and no theorem."""
