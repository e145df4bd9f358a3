# The short check, run by gpu/check.sh --short: java, root, device and minutes are set. In the order of what is learnt most:
# what the card is and gives, then ONNX Runtime, then PyTorch; each part only where its libraries were brought along.

case ${NOTAGEN_REHEARSAL:-} in
  '') model=large windows=64,1024 reduced=fp16 ;;
  cpu) device=cpu model=tiny windows=64,256 reduced=int8 ;;
  *) fail "NOTAGEN_REHEARSAL=$NOTAGEN_REHEARSAL is not possible: cpu is." 2 ;;
esac
deadline=$(($(date +%s) + 60 * minutes))
begin_folder "short-$device"
export device

# has LIBRARY: whether a jar of this name was brought along, or any of a build.
has() {
  [ -f "$root/target/benchmarks.jar" ] && compgen -G "$root/target/lib/$1" > /dev/null
}

arms() {
  local arm names=()
  for arm in "$@"; do names+=("$arm"); done
  (IFS=, && echo "${names[*]}")
}

if command -v nvidia-smi > /dev/null; then
  timeout 20 nvidia-smi -q > "$folder/nvidia-smi.txt" || true
fi
step 90 probe probe
if has 'onnxruntime*'; then
  step 90 onnx-first suite generate -p "device=$device" -p backend=onnx -p patches=8 --raw
  step 120 onnx-verify suite verify -p "device=$device" -p backend=onnx
  step 60 onnx-text same_text onnx cached "$device"
  step 240 onnx-race suite race -p "device=$device" -p "model=$model" -p "patchLength=$windows" -p patches=12 --rounds 3 --skip 200 \
    -o "$folder/onnx-race.json" --arms "$(arms onnx/fp32/cached onnx/fp32/fused "onnx/$reduced/cached" "onnx/$reduced/fused")"
else
  echo "absent  ONNX Runtime, which the second part of a bundle brings" >> "$folder/check.txt"
fi
if has 'pytorch-native*'; then
  step 120 pytorch-first suite generate -p "device=$device" -p backend=pytorch -p patches=8 --raw
  step 120 pytorch-verify suite verify -p "device=$device" -p backend=pytorch
  step 60 pytorch-text same_text pytorch cached "$device"
  # What the original does in fp32, and in fp16 as its web page has it on cards.
  originals=(pytorch/fp32/recompute)
  [ "$device" = cpu ] || originals+=(pytorch/fp16/recompute)
  step 300 pytorch-race suite race -p "device=$device" -p "model=$model" -p "patchLength=$windows" -p patches=12 --rounds 3 --skip 200 \
    -o "$folder/pytorch-race.json" --arms "$(arms "${originals[@]}" pytorch/fp32/cached pytorch/fp32/fused "pytorch/$reduced/cached")"
else
  echo "absent  PyTorch, which the third part of a bundle brings" >> "$folder/check.txt"
fi

echo
cat "$folder/check.txt"
[ "$failures" -eq 0 ] || fail "$failures of the steps failed: see $folder"
echo "Every step that had time is well: $folder"
