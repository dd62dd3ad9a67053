"""What the sub-commands do, imported only when they run."""
