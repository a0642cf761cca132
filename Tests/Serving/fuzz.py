#!/usr/bin/env python3
"""Sends malformed requests of every kind to `labbook serve`, in a bounded time.

Usage: Tests/Serving/fuzz.py LABBOOK [--requests 20000] [--seconds 120] [--seed 1]

LABBOOK is a built labbook with labbook-serve beside it. The server must answer none of them with a
failure of its own (5xx, but 501 for an unknown method), never end, keep its memory, serve on, and end
within a second when it is told to. Python's standard library is all that is needed.
"""

import argparse
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "FOO", "get", "", "G\0T",
           "M" * 5000]
VERSIONS = ["HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.1 x", "http/1.1", "", "HTTP/" + "9" * 50]
PATHS = ["/", "//", "/health", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%00", "/%", "/%zz", "/\xff", "*", "x",
         "http://evil/", "http://localhost/", "/" + "a" * 20000, "/" + "a/" * 3000, "/?" + "a=b&" * 3000, "/runs?where=%27",
         "/runs/" + "f" * 32, "/runs/..%2f..", "/runs?sort=%00", "/runs.csv?columns=" + "x," * 500, "/runs.json?where=(((((",
         "/curves.json?runs=,,,&metric=", "/compare?runs=zz", "/events?x=1", "/assets/../labbook.css", "/assets/%2e%2e",
         "/sweeps/1/999999999999999999999", "/figure?x=" + "9" * 400, "/notebook", "/version", "/?token=x", "/#", "/a b",
         "/api/2.0/mlflow/runs/search", "/api/2.0/mlflow/runs/log-batch", "/api/2.0/mlflow/runs/log-metric",
         "/api/2.0/mlflow/experiments/create", "/api/2.0/mlflow/runs/get?run_id=%00", "/api/2.0/mlflow/runs/create",
         "/api/2.0/mlflow/metrics/get-history?run_id=x&metric_key=y&max_results=-1", "/api/2.0/mlflow/nothing",
         "/api/2.0/mlflow/experiments/search", "/api/2.0/mlflow/runs/set-tag", "/api/2.0/mlflow/runs/update",
         "/api/2.0/mlflow-artifacts/artifacts/1/x/../../../y", "/api/2.0/mlflow-artifacts/artifacts/%2fetc%2fpasswd",
         "/api/2.0/mlflow-artifacts/artifacts?path=..", "/ajax-api/2.0/mlflow/runs/search", "/api", "/api/", "/api/9/x"]
BODIES = ["", "{}", "[]", "null", "{", "\0" * 10, '{"a":' * 2000, "[" * 50000, '"' + "x" * 100000 + '"', "1e999", "-",
          '{"run_id": 5}', '{"run_id": "' + "0" * 32 + '", "key": "", "value": "NaN", "timestamp": 1e400, "step": -9e99}',
          '{"experiment_ids": "x", "filter": "\'\'\'", "max_results": -1, "page_token": "%%%"}',
          '{"filter": "metrics.`x` > \'" , "order_by": [1, null]}', '{"name": "\\ud800"}', '{"metrics": [' + "{}," * 5000 + "{}]}",
          "\xff\xfe{}", '{"experiment_id": "99999999999999999999999999"}', "a=b&" * 1000, "%", "x" * 3_000_000]
FIELDS = ["Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5", "Content-Length: 5\r\nContent-Length: 6",
          "Content-Length: 0x10", "Content-Length: +5", "Content-Length: 10 10", "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: x", "Transfer-Encoding: chunked\r\nContent-Length: 3",
          "Expect: 100-continue", "Expect: x", "Connection: close", "Connection: upgrade\r\nUpgrade: websocket",
          "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__", "Range: bytes=0-1,3-4",
          "Range: bytes=99999999999999999999-", "Range: bytes=-99999999999999999999", "If-None-Match: *", "Cookie: ;;;=;",
          "Cookie: " + "a=b; " * 3000, "Origin: null", "Origin: http://evil", "Sec-Fetch-Site: cross-site", "Authorization: ",
          "Authorization: Basic %%%", "Authorization: Bearer", "X: " + "y" * 70000, " folded: x", ":", "novalue", "A\0: b", "A: b\0c",
          "A: \x01", "A:b\rC: d", "A: b\nB: c", "\xe4: \xf6", "Host: a\r\nHost: b", "Content-Type: application/json", "A: b\r\n" * 500,
          "Content-Type: application/x-www-form-urlencoded", "Content-Encoding: gzip", "TE: trailers", "Via: 1.1 x"]
ENDS = ["\r\n\r\n", "\n\n", "\r\n", "", "\r\r", "\r\n \r\n"]


def number(random_):
    return random_.choice([0, 1, 2, 3, 5, 100, 2**31, 2**63, -1])


def chunks(body, random_):
    if random_.random() < 0.5:
        return "%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    return random_.choice(["zz\r\n", "-5\r\nhello\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "5\r\nhel", "5\r\nhelloX\r\n0\r\n\r\n", "5;" + "x" * 9000,
                           "0\r\n" + "T: x\r\n" * 300 + "\r\n", "0\r\nbad trailer\r\n\r\n", "5\nhello\n0\n\n"])


