"""Says whether tables hold the same cells: cells.py ONE ITS-ENCODING OTHER ITS-ENCODING."""
import csv, sys

one, other = (
    list(csv.reader(open(path, encoding=encoding, newline=""), strict=True))
    for path, encoding in (sys.argv[1:3], sys.argv[3:5])
)
if one != other:
    print(f"{len(one)} rows, {len(other)} rows")
    for number, (left, right) in enumerate(zip(one, other), 1):
        if left != right:
            print(f"row {number}:\n  {left}\n  {right}")
            break
    sys.exit(1)
print(len(one))
