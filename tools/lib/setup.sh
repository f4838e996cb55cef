# shellcheck shell=bash
# From a bare Debian 12 to built binaries: packages and builds. Needs paths.sh.

build_jobs() {
    # A compilation takes up to 3 GiB.
    local by_memory
    by_memory=$(awk '/^MemAvailable/ {print int($2 / 3145728)}' /proc/meminfo)
    local jobs
    jobs=$(nproc)
    ((by_memory < jobs)) && jobs=$by_memory
    ((jobs > 0)) || jobs=1
    printf %s "$jobs"
}

# Packages that are not wanted because what they bring is there already.
without_packages=()

# packages_of GROUP...
packages_of() {
    local group
    for group in "$@"; do
        sed -n "/^\[$group\]/,/^\[/{/^[a-z0-9]/p}" "$root/tools/packages.txt"
    done
}

missing_packages() {
    local wanted installed
    wanted=$(packages_of "$@" | sort -u | grep -vxF -f <(printf '%s\n' "${without_packages[@]:-}"  | sed '/^$/d')) || true
    # shellcheck disable=SC2086
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u) || true
    comm -23 <(printf '%s\n' "$wanted") <(printf '%s\n' "$installed")
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo -- "$@"
    fi
}

readonly policy=/usr/sbin/policy-rc.d
readonly policy_kept=/usr/sbin/policy-rc.d.before-rightsdesk

# Debian's server packages start what they install unless this says no.
forbid_service_starts() {
    as_root sh -c "[ -e $policy_kept ] || [ ! -e $policy ] || mv $policy $policy_kept
                   printf '#!/bin/sh\n# by rightsdesk, while it installs packages\nexit 101\n' >$policy && chmod 755 $policy"
}

allow_service_starts() {
    as_root sh -c "if [ -e $policy_kept ]; then mv $policy_kept $policy; elif grep -qs 'by rightsdesk' $policy; then rm -f $policy; fi"
}

# disable_system_service NAME: only for one that we have just installed; what was there before stays as its owner wants it.
disable_system_service() {
    as_root deb-systemd-helper disable "$1.service" >/dev/null 2>&1 || true
    as_root update-rc.d "$1" disable >/dev/null 2>&1 || true
}

# install_packages GROUP...: nothing to do when all are there.
install_packages() {
    local missing log=$var/log/install.log
    mapfile -t missing < <(missing_packages "$@")
    if ((${#missing[@]} == 0)); then
        say "packages: all there"
        return
    fi
    ((EUID == 0)) || command -v sudo >/dev/null ||
        die "these packages are missing, and installing them needs root or sudo: ${missing[*]}"
    say "packages: installing ${missing[*]}"
    trap allow_service_starts EXIT
    forbid_service_starts
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    if ! { as_root "${apt[@]}" update && as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "apt-get could not install the packages; all it said is in $log"
    fi
    allow_service_starts
    trap - EXIT
    local server
    for server in redis-server prometheus; do
        [[ " ${missing[*]} " != *" $server "* ]] || disable_system_service "$server"
    done
    say "packages: installed"
}

# Shows how far a build is: one line rewritten on a terminal, a line for every tenth elsewhere.
show_build_progress() {
    local line shown=-1 tenth
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        local at=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
        ((at > 0)) || continue
        if [[ -t 1 ]]; then
            printf '\r\033[Kbuild: %s of %s' "$at" "$all"
            continue
        fi
        tenth=$((at * 10 / all))
        ((tenth == shown)) || printf 'build: %s of %s\n' "$at" "$all"
        shown=$tenth
    done
    [[ ! -t 1 ]] || printf '\r\033[K'
}

# build PRESET LOG TARGETS [CMAKE OPTION...]: TARGETS is one word list. Fails with what went wrong. Progress goes to file
# descriptor $terminal where one is set.
build() {
    local preset=$1 log=$2 targets=$3 started=$SECONDS failed=
    shift 3
    : >"$log"
    # One builder at a time in this checkout.
    exec 8>"$root/var/build.lock"
    flock 8
    # shellcheck disable=SC2086
    if ! (cd "$root" && cmake --preset "$preset" "$@") >>"$log" 2>&1; then
        failed=configure
    elif ! NINJA_STATUS='[%f/%t] ' ninja -C "$root/var/build/$preset" -j "$(build_jobs)" $targets 2>&1 | tee -a "$log" | show_build_progress >&"${terminal:-1}"; then
        failed=build
    fi
    exec 8>&-
    if [[ $failed ]]; then
        grep -E -A12 'error|FAILED|Error' "$log" | head -n 60 >&2 || tail -n 30 "$log" >&2
        complain "could not $failed ($preset); everything it said is in $log"
        return 1
    fi
    say "build: $preset is up to date ($((SECONDS - started)) s)" >&"${terminal:-1}"
}

# The suite and the tests share var/build/release, so that nothing is compiled twice. Tests stay configured once they are.
tests_configured() { grep -qs '^RIGHTSDESK_TESTS:BOOL=ON' "$root/var/build/release/CMakeCache.txt"; }

build_suite() {
    local tests=OFF
    ! tests_configured || tests=ON
    build release "$var/log/build.log" suite -DRIGHTSDESK_TESTS=$tests -DRIGHTSDESK_BENCHMARKS=$tests
}
