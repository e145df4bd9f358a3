#!/usr/bin/env bash
# Checks the tools, builds if needed, verifies the engines, measures a plan and prints the summary.
#   ./run-all.sh [PLAN | REGEXP ...] [-p name=a,b ...]
# Plans, regular expressions and parameters are those of: java -jar target/benchmarks.jar sweep --help
set -euo pipefail

# In an ASCII locale, as in many batch systems, cron jobs and containers, Java cannot open files with other letters.
if [ "$(locale charmap 2> /dev/null)" != UTF-8 ]; then
  for locale in C.UTF-8 en_US.UTF-8; do
    if [ "$(LC_ALL=$locale locale charmap 2> /dev/null)" = UTF-8 ]; then
      export LC_ALL=$locale
      break
    fi
  done
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jar=$here/target/benchmarks.jar

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

usage="Usage: ./run-all.sh [PLAN | REGEXP ...] [-p name=a,b ...]. The default plan is quick. java -jar target/benchmarks.jar sweep --help lists plans and parameters."
words=()
parameters=()
device=cpu
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) echo "$usage" && exit 0 ;;
    -p) [ $# -gt 1 ] || fail "-p needs name=value. $usage" 2
        assignment=$2 && shift 2 ;;
    -p*) assignment=${1#-p} && shift ;;
    -*) fail "'$1' is not an option of this script. $usage" 2 ;;
    *) words+=("$1") && shift && continue ;;
  esac
  parameters+=(-p "$assignment")
  [[ $assignment != device=* ]] || device=${assignment#*=}
done
# The jar knows which words are plans, and refuses the others in a sentence.
[ ${#words[@]} -gt 0 ] || words=(quick)

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" > /dev/null \
  || fail "Java was not found: install a JDK of version 17 or newer (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME."
settings=$("$java" -XshowSettings:properties -version 2>&1) || fail "$java does not start: $settings"
version=$(sed -n 's/^ *java\.specification\.version = //p' <<< "$settings")
[ "${version%%.*}" -ge 17 ] \
  || fail "Java $version is too old: install a JDK of version 17 or newer (Debian: apt-get install openjdk-17-jdk-headless) or set JAVA_HOME."

if [ ! -f "$jar" ] || [ -n "$(find "$here/pom.xml" "$here/src/main" -newer "$jar" -print -quit)" ]; then
  command -v mvn > /dev/null \
    || fail "Maven was not found, and the suite must be built: install Maven 3.8 or newer (Debian: apt-get install maven)."
  echo "Building $jar" >&2
  (cd "$here" && mvn -B -q package -Dmaven.test.skip=true)
  # Maven does not touch a jar whose content stays the same.
  touch "$jar"
fi

# The verification takes long, so the sweep checks plan and parameters first.
"$java" -jar "$jar" sweep "${words[@]}" --dry-run ${parameters[@]+"${parameters[@]}"} > /dev/null || exit

folder=$here/jmh-results/$(date +%Y%m%d-%H%M%S)-$(uname -n)-${device//[^A-Za-z0-9._-]/-}
mkdir -p "$folder"

# Every arm that the sweep measures is verified first.
measure() {
  local status=0
  "$java" -jar "$jar" verify "${words[@]}" ${parameters[@]+"${parameters[@]}"} --json "$folder/verify.json" || return
  echo
  "$java" -jar "$jar" sweep "${words[@]}" -o "$folder" ${parameters[@]+"${parameters[@]}"} || status=$?
  echo
  [ ! -f "$folder/journal.jsonl" ] || "$java" -jar "$jar" report "$folder" || status=$?
  return "$status"
}

status=0
measure 2>&1 | tee -i -a "$folder/run.log" || status=${PIPESTATUS[0]}
page=$folder/report.html
if [ "$status" -eq 0 ]; then
  echo "All is well. Look first at $page"
elif [ -f "$page" ]; then
  echo "Something failed, see $page and $folder/run.log" >&2
elif [ "$(ls -A "$folder")" = run.log ] && [ "$(wc -l < "$folder/run.log")" -le 1 ]; then
  # It was refused with one message, and nothing was measured.
  rm -r "$folder"
else
  echo "Something failed, see above and $folder/run.log" >&2
fi
exit "$status"
