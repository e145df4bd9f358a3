#!/usr/bin/env bash
# Everything that can only be checked on a machine with an NVIDIA card, into one results folder: exactness, the proof
# that the device computes, the card's profilers, and a short suite of every CUDA arm.
#   gpu/check.sh [cuda|cuda:1] [-p name=value ...]
# For a card that is lent for some minutes: what one learns most from comes first, and nothing begins when the time is over.
#   gpu/check.sh --short[=MINUTES] [cuda|cuda:1]
# Ends with 0 if all of it is well. It needs the driver and a build with -Pcuda, or a folder that gpu/bundle.sh made.
# NOTAGEN_REHEARSAL=cpu runs the short check on the processor, with the tiny model: the same steps, without a card.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$root/target/benchmarks.jar

. "$root/gpu/steps.sh"
export root jar

usage="Usage: gpu/check.sh [--short[=MINUTES]] [cuda|cuda:N] [-p name=value ...]"
device=cuda
minutes=
case "${1:-}" in
  --short) minutes=12 && shift ;;
  --short=[1-9] | --short=[1-9][0-9] | --short=[1-9][0-9][0-9]) minutes=${1#*=} && shift ;;
esac
case "${1:-}" in
  cuda | cuda:[0-9]*) device=$1 && shift ;;
  -h | --help) echo "$usage" && exit 0 ;;
esac
given=()  # parameters of the suite
while [ $# -gt 0 ]; do
  if [ "$1" != -p ] || [ $# -lt 2 ] || [ -n "$minutes" ]; then
    fail "'$1' is neither a device nor -p name=value. $usage" 2
  fi
  given+=(-p "$2") && shift 2
done

find_java
export java device
if [ -n "$minutes" ]; then
  . "$root/gpu/short.sh"
  exit
fi
if [ ! -f "$jar" ]; then
  command -v mvn > /dev/null || fail "There is no $jar, and no Maven to build it: use a folder that gpu/bundle.sh made."
  (cd "$root" && mvn -B -q -Pcuda -DskipTests package)
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# One sentence and the end where a driver, a card or the natives are missing. No engine is asked: a card may have kernels of one only.
probe > "$scratch/probe.txt" 2> "$scratch/probe.err" || fail "$(cat "$scratch/probe.err")"

begin_folder "$device"
cp "$scratch/probe.txt" "$folder/"
export scratch

# same_pieces DEVICE: a queue of pieces, two together on each device, as the CPU writes them one by one.
same_pieces() {
  local arm=(-p backend=pytorch -p pieces=8 -p patches=64)
  rm -rf "$scratch/one" "$scratch/several"
  suite generate "${arm[@]}" -p device=cpu -o "$scratch/one" || return
  suite generate "${arm[@]}" -p batch=2 -p "device=$1" -o "$scratch/several" || return
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

without_tf32() {
  NVIDIA_TF32_OVERRIDE=0 suite "$@"
}

export -f same_pieces on_device without_tf32

# A second card where there is one; else the first has both halves of a split model, or both models of a queue.
other=$device
if command -v nvidia-smi > /dev/null; then
  nvidia-smi -q > "$folder/nvidia-smi.txt" || true
fi
if [ "$(cards)" -gt 1 ]; then
  case $device in
    cuda | cuda:0) other=cuda:1 ;;
    *) other=cuda:0 ;;
  esac
fi
step 300 doctor suite doctor -p "device=$device"
step 300 fit suite doctor --fit
for backend in pytorch onnx; do
  step 300 "verify-$backend" suite verify -p "device=$device" -p "backend=$backend"
  for decoding in recompute cached fused speculative; do
    step 300 "text-$backend-$decoding" same_text "$backend" "$decoding" "$device"
  done
done
for decoding in recompute cached fused speculative; do
  step 300 "text-split-$decoding" same_text pytorch "$decoding" "$device+$other"
done
step 300 pieces-together same_pieces "$device"
step 300 pieces-spread same_pieces "$device/$other"
for precision in tf32 bf16 fp16 int8 int4; do
  step 300 "verify-$precision" suite verify -p "device=$device" -p backend=pytorch -p "precision=$precision"
done
for precision in fp16 int8 int4; do
  step 300 "verify-onnx-$precision" suite verify -p "device=$device" -p backend=onnx -p "precision=$precision"
done
step 300 verify-onnx-host-caches suite verify -p "device=$device" -p backend=onnx -p caches=host
# TensorRT is not ours to bring along: its arms run where it is. What it computes in fp32 must not be TF32.
if grep -q "TensorRT *found" "$folder/doctor.log"; then
  for precision in fp32 fp16; do
    step 300 "verify-tensorrt-$precision" without_tf32 verify -p "device=$device" -p backend=onnx \
      -p provider=tensorrt -p "precision=$precision"
  done
else
  echo "absent  TensorRT, so none of its arms was run" >> "$folder/check.txt"
fi
step 300 profilers suite PatchDecoding -p "device=$device" -p model=large -p decoding=cached -f 1 -wi 2 -i 5 \
  -prof vram -prof energy -prof clocks -rf json -rff "$folder/profilers.json"
step 3600 suite suite sweep --plan quick -o "$folder" -p "device=$device" ${given[@]+"${given[@]}"}
step 300 device-proof on_device
step 3600 split suite sweep FullPiece -o "$folder/split" -p "device=$device+$other" -p backend=pytorch \
  -p decoding=cached,fused -p work=two-voices
step 3600 spread suite sweep Batch -o "$folder/spread" -p "device=$device/$other" -p backend=pytorch -p batch=1,4 \
  -p work=two-voices -p patches=64
step 300 report suite report "$folder"

echo
cat "$folder/check.txt"
[ "$failures" -eq 0 ] || fail "$failures of the checks failed: see $folder"
echo "All is well. Look first at $folder/report.html"
