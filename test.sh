#!/usr/bin/env bash
# Builds everything and runs every test. Ends with "N passed, N failed, N skipped" alone on the last line.
#   ./test.sh         what must hold on every change
#   ./test.sh --long  adds the long loops: 50 kills of a node (CBSS_KILL_SEED repeats one) and
#                     200 honest runs of the simulation (CBSS_SIM_SEED and CBSS_SIM_RUNS repeat some)
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" = --long ]; then export CBSS_KILL_ROUNDS=50 CBSS_SIM_RUNS=200; fi
export CBSS_MUTANTS=all
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

results=$(mktemp -d)
compiler=cbss-$$-$RANDOM
trap 'pkill -f "pipename:$compiler" || true; rm -rf "$results"' EXIT

# Installs only what is absent, beside the build: npm for buf (the proto linter), strace for the durability test, Go and
# its sumdb library for the independent check of audit logs.
install_tools() {
  local missing=()
  command -v npm > /dev/null || missing+=(nodejs npm)
  command -v strace > /dev/null || missing+=(strace)
  command -v go > /dev/null || missing+=(golang-go)
  [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] || missing+=(golang-golang-x-mod-dev)
  if [ ${#missing[@]} -gt 0 ]; then
    apt-get -o DPkg::Lock::Timeout=300 update -q &&
      apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends "${missing[@]}" || return 1
  fi
  [ -x eng/buf/node_modules/.bin/buf ] ||
    npm --prefix eng/buf install --no-package-lock --no-audit --no-fund --loglevel=error
}
install_tools < /dev/null > "$results/tools.log" 2>&1 &
tools=$!

# One compiler for all projects, under a name of its own, so that it can be stopped and nobody else's is.
dotnet build CbssReturn.sln --nologo -v quiet -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler"
pkill -f "pipename:$compiler" || true
wait "$tools" || { cat "$results/tools.log"; echo "The tools of the tests could not be installed."; exit 1; }
printf '%-24s %4d s\n' build "$SECONDS"

# Two projects at a time, the longest first; each says what it has to say when it has ended.
run() {
  local name=$1 start=$SECONDS
  dotnet test "tests/$name/$name.csproj" --no-build --nologo -v quiet --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
    < /dev/null > "$results/$name.log" 2>&1 || touch "$results/broken"
  cat "$results/$name.log"
  printf '%-24s %4d s\n' "$name" $((SECONDS - start))
}
longest=(EndToEnd.Tests Durability.Tests Node.Tests Desk.Tests Storage.Tests Sealing.Tests)
rest=()
for project in tests/*.Tests; do
  name=$(basename "$project")
  [[ " ${longest[*]} " == *" $name "* ]] || rest+=("$name")
done
for name in "${longest[@]}" "${rest[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
  run "$name" &
done
wait

passed=0 failed=0 skipped=0
for name in "${longest[@]}" "${rest[@]}"; do
  counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null || true)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
  total=$(count total) ok=$(count passed) bad=$(count failed)
  : "${total:=0}" "${ok:=0}" "${bad:=0}"
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + total - ok - bad))
done
if [ -e "$results/broken" ] && [ "$failed" -eq 0 ]; then failed=1; fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ]
