#!/usr/bin/env bash
# Packs the suite for a machine without network and without Java, in pieces of less than 62 MiB with their checksums, and a
# script that puts them together again.
#   gpu/bundle.sh FOLDER            a JDK, benchmarks.jar, all engines and the libraries of CUDA 12
#   gpu/bundle.sh --short FOLDER    the same in three parts, each of use before the next has arrived, without what the short check
#                                   does not load: gpu/check.sh --short
# There: bash FOLDER/unpack.sh [WHERE], then WHERE/notagen-bench/gpu/check.sh. Only the NVIDIA driver must be installed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
piece_bytes=$((61 * 1024 * 1024))

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

short=
case "${1:-}" in
  --short) short=yes && shift ;;
esac
case "$#:${1:-}" in
  1:-* | [!1]*) fail "Usage: gpu/bundle.sh [--short] FOLDER" 2 ;;
esac
folder=$1
[ ! -e "$folder" ] || [ -z "$(ls -A "$folder")" ] || fail "$folder is not empty: name a new folder." 2

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" > /dev/null || fail "There is no Java to pack: install a JDK of version 17 or newer or set JAVA_HOME."
jdk=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
if [ -n "$short" ]; then
  command -v zip > /dev/null && command -v unzip > /dev/null \
    || fail "There is no zip or unzip, which leave parts of jars out: install them (Debian: sudo apt-get install zip unzip)."
  [ -d "$jdk/jmods" ] || fail "$jdk has no jmods, of which a small JDK is made: install a whole JDK of version 17 or newer."
fi

jar=$root/target/benchmarks.jar
lib=$root/target/lib
if [ ! -f "$jar" ] || ! ls "$lib"/onnxruntime_gpu-*.jar > /dev/null 2>&1 \
  || [ -n "$(find "$root/pom.xml" "$root/src/main" "$root/src/cuda" -newer "$jar" -print -quit)" ]; then
  command -v mvn > /dev/null || fail "There is no Maven, and the suite must be built: install Maven 3.8 or newer."
  # an older build may have left other engines in lib
  rm -rf "$lib"
  (cd "$root" && mvn -B -q -Pcuda -DskipTests package)
fi

mkdir -p "$folder"
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
top=$tree/notagen-bench
mkdir -p "$top/target"

# pack PART [COMPRESSOR]: packs the tree into pieces and empties it. Jars are compressed already.
pack() {
  tar -C "$tree" -ch notagen-bench | ${2:-cat} | split -b "$piece_bytes" -d -a 4 - "$folder/$1.piece."
  (cd "$folder" && sha256sum "$1".piece.* > "SHA256SUMS.$1")
  rm -rf "$top"
  mkdir -p "$top/target/lib"
}

# java_runtime FOLDER COMPRESSION MODULES: a Java runtime of these modules.
java_runtime() {
  "$jdk/bin/jlink" --add-modules "$3" --strip-java-debug-attributes --no-header-files --no-man-pages "--compress=$2" --output "$1"
}

# part_of JAR PATTERN... [-x PATTERN...]: the entries of a jar that match, in a jar of the same name.
part_of() {
  local jars=("$lib"/$1)
  zip -q -U "${jars[0]}" "${@:2}" --out "$top/target/lib/$(basename "${jars[0]}")"
}

if [ -z "$short" ]; then
  # Distributions link parts of a JDK to other places: their content goes along, what only builds need does not.
  mkdir "$top/jdk"
  tar -C "$jdk" -ch --exclude=./jmods --exclude=./src.zip --exclude=./lib/src.zip --exclude=./demo --exclude=./man . | tar -C "$top/jdk" -x
  ln -s "$jar" "$top/target/benchmarks.jar"
  ln -s "$lib" "$top/target/lib"
  cp -r "$root/gpu" "$root/README.md" "$root/LICENSE" "$top/"
  pack all
