#!/usr/bin/env bash
# What the audit log costs a delivery (bench/CbssReturn.Bench/Audit/AuditCostBench.cs). Builds the node a second time from
# a copy of the committed sources in which nothing is put into the audit's intake, and times both in turns.
#   bench/audit-cost.sh [pairs] [packets a batch]
set -euo pipefail
cd "$(dirname "$0")/.."
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD | tar -x -C "$copy"
intake=$copy/src/CbssReturn.Storage/Sqlite/SqliteNodeStore.AuditIntake.cs
sed -i '/Apply(SqliteSession session, AppendAuditIntake change/{n;s/PutIntake(session, change.Row, name);/true;/}' "$intake"
cmp -s "$intake" src/CbssReturn.Storage/Sqlite/SqliteNodeStore.AuditIntake.cs && { echo "Nothing was changed."; exit 1; }
quietly=(--nologo -v quiet -c Release -p:RunAnalyzers=false -p:UseSharedCompilation=false)
dotnet build "$copy/src/CbssReturn.Node" "${quietly[@]}" >&2
dotnet build bench/CbssReturn.Bench "${quietly[@]}" >&2
CBSS_BENCH_BARE_NODE=$copy/artifacts/bin/CbssReturn.Node/release/cbss-node.dll \
  dotnet artifacts/bin/CbssReturn.Bench/release/CbssReturn.Bench.dll audit-cost "$@"
