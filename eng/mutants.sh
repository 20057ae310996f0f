#!/usr/bin/env bash
# Compiles the verifier of audit logs with one mistake at a time (tests/AuditLog.Tests/Mutants), runs the vectors against
# each, and prints which vector test killed which. Fails when one survives, or when a mistake no longer fits its source.
set -euo pipefail
cd "$(dirname "$0")/.."
report=$(mktemp)
trap 'rm -f "$report"' EXIT
status=0
CBSS_MUTANTS=all CBSS_MUTANTS_REPORT="$report" dotnet test tests/AuditLog.Tests/AuditLog.Tests.csproj \
  --nologo -v quiet --filter "FullyQualifiedName~MutantTests" "$@" < /dev/null || status=$?
cat "$report"
exit "$status"
