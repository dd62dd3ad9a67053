"""The content: one file per statement and its false variants.

What is imported from here is loaded when it is asked for: ``CLAIMS``, all of them (``shipped.py``),
and each by its name; or ``OF_MODELS``, true ones about networks, matrices and actions
(``of_models.py``).
"""


def __getattr__(name: str):
    if not name.isupper():  # a file
        raise AttributeError(name)
    if name == "OF_MODELS":
        from proofs.of_models import OF_MODELS

        return OF_MODELS
    from proofs import shipped

    return getattr(shipped, name)
