"""What people and programs read: words, screens, JSON, JUnit, LaTeX."""
