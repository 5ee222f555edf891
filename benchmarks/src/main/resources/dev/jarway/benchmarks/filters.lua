-- What the samples request-id, ip-allow, header-auth, rate-limit and header-transform do, for nginx.
local bit = require "bit"
local band, bor, lshift, rshift = bit.band, bit.bor, bit.lshift, bit.rshift
local ceil, max = math.ceil, math.max

local KEY = "benchmark"
local PER_SECOND, BURST = 1000000, 1000000

-- Networks: as nginx has an address, in 4 or 16 bytes; compared as words of 32 bits.

local function groups(text)
  local bytes = {}
  for group in text:gmatch("%x+") do
    local number = tonumber(group, 16)
    bytes[#bytes + 1] = string.char(rshift(number, 8), band(number, 0xff))
  end
  return table.concat(bytes)
end

local function binary(text)
  local a, b, c, d = text:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)$")
  if a then
    return string.char(a, b, c, d)
  end
  local head, tail = text:match("^(.-)::(.*)$")
  head, tail = groups(head or text), groups(tail or "")
  return head .. ("\0"):rep(16 - #head - #tail) .. tail
end

local function word(bytes, index)
  local a, b, c, d = bytes:byte(index, index + 3)
  return bor(lshift(a, 24), lshift(b, 16), lshift(c, 8), d)
end

local function network(cidr)
  local address, bits = cidr:match("^(.-)/(%d+)$")
  local bytes = binary(address)
  local found = { length = #bytes }
  for index = 1, #bytes, 4 do
    local rest = max(0, math.min(32, bits - (index - 1) * 8))
    local mask = rest == 0 and 0 or lshift(-1, 32 - rest)
    found[#found + 1] = { index = index, mask = mask, value = band(word(bytes, index), mask) }
  end
  return found
end

local function networks(list)
  local all = {}
  for i, cidr in ipairs(list) do
    all[i] = network(cidr)
  end
  return all
end

local function contains(network, bytes)
  if #bytes ~= network.length then
    return false
  end
  for i = 1, #network do
    local part = network[i]
    if band(word(bytes, part.index), part.mask) ~= part.value then
      return false
    end
  end
  return true
end

local function any_contains(all, bytes)
  for i = 1, #all do
    if contains(all[i], bytes) then
      return true
    end
  end
  return false
end

local ALLOW = networks { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8", "127.0.0.0/8" }
local DENY = networks { "127.0.66.0/24" }

-- Buckets of tokens: for each key, the time at which it will be full again. One worker alone takes from them, and nothing else
-- runs between looking and taking. Times count from the start: a number holds a millionth of a second then.

local START = ngx.now()
local INTERVAL = 1 / PER_SECOND
local TO_FILL = BURST * INTERVAL
local POLICY = '"default";q=' .. BURST .. ";w=" .. ceil(TO_FILL)

local function take(key)
  local buckets = ngx.shared.buckets
  local now = ngx.now() - START
  local to_full = max(0, (buckets:get(key) or now) - now)
  local afterwards = to_full + INTERVAL
  if afterwards > TO_FILL then
    return { remaining = 0, to_full = to_full, to_next = afterwards - TO_FILL }
  end
  buckets:set(key, now + afterwards)
  return { allowed = true, remaining = math.floor((TO_FILL - afterwards) * PER_SECOND), to_full = afterwards }
end

local function refuse(status, text)
  ngx.status = status
  ngx.header["content-type"] = "text/plain; charset=utf-8"
  ngx.print(text)
  return ngx.exit(status)
end

local filters = {}

function filters.request()
  local context = ngx.ctx

  local id = ngx.var.request_id
  context.id = id
  ngx.req.set_header("x-request-id", id)

  local address = ngx.var.binary_remote_addr
  if any_contains(DENY, address) or not any_contains(ALLOW, address) then
    return refuse(403, "forbidden\n")
  end

  -- A table where there are several, and so not equal.
  local headers = ngx.req.get_headers()
  local key = headers["x-api-key"]
  if key ~= KEY then
    return refuse(403, "forbidden\n")
  end

  local taken = take(key)
  context.taken = taken
  if not taken.allowed then
    ngx.header["retry-after"] = ceil(taken.to_next)
    return refuse(429, "too many requests\n")
  end

  context.passed = true
  ngx.req.clear_header("x-api-key")
  local client = headers["x-client"]
  if client then
    ngx.req.clear_header("x-client")
    ngx.req.set_header("x-caller", client)
  end
  ngx.req.set_header("x-gateway", "compare")
end

function filters.response()
  local context, header = ngx.ctx, ngx.header

  if context.passed then
    header["x-powered-by"] = nil
    local node = header["x-node"]
    if node then
      header["x-node"] = nil
      header["x-served-by"] = node
    end
    local control = header["cache-control"]
    header["cache-control"] = control and { control, "no-store" } or "no-store"
  end

  local taken = context.taken
  if taken then
    header["ratelimit-policy"] = POLICY
    header["ratelimit"] = '"default";r=' .. taken.remaining .. ";t=" .. ceil(taken.to_full)
  end

  if context.id then
    header["x-request-id"] = context.id
  end
end

return filters
