// SPDX-License-Identifier: Apache-2.0
#include "Scripts.h"

#include <string>

namespace gatehouse {
namespace {

constexpr const char* common = R"lua(
local prefix = KEYS[1]
local call = redis.call
local at = 0
local function arg()
  at = at + 1
  return ARGV[at]
end
local function recordKey(ref) return prefix .. 'r:' .. ref end
local function indexKey(kind, issuer, name, value)
  return prefix .. 'l:' .. kind .. ':' .. issuer .. ':' .. #name .. ':' .. name .. value
end
local function isAfter(expires, moment) return expires == '' or tonumber(expires) > moment end

-- Name and value in turn, each as SIZE:BYTES.
local function unpackLinks(packed)
  local texts, from = {}, 1
  while from <= #packed do
    local colon = string.find(packed, ':', from, true)
    local last = colon + tonumber(string.sub(packed, from, colon - 1))
    texts[#texts + 1] = string.sub(packed, colon + 1, last)
    from = last + 1
  end
  return texts
end
)lua";

constexpr const char* removing = R"lua(
local function unindex(kind, key, issuer, family, links)
  call('ZREM', indexKey(kind, issuer, '', ''), key)
  local texts = unpackLinks(links)
  for i = 1, #texts, 2 do
    call('ZREM', indexKey(kind, issuer, texts[i], texts[i + 1]), key)
  end
  if family ~= '' then call('SREM', prefix .. 'f:' .. family, kind .. ':' .. key) end
  call('ZREM', prefix .. 'x', issuer .. ':' .. kind .. ':' .. key)
end
local function remove(ref)
  local old = call('HMGET', recordKey(ref), 'i', 'f', 'l')
  if not old[1] then return end
  local colon = string.find(ref, ':', 1, true)
  unindex(string.sub(ref, 1, colon - 1), string.sub(ref, colon + 1), old[1], old[2], old[3])
  call('DEL', recordKey(ref))
end
)lua";

constexpr const char* applying = R"lua(
local now = tonumber(arg())
local run = arg()
local nowText = ARGV[1]

-- Another process answers than before, or everything was thrown away: what was acknowledged may be
-- gone, so from now on nobody may say of anything older that it was never there.
local epoch = call('HMGET', prefix .. 'epoch', 'run', 'since')
if epoch[1] ~= run then
  epoch[2] = nowText
  call('HSET', prefix .. 'epoch', 'run', run, 'since', nowText)
end
local since = tonumber(epoch[2])

-- What lists a record lives at least as long as it.
local function addTo(key, life, verb, ...)
  local left = call('PTTL', key)
  call(verb, key, ...)
  if life == '' then
    if left >= 0 then call('PERSIST', key) end
  elseif left ~= -1 and left < tonumber(life) then
    call('PEXPIRE', key, life)
  end
end
local function meets(expect, found)
  if expect.state == 'absent' then
    return not found[1] and (expect.since == '' or tonumber(expect.since) > since)
  end
  if not found[1] or (expect.issuer ~= '0' and expect.issuer ~= found[1]) then return false end
  return expect.state == 'present' or expect.version == found[2]
end
local function find(ref, ...)
  local found = call('HMGET', recordKey(ref), 'i', 'v', 'e', ...)
  if found[1] and not isAfter(found[3], now) then return {false} end
  return found
end
local function put(kind, key, issuer, family, links, expires, life, data)
  local ref = kind .. ':' .. key
  local old = call('HMGET', recordKey(ref), 'i', 'v', 'e', 'f', 'l')
  local version = '1'
  if old[1] then
    if isAfter(old[3], now) then version = string.format('%.0f', tonumber(old[2]) + 1) end
    unindex(kind, key, old[1], old[4], old[5])
  end
  call('HSET', recordKey(ref), 'i', issuer, 'v', version, 'f', family, 'l', links, 'e', expires, 'd', data)
  if life == '' then call('PERSIST', recordKey(ref)) else call('PEXPIRE', recordKey(ref), life) end
  addTo(indexKey(kind, issuer, '', ''), life, 'ZADD', 0, key)
  local texts = unpackLinks(links)
  for i = 1, #texts, 2 do
    addTo(indexKey(kind, issuer, texts[i], texts[i + 1]), life, 'ZADD', 0, key)
  end
  if family ~= '' then addTo(prefix .. 'f:' .. family, life, 'SADD', ref) end
  if expires ~= '' then addTo(prefix .. 'x', life, 'ZADD', expires, issuer .. ':' .. ref) end
end
local function eraseFamily(family)
  if family == '' then return end
  for _, ref in ipairs(call('SMEMBERS', prefix .. 'f:' .. family)) do remove(ref) end
  call('DEL', prefix .. 'f:' .. family)
end
local function notify(text, expires, life)
  local number = call('INCR', prefix .. 'n:last')
  local notice = number .. ':' .. text
  addTo(prefix .. 'n', life, 'ZADD', number, notice)
  if expires ~= '' then addTo(prefix .. 'x', life, 'ZADD', expires, 'n:' .. notice) end
end

-- The words of a batch are always taken, also when it is not applied.
local function refusal()
  local refused
  for i = 0, tonumber(arg()) - 1 do
    local ref = arg()
    local expect = {state = arg(), version = arg(), issuer = arg(), since = arg()}
    if not refused and not meets(expect, find(ref)) then
      local found = find(ref, 'f', 'l', 'd')
      refused = found[1] and {i, found} or {i}
    end
  end
  return refused
end
local function write(isWanted)
  for _ = 1, tonumber(arg()) do
    local ref = arg()
    if isWanted then remove(ref) end
  end
  for _ = 1, tonumber(arg()) do
    local family = arg()
    if isWanted then eraseFamily(family) end
  end
  for _ = 1, tonumber(arg()) do
    local kind, key, issuer, family = arg(), arg(), arg(), arg()
    local links, expires, life, data = arg(), arg(), arg(), arg()
    if isWanted then put(kind, key, issuer, family, links, expires, life, data) end
  end
  for _ = 1, tonumber(arg()) do
    local text, expires, life = arg(), arg(), arg()
    if isWanted then notify(text, expires, life) end
  end
end
local outcomes = {}
for i = 1, tonumber(arg()) do
  local refused = refusal()
  write(not refused)
  outcomes[i] = refused or -1
end
return outcomes
)lua";

