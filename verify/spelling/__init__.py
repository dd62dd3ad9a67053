"""How names, numbers and text are spelled in LaTeX; needs nothing of what it spells."""
