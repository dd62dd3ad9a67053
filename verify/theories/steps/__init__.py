"""Certificates whose steps the kernel checks (version 2), written by searches that nobody has to
believe: what they find is read by ``verify.kernel`` before it is handed out.
"""
