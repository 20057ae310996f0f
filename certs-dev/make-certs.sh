#!/usr/bin/env bash
# Makes a throwaway authority and one node certificate for each name: ECDSA P-256, server and client use, 30 days.
# For development only: the keys lie in plain files, and none is ever committed.
#   certs-dev/make-certs.sh FOLDER NAME...
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: $0 FOLDER NAME..." >&2; exit 1; }
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$1
shift
dotnet build "$here/src/CbssReturn.Cli" --nologo -v quiet
cbss() { dotnet run --no-build --project "$here/src/CbssReturn.Cli" -- certs-dev "$@"; }
cbss authority --out "$folder/authority"
for name in "$@"; do
  cbss node --authority "$folder/authority" --out "$folder/$name" --host "$name"
done
