"""Reads every column of both tables of a catalog folder as text with polars, on all cores."""

import sys

import polars

for table in ("matters", "items"):
    read = polars.read_csv(f"{sys.argv[1]}/{table}.csv", infer_schema=False)
    print(table, read.height, read.width)
