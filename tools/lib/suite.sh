# shellcheck shell=bash
# The running suite: its files under var/, its supervisor, its Redis, its four services, the auditor, the console and the letters. Needs paths.sh and find_var.

readonly redis_users=(intake payment_clearing deadline_monitor notification reader deployer replica promoter)

service_dir() { printf %s "$var/run/services/$1"; }
kind_of() { printf %s "${1%%-*}"; }
instance_of() { if [[ $1 == *-* ]]; then printf %s "${1#*-}"; else printf 1; fi; }
is_supervised() { [[ " ${supervised[*]} " == *" $1 "* ]]; }
rightsdesk() { "$var/libexec/rightsdesk" "$@"; }

# Of each service, as the configuration has them; one where there is none yet.
known_instances() {
    local more
    more=$(grep -c '^\[\[service\.intake\.instance\]\]' "$var/etc/suite.toml" 2>/dev/null) || true
    printf %s $((${more:-0} + 1))
}

# --- files -----------------------------------------------------------------------------------------------------------

# write_file FILE MODE: standard input, all at once, and only when it differs; `changed` says whether it did.
write_file() {
    local new
    new=$(mktemp "$1.XXXXXX")
    cat >"$new"
    chmod "$2" "$new"
    changed=
    if cmp -s "$new" "$1"; then
        rm -f "$new"
    else
        mv -f "$new" "$1"
        changed=yes
    fi
}

# fill TEMPLATE [SED EXPRESSION...]: a template of deploy/ with this place's values.
fill() {
    local template=$1
    shift
    sed -e "s|@VAR_DIR@|$var|g" "$@" "$root/deploy/$template"
}

make_folders() {
    (umask 077 && mkdir -p "$var"/{etc,bin,libexec,redis,documents,outboxes,heads,run/services,log} "$var/keys/redis" "$var/keys/offerings")
    chmod 700 "$var"/{etc,redis,documents,outboxes,heads,run,keys} "$var/keys/redis" "$var/keys/offerings"
}

# Copies what was built to var/libexec, where it runs: a build never changes a running suite. Tells which changed.
install_binaries() {
    local name from to
    renewed=()
    for name in rightsdesk "${kinds[@]/#/rightsdesk-}" rightsdesk-auditor rightsdesk-console; do
        from=$root/var/build/release/bin/$name to=$var/libexec/$name
        cmp -s "$from" "$to" && continue
        cp "$from" "$to.new" && mv -f "$to.new" "$to"
        renewed+=("${name#rightsdesk-}")
        [[ $name != rightsdesk ]] || renewed+=(letters)
    done
    if ! diff -rq "$root/services/console/page" "$var/libexec/console_page" >/dev/null 2>&1; then
        rm -rf "$var/libexec/console_page"
        cp -r "$root/services/console/page" "$var/libexec/console_page"
        renewed+=(console)
    fi
    # The adapters of real feeds run only where somebody starts them.
    for name in "${adapters[@]/#/rightsdesk-}"; do
        from=$root/var/build/release/bin/$name to=$var/libexec/$name
        [[ ! -f $from ]] || cmp -s "$from" "$to" || { cp "$from" "$to.new" && mv -f "$to.new" "$to"; }
    done
    for name in rightsdesk "${adapters[@]/#/rightsdesk-}"; do
        [[ ! -f $var/libexec/$name ]] || write_file "$var/bin/$name" 755 <<<"#!/bin/sh
# $name, for the suite of this checkout.
export RIGHTSDESK_CONFIG=\${RIGHTSDESK_CONFIG:-$var/etc/suite.toml}
exec $var/libexec/$name \"\$@\""
    done
}

