"""Pictures of claims: as numbers and words first, drawn as files last."""
