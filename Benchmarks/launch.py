"""launch.py REPORT COMMAND...: runs a command and writes its status, wall time, CPU times and peak memory.

A separate process, kept small: memory that the parent holds when it forks counts for the child.
"""

import os
import sys
import time

start = time.monotonic()
child = os.fork()
if child == 0:
    try:
        os.execvp(sys.argv[2], sys.argv[2:])
    finally:
        os._exit(127)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
with open(sys.argv[1], "w", encoding="ascii") as report:
    status = os.waitstatus_to_exitcode(status)
    report.write(f"{status} {wall} {usage.ru_utime} {usage.ru_stime} {usage.ru_maxrss * 1024}\n")
