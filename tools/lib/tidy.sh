#!/usr/bin/env bash
# tidy.sh BUILD_DIR CACHE_DIR: clang-tidy over services/ and tools/, by .clang-tidy. A unit is read again only when it, a
# header of ours that it includes, or .clang-tidy has changed since it passed. Needs a finished build, for its headers.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/paths.sh"
build_dir=$1 cache=$2
cd "$root"

# "UNIT KEY" a line: every translation unit made of services/ and tools/ (several sources in one, as the build takes them),
# with the hash of all of our text that it is made from.
keys_of_units() {
    ninja -C "$build_dir" -t deps 2>/dev/null | awk -v root="$root/" -v build_dir="$build_dir/" '
        /^[^ ].*: #deps/ {unit = ""; next}
        /^ / {file = $1; sub(/^(\.\.\/)+/, root, file)  # a compiler cache may have made it relative to the build folder
              if (file !~ /^\//) file = build_dir file
              if (unit == "") {unit = file; one_of_several = unit ~ /\/Unity\/unity_[0-9]+_[a-z]+\.cxx$/; if (!one_of_several) unit = "-"}
              if (unit == "-" || index(file, root) != 1 || index(file, root "var/") == 1) next
              print unit, substr(file, length(root) + 1)}' | sort -u | while read -r unit file; do
        printf '%s %s %s\n' "$unit" "$file" "${sums[$file]:-}"
    done | awk '$2 ~ /\.cpp$/ && $2 !~ /^(services|tools)\// {not_ours[$1]} {texts[$1] = texts[$1] $3}
                END {for (unit in texts) if (!(unit in not_ours) && unit !~ /\/tests\/chaos\//) print unit, texts[unit]}' | sort | while read -r unit texts; do
        printf '%s %s\n' "$unit" "$(printf %s "${sums[.clang-tidy]}$texts" | sha256sum | cut -c1-32)"
    done
}

tidy_one() {
    local unit=$1 key=$2
    if clang-tidy --quiet -p "$build_dir" "$unit" >"$cache/$key.err" 2>&1; then
        touch "$cache/$key"
        rm -f "$cache/$key.err"
    else
        grep -v 'warnings generated' "$cache/$key.err"
        rm -f "$cache/$key.err"
        echo "clang-tidy: $unit has findings"
        return 1
    fi
}

mkdir -p "$cache"
declare -A sums
while read -r sum file; do sums[$file]=$sum; done < <(find services tools -type f \( -name '*.h' -o -name '*.cpp' \) -print0 | xargs -0 sha256sum .clang-tidy)
mapfile -t lines < <(keys_of_units)
todo=()
for line in "${lines[@]}"; do
    [[ -e $cache/${line#* } ]] || todo+=("$line")
done
echo "clang-tidy: ${#lines[@]} units of sources, ${#todo[@]} to read"
((${#lines[@]})) || { echo "clang-tidy: no source was found in what $build_dir was built from" && exit 1; }
((${#todo[@]})) || exit 0
export build_dir cache
export -f tidy_one
printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -L1 bash -c 'tidy_one "$@"' _
