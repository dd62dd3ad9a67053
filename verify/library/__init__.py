"""Where claims are found: installed packages, and files and folders of an author, with the slips in
them.
"""