else
  mkdir -p "$top/target/lib"
  # 1: the probe of the driver, with what it loads of Java, JNA and JCuda. What is not compressed is smaller when all is.
  java_runtime "$top/jre" 0 java.base,java.logging,java.management,jdk.management,jdk.unsupported
  (cd "$root/target/classes" && zip -q -r "$top/target/probe.jar" io/notagenbench/device io/notagenbench/fault META-INF/services)
  part_of 'jna-[0-9]*.jar' 'META-INF/*' '*.class' 'com/sun/jna/linux-x86-64/*'
  part_of 'jcuda-natives-*.jar' 'META-INF/*' 'lib/libJCudaDriver-*'
  cp "$lib"/jcuda-[0-9]*.jar "$top/target/lib/"
  cp -r "$root/gpu" "$root/LICENSE" "$top/"
  pack 1-probe 'gzip -9'

  # 2: ONNX Runtime without its libraries for Windows, of CUDA what its provider is linked to, cuBLAS from PyTorch's jar.
  java_runtime "$top/jdk" 2 java.se,jdk.unsupported,jdk.management,jdk.jfr,jdk.zipfs
  torch=$(ls "$lib"/pytorch-native-cu*.jar)
  cp "$jar" "$top/target/"
  find "$lib" -name '*.jar' ! -name 'pytorch-native-*' ! -name 'onnxruntime_gpu-*' ! -name 'cuda-redist-*' ! -name 'jna-[0-9]*' ! -name 'jcuda-*' \
    -exec cp -t "$top/target/lib" {} +
  part_of 'onnxruntime_gpu-*.jar' 'ai/onnxruntime/*' 'META-INF/*' -x 'ai/onnxruntime/native/win*' 'ai/onnxruntime/native/osx*' \
    'ai/onnxruntime/native/linux-aarch64/*'
  zip -q -U "$(ls "$lib"/cuda-redist-*.jar)" 'org/bytedeco/cuda/linux-x86_64/libcudart.so.12' 'org/bytedeco/cuda/linux-x86_64/libcurand.so.10' \
    --out "$top/target/lib/cuda-redist-part.jar"
  zip -q -U "$torch" '*/libcublas*' --out "$top/target/lib/cublas-part.jar"
  # The list by which cuBLAS is found is that of what DJL unpacks, too: without what the third part leaves out.
  mkdir -p "$tree/list/native/lib"
  unzip -p "$torch" native/lib/pytorch.properties | sed -E 's/,lib(cudnn_[a-z_]+\.so\.9|torch_cuda_linalg\.so)//g' \
    > "$tree/list/native/lib/pytorch.properties"
  (cd "$tree/list" && zip -q "$top/target/lib/cublas-part.jar" native/lib/pytorch.properties)
  pack 2-onnx

  # 3: PyTorch without the libraries of cuDNN, which it opens for convolutions alone, and without linear algebra.
  part_of 'pytorch-native-cu*.jar' 'pytorch/*' -x '*/libcublas*' '*/libcudnn_*' '*/libtorch_cuda_linalg.so'
  pack 3-pytorch
fi

cat > "$folder/unpack.sh" <<'UNPACK'
#!/usr/bin/env bash
# Puts the pieces beside it together again, those of each part that has arrived:   bash unpack.sh [WHERE]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
where=${1:-.}
mkdir -p "$where"
for sums in "$here"/SHA256SUMS.*; do
  part=${sums##*/SHA256SUMS.}
  (cd "$here" && sha256sum --quiet -c "SHA256SUMS.$part") || { echo "Pieces of $part are missing or damaged: copy them again." >&2; exit 1; }
  # gzip hands on what is not compressed
  cat "$here/$part".piece.* | gzip -dcf | tar -C "$where" -x
  echo "Unpacked: $part."
done
echo "On a machine with an NVIDIA driver: $where/notagen-bench/gpu/check.sh"
UNPACK
chmod +x "$folder/unpack.sh"
du -b "$folder"/*.piece.* | awk '{ sub(/.*\//, "", $2); split($2, name, "."); bytes[name[1]] += $1; pieces[name[1]]++ }
  END { for (part in bytes) printf "%s: %d pieces, %.0f MiB\n", part, pieces[part], bytes[part] / 1048576 }' | sort
echo "All in $folder: copy it, then bash unpack.sh there."
