#!lua name=rightsdesk

-- commit: the only way that anything of a log is written (lease, below, is none of it). The port and its words are in store.h.
--
-- KEYS, all of one log, so of one slot:
--   {log}:log         stream: <seq>-0 -> e epoch, d digest (hex SHA-256), l link, b bytes. Each payload lies here, once
--   {log}:head        hash: seq, link, epoch
--   {log}:identities  hash: identity -> <seq of its first event>:<payload hash>
--   {log}:states      hash: entity -> <version>:<digest>:<bytes>
--   {log}:index       hash: business key -> entity
--   {log}:cursors     hash: <consumer>/<source> -> <seq>:<SHA-1 of "<consumer>/<source>:<seq>">
-- ARGV: kProtocol, epoch, the number of items, then for each item its operations and a '.':
--   I identity hash | N key entity (key must be new) | K key expected entity | R entity version
--   W entity expected digest:state | E digest record | C consumer/source expected next | H the log's last number |
--   A items-before-it (all of them are committed)
-- Reply, one text an item: <outcome>:<first>:<last>:<detail>.
--
-- Redis does not roll a function back. So everything that can fail comes before the first write, all arguments of the
-- writes are ready by then, and the stream, whose ids have a check of their own, is written first. An error means that
-- nothing changed. Every key that is written has been read in the same call: a wrong type stops it there.
-- Numbers are texts: Lua's are doubles, exact to 2^53 only.

local kProtocol = '4'
-- As in store.h; all_or_nothing_test.cpp and lease_contract_test.cpp hold them against each other.
local kMaxItems = 1024
local kMaxOperations = 65536
local kMaxBatchOctets = 32 * 1024 * 1024
local kMaxRecordOctets = 4 * 1024 * 1024
local kMaxKeyOctets = 512
local kMaxDigits = 19
local kMaxNumber = '9999999999999999999'
local kLongestLease = 60000  -- ms
-- What unpack() may put on Lua's stack at once: it fails near 8,000. Even, for field and value.
local kChunk = 2000

local kOperands = {I = 2, N = 2, K = 3, R = 2, W = 3, E = 2, C = 3, H = 1, A = 1}

-- None of these exists while the library is loaded; each call sets them.
local call, acl_check_cmd, sha1hex, format, find, match, sub, min

local function refuse(text) error({err = text}) end

-- n + 1, exact at any length.
local function successor(n)
    if n == '0' then return '1' end
    if #n < 16 then return format('%.0f', n + 1) end
    local low = sub(n, -14) + 1
    if low < 1e14 then return sub(n, 1, -15) .. format('%014.0f', low) end
    return successor(sub(n, 1, -15)) .. '00000000000000'
end

