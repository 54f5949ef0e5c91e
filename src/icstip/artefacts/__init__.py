"""The information model: structural artefacts of SDMX as frozen values, without input or output.

Artefacts refer to each other by `Reference`, not by object, so that a part of a standard is as good as the whole, two
artefacts can be compared with ``==``, and what a message refers to need not be in it.
"""