constexpr const char* listing = R"lua(
local now, kind = tonumber(arg()), arg()
local index = indexKey(kind, arg(), arg(), arg())
local after, limit = arg(), tonumber(arg())
local mostRead = limit + 1000
local page, last, read = {''}, '', 0
while true do
  local from = after == '' and '-' or '(' .. after
  local keys = call('ZRANGEBYLEX', index, from, '+', 'LIMIT', 0, 100)
  for _, key in ipairs(keys) do
    local found = call('HMGET', recordKey(kind .. ':' .. key), 'i', 'v', 'e', 'f', 'l', 'd')
    if not found[1] then
      call('ZREM', index, key)
    elseif isAfter(found[3], now) then
      if #page > 2 * limit then
        page[1] = last
        return page
      end
      page[#page + 1] = key
      page[#page + 1] = found
      last = key
    end
    after = key
  end
  read = read + #keys
  if #keys < 100 then return page end
  if read >= mostRead then
    page[1] = after
    return page
  end
end
)lua";

constexpr const char* counting = R"lua(
local now, key, ends, life = tonumber(arg()), prefix .. 'c:' .. arg(), arg(), arg()
local old = call('HGET', key, 'e')
if old and isAfter(old, now) then return call('HINCRBY', key, 'n', 1) end
call('HSET', key, 'n', 1, 'e', ends)
call('PEXPIRE', key, life)
return 1
)lua";

constexpr const char* dropping = R"lua(
local due = call('ZRANGEBYSCORE', prefix .. 'x', '-inf', arg(), 'LIMIT', 0, arg())
for _, what in ipairs(due) do
  local colon = string.find(what, ':', 1, true)
  local issuer, rest = string.sub(what, 1, colon - 1), string.sub(what, colon + 1)
  if issuer == 'n' then
    call('ZREM', prefix .. 'n', rest)
  else
    remove(rest)
    -- Redis was faster with the record itself.
    local last = string.find(rest, ':', 1, true)
    call('ZREM', indexKey(string.sub(rest, 1, last - 1), issuer, '', ''), string.sub(rest, last + 1))
  end
  call('ZREM', prefix .. 'x', what)
end
return #due
)lua";

}  // namespace

const Script& applyScript() {
    static const Script script(std::string(common) + removing + applying);
    return script;
}

const Script& listScript() {
    static const Script script(std::string(common) + listing);
    return script;
}

const Script& countScript() {
    static const Script script(std::string(common) + counting);
    return script;
}

const Script& dropScript() {
    static const Script script(std::string(common) + removing + dropping);
    return script;
}

}  // namespace gatehouse
