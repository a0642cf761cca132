import Foundation

/// How old the session of this process is: under a scheduler, how long its job has been running.
public enum SessionAge {
  /// Seconds since the session's leader was started, else since this process was, by a clock that nobody
  /// sets.
  public static var seconds: Double {
    let start = started(getsid(0)) ?? started(getpid())
    var now = timespec()
    clock_gettime(CLOCK_BOOTTIME, &now)
    let uptime = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    return max(0, uptime - (start ?? uptime))
  }

  /// When a process was started, in seconds since the system was: field 22 of `/proc/PID/stat`.
  private static func started(_ process: pid_t) -> Double? {
    guard process > 0,
      let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[end...].split(separator: " ")
    guard fields.count > 20, let ticks = Double(fields[20]) else { return nil }
    return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
