#!/bin/sh
# Checks a catalog in any CI: writes reports in three formats and the text to the log; the exit status is that of the check.
# Usage: check-catalog.sh [CATALOG]; ONEVISIT_OPTIONS adds options, such as --strict.
set -u

catalog=${1:-catalog}
for format in junit sarif json; do
  # shellcheck disable=SC2086
  onevisit validate "$catalog" ${ONEVISIT_OPTIONS:-} --format "$format" --output "onevisit.$format"
done
# shellcheck disable=SC2086
exec onevisit validate "$catalog" ${ONEVISIT_OPTIONS:-}
