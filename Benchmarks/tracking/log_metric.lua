-- One value a request, each of its own run and step; the runs stand in the file RUNS, one a line.
local runs, token = {}, os.getenv("TOKEN")
for line in io.lines(os.getenv("RUNS")) do runs[#runs + 1] = line end
local first = tonumber(os.getenv("FIRST") or "0")
local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end
function init()
  step = 0
  wrk.headers["Content-Type"] = "application/json"
  if token and token ~= "" then wrk.headers["Authorization"] = "Bearer " .. token end
end
function request()
  step = step + 1
  local run = runs[step % #runs + 1]
  local place = first + number * 10000000 + step
  return wrk.format("POST", "/api/2.0/mlflow/runs/log-metric", nil, string.format(
    '{"run_id":"%s","key":"loss","value":%.6f,"timestamp":%d,"step":%d}',
    run, 1 / step, 1700000000000 + step, place))
end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %f %f\n", summary.requests, summary.duration,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout, latency:percentile(50), latency:percentile(99)))
end
