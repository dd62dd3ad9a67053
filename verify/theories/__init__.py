"""How sentences are decided: what a theory supplies, and one folder for each fragment."""
