-- SPDX-License-Identifier: Apache-2.0
-- What wrk sends. Arguments: kind, data file, result file. The kind says what is in the data file:
--   requests    one a line: method, path, Authorization, body; sent in turn
--   proofs      such a request, then DPoP proofs; each is used once
--   refresh     Authorization of the client, then refresh tokens; each is used once, its successor later
--   login, sso, password
--               client, its Authorization, then one person a line: login, password, cookies.
--               One connection a thread; a thread is one person who signs in again and again.
-- A fifth argument: milliseconds each connection pauses before a request.
local ffi = require("ffi")
ffi.cdef[[
typedef struct { long seconds; long nanoseconds; } bench_time;
int clock_gettime(int clock, bench_time *time);
]]

local TOKEN, USERINFO = "/api/oauth/token", "/api/oauth/userinfo"
local REDIRECT = "https://site.example/callback"
local VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
local CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
local MOST_TIMES = 20000

local threads = {}
local mostThreads = 0

function setup(thread)
  thread:set("number", mostThreads)
  mostThreads = mostThreads + 1
  threads[mostThreads] = thread
end

local function microseconds()
  local time = ffi.new("bench_time")
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) * 1e6 + tonumber(time.nanoseconds) / 1e3
end

local function lines(path)
  local found = {}
  for line in io.lines(path) do found[#found + 1] = line end
  return found
end

local function fields(line)
  local found = {}
  for field in (line .. "\t"):gmatch("([^\t]*)\t") do found[#found + 1] = field end
  return found
end

local function encode(text)
  return (text:gsub("[^%w%-%._~]", function(c) return string.format("%%%02X", c:byte()) end))
end

local home  -- the address that a proxy would name

local function format(method, path, authorization, body, cookie, proof)
  local headers = { Host = wrk.headers["Host"], ["X-Forwarded-For"] = home, ["DPoP"] = proof }
  if authorization and authorization ~= "" then headers["Authorization"] = authorization end
  if cookie then headers["Cookie"] = cookie end
  if body and body ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
  return wrk.format(method, path, headers, body ~= "" and body or nil)
end

flows, failures, complaint, times = 0, 0, "", {}

local function fail(what)
  failures = failures + 1
  if complaint == "" then complaint = what end
end

-- requests

local function repeatRequests(data)
  local all = {}
  for _, line in ipairs(lines(data)) do all[#all + 1] = format(unpack(fields(line))) end
  local at = (number * 7919) % #all
  request = function()
    at = at % #all + 1
    return all[at]
  end
end

-- proofs

local function useProofs(data, threadCount)
  local all = lines(data)
  local method, path, authorization, body = unpack(fields(all[1]))
  local at = number + 2
  request = function()
    local proof = all[at]
    if not proof then
      fail("no proof is left")
      return format("GET", "/api/healthz")
    end
    at = at + threadCount
    return format(method, path, authorization, body, nil, proof)
  end
end

-- refresh

local function refreshTokens(data, threadCount)
  local all = lines(data)
  local authorization = table.remove(all, 1)
  local pool, first, last = {}, 1, 0
  local function put(token) last = last + 1; pool[last] = token end
  for i, token in ipairs(all) do
    if i % threadCount == number then put(token) end
  end
  request = function()
    local token = pool[first]
    if not token then
      fail("no refresh token is left")
      return format("GET", "/api/healthz")
    end
    pool[first] = nil
    first = first + 1
    return format("POST", TOKEN, authorization, "grant_type=refresh_token&refresh_token=" .. token)
  end
  response = function(status, _, body)
    local token = body:match('"refresh_token":"([^"]+)"')
    if status == 200 and token then put(token) else fail(status .. " " .. body) end
  end
end

-- people

local function authorizeUrl(client)
  return "/api/oauth/authorize?response_type=code&client_id=" .. client .. "&redirect_uri=" .. encode(REDIRECT) ..
         "&scope=openid&state=af0ifjsldkj&nonce=n-0S6_WzA2Mj&code_challenge_method=S256&code_challenge=" .. CHALLENGE
end

local function signIn(data, kind)
  local all = lines(data)
  local client, authorization = unpack(fields(all[1]))
  local person, password, standing = unpack(fields(all[number % (#all - 1) + 2]))
  if kind == "password" then home = "203.0.113." .. number % (#all - 1) + 1 end  -- many at once of one would wait
  local url = authorizeUrl(client)
  local jar, begun, nextRequest, step

  local function start()
    jar = kind == "sso" and standing or ""
    nextRequest = format("GET", url, nil, nil, jar ~= "" and jar or nil)
    step, begun = "authorize", nil
  end
  local function finish()
    flows = flows + 1
    if #times < MOST_TIMES then times[#times + 1] = microseconds() - begun end
    start()
  end
  local function keepCookie(headers)
    local cookie = headers["Set-Cookie"]
    if cookie then jar = (jar == "" and "" or jar .. "; ") .. cookie:match("^[^;]+") end
  end
  local function redeem(headers)
    local code = (headers["Location"] or headers["Refresh"] or ""):match("[?&]code=([^&]+)")
    if not code then return false end
    if kind == "password" then finish() return true end
    step = "token"
    nextRequest = format("POST", TOKEN, authorization, "grant_type=authorization_code&code=" .. code ..
        "&redirect_uri=" .. encode(REDIRECT) .. "&code_verifier=" .. VERIFIER)
    return true
  end

  local page
  local steps = {
    authorize = function(status, headers)
      keepCookie(headers)
      if status ~= 303 then return false end
      if kind == "sso" then return redeem(headers) end
      page, step = headers["Location"], "page"
      nextRequest = format("GET", page, nil, nil, jar)
      return true
    end,
    page = function(status, _, body)
      local csrf = body:match('name="csrf"%s+value="([^"]+)"')
      if status ~= 200 or not csrf then return false end
      step = "login"
      nextRequest = format("POST", page, nil, "csrf=" .. encode(csrf) .. "&username=" .. encode(person) ..
          "&password=" .. encode(password), jar)
      return true
    end,
    login = function(status, headers)
      keepCookie(headers)
      return status == 200 and redeem(headers)
    end,
    token = function(status, _, body)
      local token = body:match('"access_token":"([^"]+)"')
      if status ~= 200 or not token or not body:find('"id_token":"', 1, true) then return false end
      if kind == "sso" then finish() return true end
      step = "userinfo"
      nextRequest = format("GET", USERINFO, "Bearer " .. token)
      return true
    end,
    userinfo = function(status)
      if status ~= 200 then return false end
      finish()
      return true
    end,
  }
  start()
  request = function()
    begun = begun or microseconds()
    return nextRequest
  end
  response = function(status, headers, body)
    local failed = step
    if not steps[step](status, headers, body) then
      fail(failed .. ": " .. status .. " " .. (headers["Location"] or "") .. " " .. body:sub(1, 200))
      start()
    end
  end
end

function init(arguments)
  local kind, data, _, threadCount, pause = unpack(arguments)
  if kind == "requests" then
    repeatRequests(data)
  elseif kind == "proofs" then
    useProofs(data, tonumber(threadCount))
  elseif kind == "refresh" then
    refreshTokens(data, tonumber(threadCount))
  else
    signIn(data, kind)
  end
  resultFile = arguments[3]
  if pause then
    delay = function() return tonumber(pause) end
  end
end

function done(summary, latency)
  local out = io.open(threads[1]:get("resultFile"), "w")
  local flowCount, failed, first = 0, 0, ""
  for _, thread in ipairs(threads) do
    flowCount = flowCount + thread:get("flows")
    failed = failed + thread:get("failures")
    if first == "" then first = thread:get("complaint") end
    for _, time in ipairs(thread:get("times")) do out:write(string.format("%.0f\n", time)) end
  end
  local errors = summary.errors
  out:write(string.format("= %d %d %f %f %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
      latency:percentile(99), errors.status + failed, errors.connect + errors.read + errors.write + errors.timeout,
      flowCount))
  out:write("! " .. first:gsub("\n", " ") .. "\n")
  out:close()
end
