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

# same_text BACKEND DECODING DEVICE: the text of the CPU, to the character.
same_text() {
  local arm=(-p "backend=$1" -p "decoding=$2" -p seed=3 -p patches=96)
  "$java" -jar "$jar" generate "${arm[@]}" -p device=cpu -o "$scratch/cpu.abc" || return
  "$java" -jar "$jar" generate "${arm[@]}" -p "device=$3" -o "$scratch/cuda.abc" || return
  cmp "$scratch/cpu.abc" "$scratch/cuda.abc" && echo "$1 $2: the same text on cpu and $3"
}

# same_pieces DEVICE: a queue of pieces, two together on each device, as the CPU writes them one by one.
same_pieces() {
  local arm=(-p backend=pytorch -p pieces=8 -p patches=64)
  rm -rf "$scratch/one" "$scratch/several"
  "$java" -jar "$jar" generate "${arm[@]}" -p device=cpu -o "$scratch/one" || return
  "$java" -jar "$jar" generate "${arm[@]}" -p batch=2 -p "device=$1" -o "$scratch/several" || return
  diff -r "$scratch/one" "$scratch/several" && echo "the same 8 pieces on cpu and $1"
}

# on_device: every fork of the suite names the card it was on, and what the card lost to it.
on_device() {
  local forks
  forks=$(grep -rlE "^device=$device is " "$folder/logs" | wc -l)
  grep -rhE "^device=$device (is|: )" "$folder/logs" | sort | uniq -c | sort -rn | head -n 40
  echo "$forks logs name the card that computed"
  [ "$forks" -gt 0 ] && ! grep -rn "DEVICE_FALLBACK" "$folder/logs" "$folder/journal.jsonl"
}

# A second card where there is one; else the first has both halves of a split model, or both models of a queue.
other=$device
if command -v nvidia-smi > /dev/null; then
  nvidia-smi -q > "$folder/nvidia-smi.txt" || true
  if [ "$(nvidia-smi -L | wc -l)" -gt 1 ]; then
    case $device in
      cuda | cuda:0) other=cuda:1 ;;
      *) other=cuda:0 ;;
    esac
  fi
fi
step doctor "$java" -jar "$jar" doctor -p "device=$device"
step fit "$java" -jar "$jar" doctor --fit
for backend in pytorch onnx; do
  step "verify-$backend" "$java" -jar "$jar" verify -p "device=$device" -p "backend=$backend"
  for decoding in recompute cached fused speculative; do
    step "text-$backend-$decoding" same_text "$backend" "$decoding" "$device"
  done
done
for decoding in recompute cached fused speculative; do
  step "text-split-$decoding" same_text pytorch "$decoding" "$device+$other"
done
step pieces-together same_pieces "$device"
step pieces-spread same_pieces "$device/$other"
for precision in tf32 bf16 fp16 int8 int4; do
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
step split "$java" -jar "$jar" sweep FullPiece -o "$folder/split" -p "device=$device+$other" -p backend=pytorch \
  -p decoding=cached,fused -p work=two-voices
step spread "$java" -jar "$jar" sweep Batch -o "$folder/spread" -p "device=$device/$other" -p backend=pytorch -p batch=1,4 \
  -p work=two-voices -p patches=64
step report "$java" -jar "$jar" report "$folder"

echo
cat "$folder/check.txt"
[ "$failures" -eq 0 ] || fail "$failures of the checks failed: see $folder"
echo "All is well. Look first at $folder/report.html"
