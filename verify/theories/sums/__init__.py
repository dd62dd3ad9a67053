"""Sentences about networks of every size: sums over generic coordinates and layers."""