make_keys() {
    local user file
    rightsdesk keys make "$var/keys" >"$var/log/keys.log" 2>&1 || die "could not make the keys: $(cat "$var/log/keys.log")"
    for user in "${redis_users[@]}"; do
        file=$var/keys/redis/$user.password
        [[ -s $file ]] || (umask 077 && od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n' >"$file")
    done
}

# Two people for the board of a first start, so that one can propose and the other approve; their passwords lie in var/keys/console.
make_operators() {
    local name
    [[ ! -e $var/etc/operators.toml ]] || return 0
    (umask 077 && mkdir -p "$var/keys/console")
    for name in alice bob; do
        (umask 077 && od -An -v -tx1 -N12 /dev/urandom | tr -d ' \n' >"$var/keys/console/$name.password")
        rightsdesk --config "$var/etc/suite.toml" operators add "$name" --role operator --role approver <"$var/keys/console/$name.password" >>"$var/log/keys.log" 2>&1 ||
            die "could not add the operator $name: $(tail -n 1 "$var/log/keys.log")"
    done
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# The console's: chosen once, so that its address stays. Several checkouts of one machine have one each.
console_port() {
    local port
    if [[ ! -s $var/etc/console.port ]]; then
        for ((port = 8480; port < 8580; port++)); do port_is_free "$port" && break; done
        printf '%s' "$port" >"$var/etc/console.port"
    fi
    cat "$var/etc/console.port"
}

known_clock() { [[ ! -e $var/etc/suite.toml ]] || sed -n 's/^clock = "\(.*\)"/\1/p' "$var/etc/suite.toml"; }

# The first of the suite's admin ports, as the configuration has it; 17700 where there is none yet.
known_admin_base() {
    local known
    known=$(sed -n '/^\[service\.intake\]/,/^\[/{s/^admin = "127\.0\.0\.1:\([0-9]*\)"/\1/p}' "$var/etc/suite.toml" 2>/dev/null) || true
    printf %s "${known:-17700}"
}
# admin_port_of NAME: one after the other in the order of `kinds`, then the auditor, the console and the letters; of each further instance ten more.
admin_port_of() {
    local at
    for at in "${!kinds[@]}"; do [[ $(kind_of "$1") != "${kinds[at]}" ]] || break; done
    [[ $1 != auditor ]] || at=${#kinds[@]}
    [[ $1 != console ]] || at=$((${#kinds[@]} + 1))
    [[ $1 != letters ]] || at=$((${#kinds[@]} + 2))
    printf %s $((admin_base + 10 * ($(instance_of "$1") - 1) + at))
}

# The part of suite.toml for what `services` has beside the first instances.
more_instances() {
    local name
    for name in "${services[@]}"; do
        [[ $name != "$(kind_of "$name")" ]] || continue
        printf '\n[[service.%s.instance]]\nname = "%s"\n' "$(kind_of "$name")" "$(instance_of "$name")"
        printf '%s = "ipc://%s"\n' door "$var/run/$name.door" feed "$var/run/$name.feed"
        printf 'admin = "127.0.0.1:%s"\n' "$(admin_port_of "$name")"
    done
}

# Somebody set up a second disk in var/etc alone: written anew from a template without it, a receipt would mean one disk.
keep_two_disks() {
    local asks='^replicas = [1-9]'
    grep -qs "$asks" "$var/etc/suite.toml" && ! grep -q "$asks" "$root/deploy/config/suite.toml" || return 0
    die "$var/etc/suite.toml asks for a replica, deploy/config/suite.toml does not, and tools/up writes the first from the second. Put the lines of the replica
into the template (deploy/README.md, 'A replica'); or, to go on with one disk, take 'replicas' out of $var/etc/suite.toml"
}

# write_configuration CLOCK: `reconfigured` says whether what the services read has changed, `redis_reconfigured` whether what Redis reads has.
write_configuration() {
    local user name expressions=("-e" "s|@CLOCK@|$1|g")
    keep_two_disks
    for name in "${kinds[@]}" auditor console letters; do expressions+=(-e "s|^#\(admin = .*\)@ADMIN_${name^^}@|\1$(admin_port_of "$name")|"); done
    # Not through a pipe: at its end write_file would say in a shell of its own whether something changed.
    write_file "$var/etc/suite.toml" 600 < <(fill config/suite.toml "${expressions[@]}" && more_instances)
    reconfigured=$changed
    write_file "$var/etc/redis.conf" 600 < <(fill redis/redis.conf)
    redis_reconfigured=$changed
    expressions=()
    for user in "${redis_users[@]}"; do
        expressions+=(-e "s|@PASSWORD_${user^^}@|$(<"$var/keys/redis/$user.password")|g")
    done
    fill redis/users.acl -e '/^#/d' "${expressions[@]}" | write_file "$var/redis/users.acl" 600
}

# --- supervision -----------------------------------------------------------------------------------------------------

# The service folders of runit. Each is written `down`: the supervisor starts nothing by itself.
write_service_folders() {
    local name dir run options
    for name in "${supervised[@]}"; do
        dir=$(service_dir "$name")
        # One that is new must not start before it is told to, whether or not the supervisor has seen it.
        [[ -d $dir ]] || { mkdir -p "$dir/log" && touch "$dir/down"; }
        mkdir -p "$dir/log" "$var/log/$name"
        run=service.run
        [[ $name != redis ]] || run=redis.run
        [[ $name != letters ]] || run=letters.run
        options=" --instance $(instance_of "$name")"
        [[ $name != auditor ]] || options=''
        [[ $name != console ]] || options=" --port $(console_port)"
        fill runit/$run -e "s|@SERVICE@|$name|g" -e "s|@KIND@|$(kind_of "$name")|g" -e "s|@OPTIONS@|$options|g" | write_file "$dir/run" 755
        fill runit/finish -e "s|@SERVICE@|$name|g" | write_file "$dir/finish" 755
        fill runit/log.run -e "s|@SERVICE@|$name|g" | write_file "$dir/log/run" 755
        write_file "$var/log/$name/config" 600 <"$root/deploy/runit/log.config"
        ln -sfn "$name/current" "$var/log/$name.log"
        supervisor_runs || touch "$dir/down"
    done
}

# remove_surplus KNOWN: ends those of KNOWN instances that `services` has not, in good order: others take over what they held.
remove_surplus() {
    local name wanted=" ${services[*]} " number
    number=$((${#services[@]} / ${#kinds[@]}))
    use_instances "$1"
    for name in "${services[@]}"; do
        [[ $wanted != *" $name "* ]] || continue
        ! is_running "$name" || stop_service "$name" 15 || die "$name cannot be stopped (process $(pid_of "$name"))"
        ! taken "$name" || sv -w 30 exit "$(service_dir "$name")" >/dev/null || die "the supervisor of $name does not end"
        rm -rf "$(service_dir "$name")"
        say "$name: removed"
    done
    use_instances "$number"
}

# When a living process started, in ticks since the machine did.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'; }

# By its id and its start, so that another process with the same id is not taken for it.
supervisor_runs() {
    local pid start
    read -r pid start 2>/dev/null <"$var/run/supervisor" || return 1
    [[ $start && $(started_at "$pid") == "$start" ]]
}

start_supervisor() {
    local pid
    # Those of a supervisor that was killed go first: two must not hold one service.
    end_supervisors_of_services
    rm -f "$var"/run/*.door "$var"/run/*.feed
    setsid runsvdir -P "$var/run/services" </dev/null >>"$var/log/supervisor.log" 2>&1 9>&- &
    pid=$!
    printf '%s %s\n' "$pid" "$(started_at "$pid")" >"$var/run/supervisor"
    wait_until 10 all_taken || die "the supervisor did not take the services; see $var/log/supervisor.log"
}

taken() { sv status "$(service_dir "$1")" 2>/dev/null | grep -qE '^(run|down|finish|want)'; }
all_taken() {
    local name
    for name in "${supervised[@]}"; do
        taken "$name" || return 1
    done
}
none_taken() {
    local name
    for name in "${supervised[@]}"; do
        ! taken "$name" || return 1
    done
}

end_supervisors_of_services() {
    local name
    for name in "${supervised[@]}"; do
        ! taken "$name" || sv -w 30 exit "$(service_dir "$name")" >/dev/null 2>&1 || true
    done
    wait_until 30 none_taken || die "some supervisors do not end; see $var/log/supervisor.log"
}

stop_supervisor() {
    local pid
    read -r pid _ <"$var/run/supervisor"
    kill -HUP "$pid"
    wait_until 30 none_taken || die "the supervisor (process $pid) did not end its services"
    rm -f "$var/run/supervisor"
}

pid_of() { cat "$(service_dir "$1")/supervise/pid" 2>/dev/null; }
is_running() { taken "$1" && grep -qs '^run' "$(service_dir "$1")/supervise/stat"; }

start_service() {
    rm -f "$(service_dir "$1")"/{down,deaths,last_exit}
    sv up "$(service_dir "$1")" >/dev/null
}

# stop_service NAME SECONDS: asks, waits, and only then kills; what was acknowledged is durable either way.
stop_service() {
    touch "$(service_dir "$1")/down"
    if ! sv -w "$2" stop "$(service_dir "$1")" >/dev/null; then
        complain "$1 did not stop within $2 s: killing it"
        sv -w 10 force-stop "$(service_dir "$1")" >/dev/null || return 1
    fi
}

# --- Redis and readiness -----------------------------------------------------------------------------------------------

redis_as_deployer() {
    REDISCLI_AUTH=$(<"$var/keys/redis/deployer.password") timeout 10 redis-cli -s "$var/redis/redis.sock" --user deployer --no-auth-warning "$@" 2>&1
}
redis_answers() { [[ $(redis_as_deployer ping) == PONG ]]; }
load_function() { [[ $(redis_as_deployer -x function load replace <"$root/services/lib/store/commit.lua") == rightsdesk ]]; }

start_redis() {
    start_service redis
    wait_until 60 redis_answers || not_up redis "Redis does not answer on $var/redis/redis.sock"
    wait_until 10 load_function || not_up redis "Redis does not take the function of services/lib/store/commit.lua: $(load_function; redis_as_deployer -x function load replace <"$root/services/lib/store/commit.lua")"
}

# A service whose configuration is wrong (2) or whose stored bytes are damaged (4) will not come up by trying again.
is_hopeless() { [[ $(cat "$(service_dir "$1")/last_exit" 2>/dev/null) == [24] && $(cat "$(service_dir "$1")/deaths" 2>/dev/null || echo 0) -ge 2 ]]; }

# A door is there once its service has folded its logs. Its process is the one that opened it. The console answers on its port. The auditor and the letters
# have none: they keep their folder's lock open from when their configuration is found good.
is_ready() {
    is_running "$1" || return 1
    if [[ $1 == auditor ]]; then
        [[ $(find -L "/proc/$(pid_of auditor)/fd" -maxdepth 1 -samefile "$var/heads/lock" 2>/dev/null) ]]
    elif [[ $1 == letters ]]; then
        [[ $(find -L "/proc/$(pid_of letters)/fd" -maxdepth 1 -samefile "$var/letters/.lock" 2>/dev/null) ]]
    elif [[ $1 == console ]]; then
        ! port_is_free "$(console_port)"
    else
        [[ -S $var/run/$1.door ]]
    fi
}

all_ready() {
    local name
    waiting=()
    for name in "${processes[@]}"; do
        ! is_hopeless "$name" || not_up "$name" "$name cannot start"
        is_ready "$name" || waiting+=("$name")
    done
    ((${#waiting[@]} == 0))
}
all_well() { health=$("$var/bin/rightsdesk" status --wait 5 2>&1); }

wait_ready() {
    wait_until 60 all_ready || not_up "${waiting[0]}" "did not come up within 60 s: ${waiting[*]}"
    wait_until 30 all_well || {
        local name
        for name in "${services[@]}"; do say_log "$name"; done
        die "the services run but are not well:
$health"
    }
}

say_log() { complain "" "the last lines of var/log/$1.log:" "$(tail -n 15 "$var/log/$1.log" 2>/dev/null || echo '(nothing)')"; }
# not_up NAME WHY: says so with the end of its log, and ends.
not_up() {
    say_log "$1"
    die "$2 (everything it said: $var/log/$1.log; what runs goes on, tools/down ends it)"
}