def request(random_, port, tokens):
    """One request, wrong in one place or in many."""
    if random_.random() < 0.05:
        return bytes(random_.randrange(256) for _ in range(random_.randrange(1, 3000)))
    wrong = random_.choice([0, 0.02, 0.1, 0.5])

    def pick(good, bad):
        return random_.choice(bad) if random_.random() < wrong else good

    body = random_.choice(BODIES)
    path = random_.choice(PATHS)
    method = pick(random_.choice(["GET", "POST", "POST", "PUT"]), METHODS)
    lines = ["%s %s %s" % (method, path, pick("HTTP/1.1", VERSIONS))]
    lines.append(pick("Host: 127.0.0.1:%d" % port, ["Host: evil", "Host:", "Host: [::1", "Nohost: x", "Host: 127.0.0.1:%d:1" % port]))
    lines.append(pick("Authorization: Bearer " + random_.choice(tokens), ["Authorization: Bearer x", "A: b"]))
    lines += [random_.choice(FIELDS) for _ in range(random_.choice([0, 0, 1, 1, 2, 5])) if random_.random() < wrong]
    if random_.random() < 0.6:
        lines.append("Content-Length: %d" % (len(body) if random_.random() > wrong else number(random_)))
        text = "\r\n".join(lines) + pick("\r\n\r\n", ENDS) + body
    elif random_.random() < 0.5:
        text = "\r\n".join(lines + ["Transfer-Encoding: chunked"]) + "\r\n\r\n" + chunks(body, random_)
    else:
        text = "\r\n".join(lines) + pick("\r\n\r\n", ENDS)
    data = bytearray(text.encode("latin-1", "replace"))
    if random_.random() < 0.2:
        for _ in range(random_.randrange(1, 6)):
            place = random_.randrange(len(data))
            if random_.random() < 0.5:
                data[place] = random_.randrange(256)
            else:
                del data[place:place + random_.randrange(1, 20)]
                if not data:
                    data = bytearray(b"\r\n")
    if random_.random() < 0.1:
        data *= random_.randrange(2, 20)
    if random_.random() < 0.1:
        data = data[:random_.randrange(len(data))]
    return bytes(data)


def exchange(port, data, random_):
    """Sends bytes in one of several manners; the statuses that came."""
    wire = socket.create_connection(("127.0.0.1", port), timeout=20)
    received = b""
    try:
        manner = random_.random()
        try:
            if manner < 0.15:
                for place in range(0, min(len(data), 400), 40):
                    wire.sendall(data[place:place + 40])
            elif manner < 0.25:
                wire.sendall(data[:random_.randrange(len(data) + 1)])
                return []  # Hangs up in the middle.
            else:
                wire.sendall(data)
            if manner < 0.9:
                wire.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # Refused before all was sent.
        wire.settimeout(20 if manner < 0.9 else 0.05)
        try:
            while len(received) < 1 << 20:
                piece = wire.recv(1 << 16)
                if not piece:
                    break
                received += piece
        except socket.timeout:
            if manner < 0.9 and not received:
                raise
        except OSError:
            pass
    finally:
        wire.close()
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d\d\d) ", received)]


def memory(pid):
    with open("/proc/%d/status" % pid) as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) // 1024


def health(port):
    wire = socket.create_connection(("127.0.0.1", port), timeout=20)
    wire.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    reply = b""
    while True:
        piece = wire.recv(4096)
        if not piece:
            return reply.startswith(b"HTTP/1.1 200 ") and reply.endswith(b"OK")
        reply += piece


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labbook")
    parser.add_argument("--requests", type=int, default=20000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [os.path.abspath(options.labbook), "serve", "--db", folder + "/labbook.sqlite"], stdout=subprocess.PIPE, text=True)
        lines = [server.stdout.readline() for _ in range(3)]
        port = int(re.search(r":(\d+)/", lines[0]).group(1))
        tokens = [re.search(r"token=(\w+)", lines[0]).group(1), lines[2].split("=")[1].strip()]
        faults, counts, sent = [], {}, [0]
        lock = threading.Lock()
        until = time.monotonic() + options.seconds

        def work(seed, most):
            random_ = random.Random(seed)
            while time.monotonic() < until:
                with lock:
                    if sent[0] >= most or len(faults) > 20:
                        return
                    sent[0] += 1
                data = request(random_, port, tokens)
                try:
                    statuses = exchange(port, data, random_)
                except (OSError, socket.timeout) as error:
                    statuses = ["%s" % type(error).__name__]
                with lock:
                    for status in statuses:
                        counts[status] = counts.get(status, 0) + 1
                        if isinstance(status, str) or status >= 500 and status != 501:
                            faults.append((status, data[:400]))

        first = None
        threads = [threading.Thread(target=work, args=(options.seed * 100 + number, options.requests)) for number in range(8)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            time.sleep(1)
            if first is None and sent[0] > options.requests // 4:
                first = memory(server.pid)
        if server.poll() is not None:
            sys.exit("the server ended with %s" % server.returncode)
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(1000 if descriptors_free() else 200)]
        for number, wire in enumerate(idle):
            if number % 2:
                wire.sendall(b"POST /api/2.0/mlflow/runs/search HTTP/1.1\r\nHost: 12")
        serves = health(port)
        last = memory(server.pid)
        began = time.monotonic()
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
        took = time.monotonic() - began
    print("requests %d, replies %s" % (sent[0], dict(sorted(counts.items(), key=str))))
    print("memory %s MB after a quarter, %d MB at the end with %d open connections; ended in %.2f s with %d"
          % (first, last, len(idle), took, server.returncode))
    for status, data in faults[:20]:
        print("FAULT %s: %r" % (status, data))
    if faults or not serves or last > 400 or took > 1.5 or server.returncode != 0:
        sys.exit("the server does not bear with it")


def descriptors_free():
    import resource
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2000 if hard == resource.RLIM_INFINITY else min(hard, 2000)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    return wanted >= 1500


if __name__ == "__main__":
    main()
