"""Prints what junitparser reads in a report: tests, failures, errors, skipped; as written and as counted."""
import sys, junitparser

report = junitparser.JUnitXml.fromfile(sys.argv[1])
print(report.tests, report.failures, report.errors, report.skipped)
for suite in report:
    suite.update_statistics()
report.update_statistics()
print(report.tests, report.failures, report.errors, report.skipped)
