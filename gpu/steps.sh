# What gpu/check.sh is made of; to be sourced, with root set to the folder of the suite.

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

# The Java of a bundle (its first part has only what the probe needs), or the machine's.
find_java() {
  java=$root/jdk/bin/java
  [ -x "$java" ] || java=$root/jre/bin/java
  [ -x "$java" ] || java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" > /dev/null \
    || fail "There is no Java: install a JDK of version 17 or newer, or carry one along with gpu/bundle.sh."
}

# begin_folder DEVICE: the folder of this run. A JVM that crashes leaves its report there.
begin_folder() {
  local name=${1//:/-}
  folder=$root/jmh-results/$(date +%Y%m%d-%H%M%S)-$(uname -n)-${name//\//-}
  mkdir -p "$folder"
  failures=0
  export folder
}

# suite COMMAND...: the suite; the libraries are on the class path, since a short bundle has them in other jars.
suite() {
  "$java" -XX:ErrorFile="$folder/hs_err_%p.log" -cp "$root/target/benchmarks.jar:$root/target/lib/*" io.notagenbench.Main "$@"
}

# probe: what the driver alone says of the device. The classes of the probe are alone in the first part of a bundle, so that it
# runs before the rest has arrived.
probe() {
  local classes=$root/target/probe.jar
  [ -f "$classes" ] || classes=$root/target/benchmarks.jar
  "$java" -XX:ErrorFile="${folder:-.}/hs_err_%p.log" -cp "$classes:$root/target/lib/*" io.notagenbench.device.cuda.CardProbe "$device"
}

# step SECONDS NAME COMMAND...: writes the output to NAME.log and the terminal, and the result to check.txt. A step that fails
# or takes longer than its SECONDS does not stop the others. With a budget, a step begins only before the deadline, and ends there.
step() {
  local limit=$1 name=$2 status=0
  shift 2
  if [ -n "${deadline:-}" ]; then
    local left=$((deadline - $(date +%s)))
    if [ "$left" -lt 5 ]; then
      echo "left    $name (the time was over)" >> "$folder/check.txt"
      return
    fi
    limit=$((left < limit ? left : limit))
  fi
  echo "== $name"
  local start
  start=$(date +%s)
  # with and without pipefail
  timeout --kill-after=15 "$limit" bash -c '"$@"' step "$@" 2>&1 | tee "$folder/$name.log" && status=${PIPESTATUS[0]} || status=${PIPESTATUS[0]}
  local took="$(($(date +%s) - start)) s"
  case $status in
    0) echo "ok      $name ($took)" >> "$folder/check.txt" ;;
    124 | 137) echo "FAILED  $name (it took longer than its $limit s)" >> "$folder/check.txt" ;;
    *) echo "FAILED  $name (exit code $status, $took)" >> "$folder/check.txt" ;;
  esac
  [ "$status" -eq 0 ] || failures=$((failures + 1))
}

# same_draws EXPECTED ACTUAL: where two texts part, from what generate --draws wrote: the first draw with the same random number
# and another character. Nearer than 1e-5 to the boundary that it crossed it is rounding in fp32, and no failure.
same_draws() {
  awk 'NR == FNR { id[$1] = $2; margin[$1] = $3; next }
    $1 in id { n++
      if (id[$1] != $2) {
        m = margin[$1] > $3 ? margin[$1] : $3
        rounding = m >= 0 && m < 1e-5
        printf "draw %d: character %d, not %d, margin %s: %s\n", n, $2, id[$1], m, rounding ? "rounding" : "no rounding"
        found = 1
        exit !rounding
      } }
    END { if (!found) { print "no draw differs, and the texts do"; exit 1 } }' "$1" "$2"
}

# same_text BACKEND DECODING DEVICE: the text of the CPU, to the character.
same_text() {
  local arm=(-p "backend=$1" -p seed=3 -p patches=96) scratch status=0
  scratch=$(mktemp -d)
  suite generate "${arm[@]}" -p decoding=cached -p device=cpu -o "$scratch/cpu.abc" --draws "$scratch/cpu.draws" \
    && suite generate "${arm[@]}" -p "decoding=$2" -p "device=$3" -o "$scratch/there.abc" --draws "$scratch/there.draws" || status=$?
  if [ "$status" -eq 0 ] && cmp -s "$scratch/cpu.abc" "$scratch/there.abc"; then
    echo "$1 $2: the same text on cpu and $3"
  elif [ "$status" -eq 0 ]; then
    echo "$1 $2: another text on $3 than on cpu"
    same_draws "$scratch/cpu.draws" "$scratch/there.draws" || status=$?
  fi
  rm -rf "$scratch"
  return "$status"
}

# cards: how many devices CUDA shows. The lines of MIG instances are parts of cards.
cards() {
  if [ -n "${CUDA_VISIBLE_DEVICES+set}" ]; then
    tr ',' '\n' <<< "$CUDA_VISIBLE_DEVICES" | grep -c . || true
  elif command -v nvidia-smi > /dev/null; then
    nvidia-smi -L | grep -c '^GPU ' || true
  else
    echo 0
  fi
}

export -f suite probe same_draws same_text
