#!/usr/bin/env bash
# Packs the suite for a machine without network and without Java: a JDK, benchmarks.jar, all engines and the libraries of
# CUDA 12, in pieces of less than 62 MiB with their checksums, and a script that puts them together again.
#   gpu/bundle.sh FOLDER
# There: bash FOLDER/unpack.sh [WHERE], then WHERE/notagen-bench/gpu/check.sh. Only the NVIDIA driver must be installed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
piece_bytes=$((61 * 1024 * 1024))

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

case "$#:${1:-}" in
  1:-* | [!1]*) fail "Usage: gpu/bundle.sh FOLDER" 2 ;;
esac
folder=$1
[ ! -e "$folder" ] || [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty: name a new folder." 2

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" > /dev/null || fail "There is no Java to pack: install a JDK of version 17 or newer or set JAVA_HOME."
jdk=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')

jar=$root/target/benchmarks.jar
if [ ! -f "$jar" ] || ! ls "$root"/target/lib/onnxruntime_gpu-*.jar > /dev/null 2>&1 \
  || [ -n "$(find "$root/pom.xml" "$root/src/main" "$root/src/cuda" -newer "$jar" -print -quit)" ]; then
  command -v mvn > /dev/null || fail "There is no Maven, and the suite must be built: install Maven 3.8 or newer."
  # an older build may have left other engines in lib
  rm -rf "$root/target/lib"
  (cd "$root" && mvn -B -q -Pcuda -DskipTests package)
fi

mkdir -p "$folder"
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
top=$tree/notagen-bench
mkdir -p "$top/target"
# Distributions link parts of a JDK to other places: their content goes along, what only builds need does not.
mkdir "$top/jdk"
tar -C "$jdk" -ch --exclude=./jmods --exclude=./src.zip --exclude=./lib/src.zip --exclude=./demo --exclude=./man . | tar -C "$top/jdk" -x
ln -s "$jar" "$top/target/benchmarks.jar"
ln -s "$root/target/lib" "$top/target/lib"
cp -r "$root/gpu" "$root/README.md" "$root/LICENSE" "$top/"

# Jars are compressed already.
tar -C "$tree" -ch notagen-bench | split -b "$piece_bytes" -d -a 4 - "$folder/piece."
(cd "$folder" && sha256sum piece.* > SHA256SUMS)

cat > "$folder/unpack.sh" <<'UNPACK'
#!/usr/bin/env bash
# Puts the pieces beside it together again:   bash unpack.sh [WHERE]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
where=${1:-.}
(cd "$here" && sha256sum --quiet -c SHA256SUMS) || { echo "Pieces are missing or damaged: copy them again." >&2; exit 1; }
mkdir -p "$where"
cat "$here"/piece.* | tar -C "$where" -x
echo "Unpacked. On a machine with an NVIDIA driver: $where/notagen-bench/gpu/check.sh"
UNPACK
chmod +x "$folder/unpack.sh"
echo "$(find "$folder" -name 'piece.*' | wc -l) pieces, $(du -sh "$folder" | cut -f1), in $folder: copy it all, then bash unpack.sh there."
