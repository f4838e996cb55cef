# shellcheck shell=bash
# Where things lie, how the scripts speak, and the lock. Sourced by every script in tools/.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly root
# In the order in which they stop; Redis comes after them. With several instances of each (use_instances, below) there are more: intake-2, ...
readonly kinds=(intake payment_clearing deadline_monitor notification)
# The programs that bring in what others really send; nobody starts them but a person.
readonly adapters=(fax-gateway read-page mail-gateway read-mail bank-feed)
readonly sample_offering=rare-medium-2002
# A unix socket's path has at most 107 octets; the longest of ours is var/run/payment_clearing-9.door.
readonly max_var_path=78

say() { printf '%s\n' "$@"; }
step() { printf '\n==> %s\n' "$*"; }
complain() { printf '%s\n' "$@" >&2; }
die() { complain "" "${0##*/}: $*"; exit 1; }
# A script's --help is the comment at its head.
usage() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0"; }
misused() { complain "${0##*/}: $*" "" "$(usage)"; exit 2; }
# want_number OPTION VALUE LEAST MOST
want_number() { { [[ $2 =~ ^(0|[1-9][0-9]{0,14})$ ]] && (($2 >= $3 && $2 <= $4)); } || misused "$1 wants a number from $3 to $4"; }

# use_instances N: `services`, `processes` and `supervised` are then those of N instances of each service.
use_instances() {
    local number
    services=("${kinds[@]}")
    for ((number = 2; number <= $1; number++)); do services+=("${kinds[@]/%/-$number}"); done
    processes=("${services[@]}" auditor console letters)
    supervised=("${processes[@]}" redis)
}
use_instances 1

# wait_until SECONDS COMMAND...: tries until it succeeds; fails when the time is over.
wait_until() {
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < until)) || return 1
        sleep 0.1
    done
}

# Sets `var`: the state folder, by a path short enough for the sockets in it. Where the checkout lies too deep, a short
# alias in a folder of one's own points at it; the state itself always lies in the checkout.
find_var() {
    var=$root/var
    mkdir -p "$var/log"
    ((${#var} > max_var_path)) || return 0
    local alias_dir
    alias_dir=${XDG_RUNTIME_DIR:-/tmp}/rightsdesk-$EUID-$(printf %s "$var" | sha256sum | cut -c1-12)
    mkdir -m 700 "$alias_dir" 2>/dev/null || true
    [[ -d $alias_dir && ! -L $alias_dir && -O $alias_dir && $(stat -c %a "$alias_dir") == 700 ]] ||
        die "$alias_dir must be a folder of your own with mode 0700 (this checkout's path is too long for unix sockets, so they need a short one)"
    ln -sfn "$var" "$alias_dir/var"
    var=$alias_dir/var
}

# One tools/up or tools/down at a time. The lock is file descriptor 9: whatever is left running must close it.
take_lock() {
    exec 9>"$var/lock"
    flock -n 9 || die "another tools/up or tools/down is at work in this checkout; let it finish"
}