local function is_number(text)
    return text == '0' or (#text <= kMaxDigits and find(text, '^[1-9]%d*$') ~= nil)
end

local function is_less(left, right)
    return #left < #right or (#left == #right and left < right)
end

local function check_number(text, what)
    if not is_number(text) then refuse('INVALID ' .. what .. ' is not a number of at most 19 digits') end
end

local function check_name(text, what)
    if #text == 0 or #text > kMaxKeyOctets then refuse('INVALID ' .. what .. ' must have 1 to ' .. kMaxKeyOctets .. ' octets') end
end

local function check_keys(keys)
    local log = #keys == 6 and match(keys[1], '^({[a-z0-9-]+}:)log$')
    if not log or keys[2] ~= log .. 'head' or keys[3] ~= log .. 'identities' or keys[4] ~= log .. 'states'
        or keys[5] ~= log .. 'index' or keys[6] ~= log .. 'cursors' then
        refuse('INVALID the keys are not the six of one log')
    end
end

local function check_octets(argv)
    local octets = 0
    for i = 1, #argv do octets = octets + #argv[i] end
    if octets > kMaxBatchOctets then refuse('INVALID the batch is larger than ' .. kMaxBatchOctets .. ' octets') end
end

-- A hash's fields that the batch needs: `values` by field, and their names for HMGET.
local function new_view() return {values = {}, names = {}} end

local function want(view, name, what)
    if view.values[name] ~= nil then return end
    check_name(name, what)
    view.values[name] = false
    view.names[#view.names + 1] = name
end

local function read(view, key)
    local names, values = view.names, view.values
    for start = 1, #names, kChunk do
        local stop = min(start + kChunk - 1, #names)
        local found = call('HMGET', key, unpack(names, start, stop))
        for i = start, stop do values[names[i]] = found[i - start + 1] end
    end
    return values
end

-- Checks every operation's form and gathers what must be read. Returns where each item starts.
local function survey(argv, identities, states, index, cursors)
    local starts, i, count = {}, 4, #argv
    local start, claims, events, operations = 4, false, false, 0
    while i <= count do
        local op = argv[i]
        if op == '.' then
            if claims and not events then refuse('INVALID an item claims an identity but has no event') end
            starts[#starts + 1] = start
            i, start, claims, events = i + 1, i + 1, false, false
        else
            local operands = kOperands[op]
            if not operands then refuse('INVALID argument ' .. i .. ' is no operation') end
            if i + operands >= count then refuse('INVALID the last item is not complete') end
            local name, second, third = argv[i + 1], argv[i + 2], argv[i + 3]
            if op == 'E' then
                if #name ~= 64 then refuse('INVALID a digest must have 64 digits') end
                if #second > kMaxRecordOctets then refuse('INVALID a record is larger than ' .. kMaxRecordOctets .. ' octets') end
                events = true
            elseif op == 'I' then
                want(identities, name, 'an identity')
                if #second ~= 64 then refuse('INVALID a payload hash must have 64 digits') end
                claims = true
            elseif op == 'W' then
                want(states, name, 'an entity')
                check_number(second, 'a version')
                if sub(third, 65, 65) ~= ':' then refuse('INVALID a state must be digest:bytes') end
                if #third > kMaxRecordOctets + 65 then refuse('INVALID a state is larger than ' .. kMaxRecordOctets .. ' octets') end
                if second == kMaxNumber then refuse('INVALID a version has no successor') end
            elseif op == 'R' then
                want(states, name, 'an entity')
                check_number(second, 'a version')
            elseif op == 'H' then
                check_number(name, 'a head')
            elseif op == 'A' then
                if name ~= format('%d', #starts) then refuse('INVALID an item does not stand where it says') end
            elseif op == 'C' then
                want(cursors, name, 'a cursor')
                check_number(second, 'a cursor')
                check_number(third, 'a cursor')
                if is_less(third, second) then refuse('INVALID a cursor never goes back') end
            else
                want(index, name, 'an index key')
                check_name(second, 'an entity')
                if op == 'K' then check_name(third, 'an entity') end
            end
            operations = operations + 1
            i = i + operands + 1
        end
    end
    if start ~= i then refuse('INVALID the last item is not complete') end
    if #starts ~= tonumber(argv[3]) then refuse('INVALID the number of items is not the one stated') end
    if #starts > kMaxItems then refuse('INVALID more than ' .. kMaxItems .. ' items') end
    if operations > kMaxOperations then refuse('INVALID more than ' .. kMaxOperations .. ' operations') end
    return starts
end

-- A store that another was promoted over is fenced: it takes no epoch at all until its own is raised that far.
local function check_fence(epoch, fenced)
    if fenced and is_less(epoch or '0', fenced) then refuse('EPOCH this store is fenced: another was promoted to epoch ' .. fenced) end
end

local function read_head(keys, epoch)
    local head = call('HMGET', keys[2], 'seq', 'link', 'epoch', 'fenced')
    local length = call('XLEN', keys[1])
    local seq, link = head[1], head[2]
    check_fence(head[3], head[4])
    if not seq then
        if head[2] or head[3] or length ~= 0 then refuse('CORRUPT the log has records but no head') end
        return '0', ''
    end
    if not is_number(seq) or not link or not head[3] or (length == 0) ~= (seq == '0') then refuse('CORRUPT the head does not belong to the log') end
    if head[3] ~= epoch then refuse('EPOCH the log is in epoch ' .. head[3] .. ', the batch in ' .. epoch) end
    return seq, link
end

-- The states' versions; '0' for an entity that does not exist.
local function versions_of(states)
    for entity, state in pairs(states) do
        local version = '0'
        if state then version = match(state, '^(%d+):') or refuse('CORRUPT the state of ' .. entity .. ' has no version') end
        states[entity] = version
    end
    return states
end

-- Where the cursors are; '0' for one that does not exist. They make no records: only their check tells that they are as written.
local function places_of(cursors)
    for name, cursor in pairs(cursors) do
        local at = '0'
        if cursor then
            at = match(cursor, '^(%d+):')
            if not at or cursor ~= at .. ':' .. sha1hex(name .. ':' .. at) then refuse('CORRUPT the cursor ' .. name .. ' does not have its check') end
        end
        cursors[name] = at
    end
    return cursors
end

-- Whether the item that starts at `i` may be committed: nothing, or its reply. `refused`: an item before it was not.
local function judge(argv, i, claims, versions, index, cursors, seq, refused)
    local duplicate, conflict, stale
    local op = argv[i]
    while op ~= '.' do
        local name = argv[i + 1]
        if op == 'I' then
            local claim = claims[name]
            if claim then
                local seq, hash = match(claim, '^(%d+):(.*)$')
                if not seq then refuse('CORRUPT the identity ' .. name .. ' has no sequence number') end
                if hash == argv[i + 2] then duplicate = duplicate or seq else conflict = conflict or seq end
            end
        elseif op == 'W' or op == 'R' then
            if versions[name] ~= argv[i + 2] then
                stale = stale or (name .. ' is at version ' .. versions[name] .. ', expected ' .. argv[i + 2])
            end
        elseif op == 'N' then
            if index[name] then stale = stale or ('key ' .. name .. ' points to ' .. index[name] .. ', expected nothing') end
        elseif op == 'K' then
            if index[name] ~= argv[i + 2] then
                stale = stale or ('key ' .. name .. ' points to ' .. (index[name] or 'nothing') .. ', expected ' .. argv[i + 2])
            end
        elseif op == 'H' then
            if name ~= seq then stale = stale or ('the log is at ' .. seq .. ', expected ' .. name) end
        elseif op == 'A' then
            if refused then stale = stale or 'an item before it is not committed' end
        elseif op == 'C' then
            if cursors[name] ~= argv[i + 2] then stale = stale or ('cursor ' .. name .. ' is at ' .. cursors[name] .. ', expected ' .. argv[i + 2]) end
        end
        i = i + kOperands[op] + 1
        op = argv[i]
    end
    if conflict then return 'conflict:' .. conflict .. ':0:' end
    if duplicate then return 'duplicate:' .. duplicate .. ':0:' end
    if stale then return 'stale:0:0:' .. stale end
end

local function must_allow(...)
    if not acl_check_cmd(...) then refuse('NOPERM this user may not run ' .. select(1, ...) .. ' on ' .. select(2, ...)) end
end

local function write_hash(key, pairs_flat)
    for start = 1, #pairs_flat, kChunk do
        call('HSET', key, unpack(pairs_flat, start, min(start + kChunk - 1, #pairs_flat)))
    end
end

local function commit(keys, argv)
    call, acl_check_cmd, sha1hex = redis.call, redis.acl_check_cmd, redis.sha1hex
    format, find, match, sub, min = string.format, string.find, string.match, string.sub, math.min

    if argv[1] ~= kProtocol then refuse('INVALID the caller speaks another protocol than ' .. kProtocol .. ': deploy the function of its release') end
    if #argv < 3 then refuse('INVALID the batch is not complete') end
    check_keys(keys)
    check_octets(argv)
    local epoch = argv[2]
    check_number(epoch, 'an epoch')
    if epoch == '0' then refuse('INVALID an epoch starts at 1') end

    local identities, states, indexed, cursored = new_view(), new_view(), new_view(), new_view()
    local starts = survey(argv, identities, states, indexed, cursored)
    local seq, link = read_head(keys, epoch)
    local claims, versions = read(identities, keys[3]), versions_of(read(states, keys[4]))
    local index, cursors = read(indexed, keys[5]), places_of(read(cursored, keys[6]))

    -- The views are the overlay: a later item sees in them what an earlier one will have written.
    local results, committed, refused, following = {}, false, false, successor(seq)
    local records, new_identities, new_states, new_index, new_cursors = {}, {}, {}, {}, {}
    for item = 1, #starts do
        local i = starts[item]
        local refusal = judge(argv, i, claims, versions, index, cursors, seq, refused)
        if refusal then
            refused = true
            results[item] = refusal
        else
            committed = true
            local first = following
            local op = argv[i]
            while op ~= '.' do
                local name = argv[i + 1]
                if op == 'E' then
                    seq, following = following, successor(following)
                    link = sha1hex(link .. ':' .. seq .. ':' .. name)
                    local n = #records
                    records[n + 1], records[n + 2], records[n + 3], records[n + 4] = seq .. '-0', name, link, argv[i + 2]
                    i = i + 3
                elseif op == 'I' then
                    local claim, n = first .. ':' .. argv[i + 2], #new_identities
                    claims[name] = claim
                    new_identities[n + 1], new_identities[n + 2] = name, claim
                    i = i + 3
                elseif op == 'W' then
                    local version, n = successor(argv[i + 2]), #new_states
                    versions[name] = version
                    new_states[n + 1], new_states[n + 2] = name, version .. ':' .. argv[i + 3]
                    i = i + 4
                elseif op == 'R' then
                    i = i + 3
                elseif op == 'H' or op == 'A' then
                    i = i + 2
                elseif op == 'C' then
                    local n = #new_cursors
                    cursors[name] = argv[i + 3]
                    new_cursors[n + 1], new_cursors[n + 2] = name, argv[i + 3] .. ':' .. sha1hex(name .. ':' .. argv[i + 3])
                    i = i + 4
                else
                    local operands, n = kOperands[op], #new_index
                    local entity = argv[i + operands]
                    index[name] = entity
                    new_index[n + 1], new_index[n + 2] = name, entity
                    i = i + operands + 1
                end
                op = argv[i]
            end
            results[item] = 'committed:' .. first .. ':' .. seq .. ':'
        end
    end
    if not committed then return results end
    if #seq > kMaxDigits then refuse('INVALID the log has no numbers left') end

    local log = keys[1]
    if #records > 0 then must_allow('XADD', log, '1-0', 'b', '') end
    if #new_identities > 0 then must_allow('HSET', keys[3], 'f', 'v') end
    if #new_states > 0 then must_allow('HSET', keys[4], 'f', 'v') end
    if #new_index > 0 then must_allow('HSET', keys[5], 'f', 'v') end
    if #new_cursors > 0 then must_allow('HSET', keys[6], 'f', 'v') end
    must_allow('HSET', keys[2], 'f', 'v')

    -- From here on nothing fails. The first XADD refuses an id at or below the stream's last, before anything changed;
    -- the ids after it only grow.
    for n = 1, #records, 4 do
        call('XADD', log, records[n], 'e', epoch, 'd', records[n + 1], 'l', records[n + 2], 'b', records[n + 3])
    end
    write_hash(keys[3], new_identities)
    write_hash(keys[4], new_states)
    write_hash(keys[5], new_index)
    write_hash(keys[6], new_cursors)
    call('HSET', keys[2], 'seq', seq, 'link', link, 'epoch', epoch)
    return results
end

-- lease: which instance of a service consumes a log and acts in time. It spares the others the work; nothing rests on it.
-- KEYS  {log}:leases   hash: service -> <instance>:<its end, in ms of Redis' own time>
-- ARGV  service, instance, duration in ms, wish: 'take' it where it is free, 'look', 'release' one's own
-- Reply: who holds it now, '' where nobody does. One's own is renewed, unless it is released.
local function lease(keys, argv)
    call, format, match = redis.call, string.format, string.match
    local service, instance, duration, wish = argv[1], argv[2], tonumber(argv[3]), argv[4]
    if #keys ~= 1 or not match(keys[1], '^{[a-z0-9-]+}:leases$') then refuse('INVALID the key is not the leases of one log') end
    if #argv ~= 4 or not match(service .. instance, '^[a-z0-9_-]+$') then refuse('INVALID a lease needs a service, an instance, a duration and a wish') end
    if not duration or duration < 1 or duration > kLongestLease then refuse('INVALID a lease lasts 1 to ' .. kLongestLease .. ' ms') end
    if wish ~= 'take' and wish ~= 'look' and wish ~= 'release' then refuse('INVALID no wish is called ' .. wish) end

    local time = call('TIME')
    local now = time[1] * 1000 + (time[2] - time[2] % 1000) / 1000
    local holder, until_ms = match(call('HGET', keys[1], service) or '', '^([^:]+):(%d+)$')
    -- One that ends later than any could that was taken now: Redis' clock was set back, and nobody is kept waiting for it.
    if holder and (until_ms + 0 <= now or until_ms + 0 > now + duration) then holder = nil end
    if wish == 'release' then
        if holder ~= instance then return holder or '' end
        call('HSET', keys[1], service, instance .. ':0')
        return ''
    end
    if holder ~= instance and (holder or wish == 'look') then return holder or '' end
    call('HSET', keys[1], service, instance .. ':' .. format('%.0f', now + duration))
    return instance
end

redis.register_function('commit', commit)
redis.register_function('lease', lease)

-- ---- a replica, and its promotion ----

local function check_head_key(key)
    if not match(key or '', '^{[a-z0-9-]+}:head$') then refuse('INVALID the key is not the head of a log') end
end

-- confirm: KEYS {log}:head. Writes what is there already, so that a WAIT after it speaks of everything that the log holds.
local function confirm(keys)
    call, acl_check_cmd, match = redis.call, redis.acl_check_cmd, string.match
    check_head_key(keys[1])
    local head = call('HMGET', keys[1], 'epoch', 'fenced')
    check_fence(head[1], head[2])
    if not head[1] then return '' end
    must_allow('HSET', keys[1], 'f', 'v')
    call('HSET', keys[1], 'epoch', head[1])
    return head[1]
end

-- Fencing and raising are for whoever may make a replica the primary, and for no service.
local function check_promoter() must_allow('REPLICAOF', 'NO', 'ONE') end

-- fence: KEYS {log}:head, ARGV the epoch that another store is promoted to. Nothing is committed here below it any more.
local function fence(keys, argv)
    call, acl_check_cmd, find, match = redis.call, redis.acl_check_cmd, string.find, string.match
    check_promoter()
    check_head_key(keys[1])
    check_number(argv[1] or '', 'an epoch')
    local fenced = call('HGET', keys[1], 'fenced')
    if fenced and is_less(argv[1], fenced) then refuse('INVALID it is fenced for epoch ' .. fenced .. ' already') end
    must_allow('HSET', keys[1], 'f', 'v')
    call('HSET', keys[1], 'fenced', argv[1])
    return argv[1]
end

-- raise_epoch: KEYS {log}:log and {log}:head, ARGV kProtocol, the epoch that the log is in, the new one, the digest and bytes of the
-- record that says so, which is the first of the new epoch. A batch of the old epoch is refused from then on. Returns its number.
local function raise_epoch(keys, argv)
    call, acl_check_cmd, sha1hex = redis.call, redis.acl_check_cmd, redis.sha1hex
    format, find, match, sub = string.format, string.find, string.match, string.sub
    if argv[1] ~= kProtocol then refuse('INVALID the caller speaks another protocol than ' .. kProtocol) end
    if #keys ~= 2 or #argv ~= 5 then refuse('INVALID the call is not complete') end
    check_promoter()
    check_head_key(keys[2])
    if keys[1] ~= sub(keys[2], 1, -5) .. 'log' then refuse('INVALID the keys are not of one log') end
    local from, to, digest, record = argv[2], argv[3], argv[4], argv[5]
    check_number(from, 'an epoch')
    check_number(to, 'an epoch')
    if not is_less(from, to) then refuse('INVALID an epoch only rises') end
    if #digest ~= 64 then refuse('INVALID a digest must have 64 digits') end
    if #record > kMaxRecordOctets then refuse('INVALID the record is larger than ' .. kMaxRecordOctets .. ' octets') end
    local head = call('HMGET', keys[2], 'seq', 'link', 'epoch')
    local seq, link = head[1], head[2]
    if not seq or not is_number(seq) or not link or not head[3] then refuse('CORRUPT the log has no whole head') end
    if head[3] ~= from then refuse('EPOCH the log is in epoch ' .. head[3] .. ', not in ' .. from) end
    if (call('XLEN', keys[1]) == 0) ~= (seq == '0') then refuse('CORRUPT the head does not belong to the log') end
    seq = successor(seq)
    if #seq > kMaxDigits then refuse('INVALID the log has no numbers left') end
    link = sha1hex(link .. ':' .. seq .. ':' .. digest)
    must_allow('XADD', keys[1], '1-0', 'b', '')
    must_allow('HSET', keys[2], 'f', 'v')
    call('XADD', keys[1], seq .. '-0', 'e', to, 'd', digest, 'l', link, 'b', record)
    call('HSET', keys[2], 'seq', seq, 'link', link, 'epoch', to)
    return seq
end

redis.register_function('confirm', confirm)
redis.register_function('fence', fence)
redis.register_function('raise_epoch', raise_epoch)
