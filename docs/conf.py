"""How the documentation is built: `make docs`. Nothing is fetched; every warning is an error."""

from importlib.metadata import version as installed_version

project = "icstip"
author = "The icstip authors"
project_copyright = "The icstip authors, Apache License 2.0"
version = release = installed_version("icstip")
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = False  # docstrings name types of other projects, whose documentation is not at hand

myst_heading_anchors = 3
myst_links_external_new_tab = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "alabaster"
html_theme_options = {
    "description": "Statistics on trafficking in persons as SDMX",
    "fixed_sidebar": True,
    "page_width": "64rem",
}
html_show_sourcelink = False
