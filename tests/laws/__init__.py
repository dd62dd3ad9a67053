"""Laws: what the mathematics demands of every part."""
