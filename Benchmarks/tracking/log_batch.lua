-- 1,000 values a request: ten metrics of a hundred steps.
local runs, token = {}, os.getenv("TOKEN")
for line in io.lines(os.getenv("RUNS")) do runs[#runs + 1] = line end
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
function init()
  count = 0
  wrk.headers["Content-Type"] = "application/json"
  if token and token ~= "" then wrk.headers["Authorization"] = "Bearer " .. token end
end
function request()
  count = count + 1
  local parts = {}
  local start = number * 100000000 + count * 100
  for step = start, start + 99 do
    for metric = 0, 9 do
      parts[#parts + 1] = string.format('{"key":"m%d","value":%.6f,"timestamp":%d,"step":%d}',
        metric, metric + 1 / (step + 1), 1700000000000 + step, step)
    end
  end
  return wrk.format("POST", "/api/2.0/mlflow/runs/log-batch", nil,
    '{"run_id":"' .. runs[count % #runs + 1] .. '","metrics":[' .. table.concat(parts, ",") .. "]}")
end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %f %f\n", summary.requests, summary.duration,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout, latency:percentile(50), latency:percentile(99)))
end
