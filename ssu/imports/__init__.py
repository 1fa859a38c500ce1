"""Reading a setup folder: agency, strategies, units, workers and designations, as files or spreadsheets saved as CSV.

`read_setup(folder)` checks everything and names every problem at once by file, row, column and remedy; it writes
nothing.
"""

from ssu.imports.folder import read_setup

__all__ = ["read_setup"]
