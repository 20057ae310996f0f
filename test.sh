#!/usr/bin/env bash
# Builds everything and runs every test. Ends with "N passed, N failed, N skipped" alone on the last line.
#   ./test.sh         what must hold on every change
#   ./test.sh --long  adds the long loops (50 kills of a node); CBSS_KILL_SEED repeats one
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = --long ]; then export CBSS_KILL_ROUNDS=50; fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Installs only what is absent: npm for buf (the proto linter), strace for the durability test.
missing=()
command -v npm > /dev/null || missing+=(nodejs npm)
command -v strace > /dev/null || missing+=(strace)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get -o DPkg::Lock::Timeout=300 update -q
  apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "${missing[@]}"
fi
[ -x eng/buf/node_modules/.bin/buf ] || npm --prefix eng/buf install --no-package-lock --no-audit --no-fund --loglevel=error

dotnet build CbssReturn.sln --nologo -v quiet
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0 broken=0
for project in tests/*.Tests/*.Tests.csproj; do
  name=$(basename "$project" .csproj)
  start=$SECONDS
  dotnet test "$project" --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    < /dev/null || broken=1
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null || true)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
  total=$(count total) ok=$(count passed) bad=$(count failed)
  : "${total:=0}" "${ok:=0}" "${bad:=0}"
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
  printf '%-24s %4d s\n' "$name" $((SECONDS - start))
done
if [ "$broken" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ]
