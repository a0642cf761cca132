import Glibc
public import Tracking

/// How many files this process may yet open.
public enum OpenFiles {
  /// Checks that so many more files can be open at a time.
  ///
  /// - Parameter what: who needs them, as it begins a sentence: `the store 'a.sqlite'`.
  /// - Throws: `LabbookError` where they cannot.
  public static func check(free count: Int, for what: String) throws(LabbookError) {
    var opened: [Int32] = []
    var reason: Int32 = 0
    for _ in 0..<count where reason == 0 {
      let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
      if file < 0 { reason = errno } else { opened.append(file) }
    }
    for file in opened { close(file) }
    guard reason == EMFILE || reason == ENFILE else { return }
    throw .failure(
      "\(what) needs up to \(count) open files, and only \(opened.count) more can be opened: "
        + systemReason(reason))
  }

  /// Lets this process open as many files as the system allows it, at most 65,536: beyond that programs that
  /// it starts, some of which close every number, would be slow.
  ///
  /// - Returns: how many can be open at a time.
  public static func raiseLimit() -> Int {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0 else { return 1024 }
    let wanted = min(limit.rlim_max, 65_536)
    if limit.rlim_cur < wanted {
      limit.rlim_cur = wanted
      if setrlimit(kind, &limit) != 0 { getrlimit(kind, &limit) }
    }
    return Int(min(limit.rlim_cur, 1 << 30))
  }
}
