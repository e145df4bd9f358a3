#!/usr/bin/env bash
# Everything that can only be checked on a machine with an NVIDIA card, into one results folder: exactness, the proof
# that the device computes, the card's profilers, and a short suite of every CUDA arm.
#   gpu/check.sh [cuda|cuda:1] [-p name=value ...]
# Ends with 0 if all of it is well. It needs the driver and a build with -Pcuda, or a folder that gpu/bundle.sh made.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$root/target/benchmarks.jar

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

usage="Usage: gpu/check.sh [cuda|cuda:N] [-p name=value ...]"
device=cuda
case "${1:-}" in
  cuda | cuda:[0-9]*) device=$1 && shift ;;
  -h | --help) echo "$usage" && exit 0 ;;
esac
suite=()  # parameters of the short suite
while [ $# -gt 0 ]; do
  if [ "$1" != -p ] || [ $# -lt 2 ]; then
    fail "'$1' is neither a device nor -p name=value. $usage" 2
  fi
  suite+=(-p "$2") && shift 2
done

# The JDK of a bundle, or the machine's.
java=$root/jdk/bin/java
[ -x "$java" ] || java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" > /dev/null \
  || fail "There is no Java: install a JDK of version 17 or newer, or carry one along with gpu/bundle.sh."
if [ ! -f "$jar" ]; then
  command -v mvn > /dev/null || fail "There is no $jar, and no Maven to build it: use a folder that gpu/bundle.sh made."
  (cd "$root" && mvn -B -q -Pcuda -DskipTests package)
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# One sentence and the end where a driver, a card or the natives are missing.
"$java" -jar "$jar" generate -p "device=$device" -p backend=pytorch -p patches=8 --raw -o "$scratch/first.abc" 2> "$scratch/first.err" \
  || fail "$(cat "$scratch/first.err")"

folder=$root/jmh-results/$(date +%Y%m%d-%H%M%S)-$(uname -n)-${device//:/-}
mkdir -p "$folder"
failures=0

# step NAME COMMAND...: its output stands in NAME.log and on the terminal, its end in check.txt.
step() {
  local name=$1 status=0
  shift
  echo "== $name"
  "$@" 2>&1 | tee "$folder/$name.log" || status=${PIPESTATUS[0]}
  if [ "$status" -eq 0 ]; then
    echo "ok      $name" >> "$folder/check.txt"
  else
    echo "FAILED  $name (exit code $status)" >> "$folder/check.txt"
    failures=$((failures + 1))
  fi
}

# same_text BACKEND DECODING: the text of the CPU, to the character.
same_text() {
  local arm=(-p "backend=$1" -p "decoding=$2" -p seed=3 -p patches=96)
  "$java" -jar "$jar" generate "${arm[@]}" -p device=cpu -o "$scratch/cpu.abc" || return
  "$java" -jar "$jar" generate "${arm[@]}" -p "device=$device" -o "$scratch/cuda.abc" || return
  cmp "$scratch/cpu.abc" "$scratch/cuda.abc" && echo "$1 $2: the same text on cpu and $device"
}

# on_device: every fork of the suite names the card it was on, and what the card lost to it.
on_device() {
  local forks
  forks=$(grep -rlE "^device=$device is " "$folder/logs" | wc -l)
  grep -rhE "^device=$device (is|: )" "$folder/logs" | sort | uniq -c | sort -rn | head -n 40
  echo "$forks logs name the card that computed"
  [ "$forks" -gt 0 ] && ! grep -rn "DEVICE_FALLBACK" "$folder/logs" "$folder/journal.jsonl"
}

if command -v nvidia-smi > /dev/null; then
  nvidia-smi -q > "$folder/nvidia-smi.txt" || true
fi
step doctor "$java" -jar "$jar" doctor -p "device=$device"
step fit "$java" -jar "$jar" doctor --fit
for backend in pytorch onnx; do
  step "verify-$backend" "$java" -jar "$jar" verify -p "device=$device" -p "backend=$backend"
  for decoding in recompute cached fused speculative; do
    step "text-$backend-$decoding" same_text "$backend" "$decoding"
  done
done
for precision in bf16 fp16; do
  step "verify-$precision" "$java" -jar "$jar" verify -p "device=$device" -p backend=pytorch -p "precision=$precision"
done
for precision in fp16 int8 int4; do
  step "verify-onnx-$precision" "$java" -jar "$jar" verify -p "device=$device" -p backend=onnx -p "precision=$precision"
done
step verify-onnx-host-caches "$java" -jar "$jar" verify -p "device=$device" -p backend=onnx -p caches=host
# TensorRT is not ours to bring along: its arms run where it is. What it computes in fp32 must not be TF32.
if grep -q "TensorRT *found" "$folder/doctor.log"; then
  for precision in fp32 fp16; do
    step "verify-tensorrt-$precision" env NVIDIA_TF32_OVERRIDE=0 "$java" -jar "$jar" verify -p "device=$device" -p backend=onnx \
      -p provider=tensorrt -p "precision=$precision"
  done
else
  echo "absent  TensorRT, so none of its arms was run" >> "$folder/check.txt"
fi
step profilers "$java" -jar "$jar" PatchDecoding -p "device=$device" -p model=large -p decoding=cached -f 1 -wi 2 -i 5 \
  -prof vram -prof energy -prof clocks -rf json -rff "$folder/profilers.json"
step suite "$java" -jar "$jar" sweep --plan quick -o "$folder" -p "device=$device" ${suite[@]+"${suite[@]}"}
step device-proof on_device
step report "$java" -jar "$jar" report "$folder"

echo
cat "$folder/check.txt"
[ "$failures" -eq 0 ] || fail "$failures of the checks failed: see $folder"
echo "All is well: $folder"
