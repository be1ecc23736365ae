#!/bin/sh
# Checks a catalog in any CI: reports for the machine, the text for the log, and the exit status as the verdict.
# Usage: check-catalog.sh [CATALOG]; ONEVISIT_OPTIONS adds options, such as --strict.
set -u

catalog=${1:-catalog}
for format in junit sarif json; do
  # shellcheck disable=SC2086
  onevisit validate "$catalog" ${ONEVISIT_OPTIONS:-} --format "$format" --output "onevisit.$format"
done
# shellcheck disable=SC2086
exec onevisit validate "$catalog" ${ONEVISIT_OPTIONS:-}
