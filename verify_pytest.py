"""pytest plugin: collects claims. Imports of verify happen inside hooks only."""
