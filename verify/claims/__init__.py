"""What is claimed and what was found: claims, hypotheses, conclusions, experiments, requests,
evidence, verdicts.
"""
