"""The marks of the house, measured by anyone: `python3 start.py bench NAME`.

Each bench prints a table and writes bench/results/NAME.json. An absolute time means nothing on a shared
machine; a ratio does: each measures the floor in its own run and gives its figures as multiples of it.
Files that begin with an underscore are what the benches share.
"""
