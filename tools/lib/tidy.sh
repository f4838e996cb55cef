#!/usr/bin/env bash
# tidy.sh BUILD_DIR CACHE_DIR: clang-tidy over services/ and tools/, by .clang-tidy. A file is read again only when it, a
# header of ours that it includes, or .clang-tidy has changed since it passed. Needs a finished build, for its headers.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/paths.sh"
build_dir=$1 cache=$2
cd "$root"

# "FILE KEY" a line: every source that is built, with the hash of all of our text that it is made from.
keys_of_sources() {
    ninja -C "$build_dir" -t deps 2>/dev/null | awk -v root="$root/" '
        /^[^ ].*: #deps/ {source = ""; next}
        /^ / {file = $1; sub(/^(\.\.\/)+/, root, file)  # a compiler cache may have made it relative to the build folder
              if (index(file, root) != 1 || index(file, root "var/") == 1) next
              file = substr(file, length(root) + 1)
              if (source == "") {source = file; if (source !~ /^(services|tools)\/.*\.cpp$/) source = "-"}
              if (source != "-") print source, file}' | sort -u | while read -r source file; do
        printf '%s %s\n' "$source" "${sums[$file]:-}"
    done | awk '{texts[$1] = texts[$1] $2} END {for (source in texts) print source, texts[source]}' | sort | while read -r source texts; do
        printf '%s %s\n' "$source" "$(printf %s "${sums[.clang-tidy]}$texts" | sha256sum | cut -c1-32)"
    done
}

tidy_one() {
    local source=$1 key=$2
    if clang-tidy --quiet -p "$build_dir" "$source" >"$cache/$key.err" 2>&1; then
        touch "$cache/$key"
        rm -f "$cache/$key.err"
    else
        grep -v 'warnings generated' "$cache/$key.err"
        rm -f "$cache/$key.err"
        echo "clang-tidy: $source has findings"
        return 1
    fi
}

mkdir -p "$cache"
declare -A sums
while read -r sum file; do sums[$file]=$sum; done < <(find services tools -type f \( -name '*.h' -o -name '*.cpp' \) -print0 | xargs -0 sha256sum .clang-tidy)
mapfile -t lines < <(keys_of_sources)
todo=()
for line in "${lines[@]}"; do
    [[ -e $cache/${line#* } ]] || todo+=("$line")
done
echo "clang-tidy: ${#lines[@]} sources, ${#todo[@]} to read"
((${#lines[@]})) || { echo "clang-tidy: no source was found in what $build_dir was built from" && exit 1; }
((${#todo[@]})) || exit 0
export build_dir cache
export -f tidy_one
printf '%s\n' "${todo[@]}" | xargs -P "$(nproc)" -L1 bash -c 'tidy_one "$@"' _
