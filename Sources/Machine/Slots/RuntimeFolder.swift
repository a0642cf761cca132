import Foundation
import Glibc
public import Tracking

/// A folder of the user's own in which the processes of one user find each other: `$XDG_RUNTIME_DIR`, or one
/// under `/tmp` that nobody else can look into.
public enum RuntimeFolder {
  /// The path of the folder, which is made where it is not there.
  ///
  /// - Throws: `LabbookError` where it belongs to somebody else, is a link, or others may write into it.
  public static func path(
    environment: [String: String] = OutsideProgram.variables, temporary: String = "/tmp"
  ) throws(LabbookError) -> String {
    let given = environment["XDG_RUNTIME_DIR"] ?? ""
    // A session that has lost the variable, as one of cron has, finds the same place.
    for base in [given, "/run/user/\(getuid())"] where base.hasPrefix("/") {
      if problem(base, isShut: false) == nil { return try made(base + "/labbook") }
    }
    return try made("\(temporary)/labbook-\(getuid())")
  }

  private static func made(_ path: String) throws(LabbookError) -> String {
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw .failure("the folder '\(path)' cannot be made: \(systemReason(errno))", hint: way)
    }
    if let problem = problem(path, isShut: true) {
      throw .failure("the folder '\(path)', in which slots are kept, \(problem)", hint: way)
    }
    return path
  }

  private static let way = "let XDG_RUNTIME_DIR name a folder of your own with mode 700"

  /// What keeps a folder from being used; `nil` where nothing does.
  private static func problem(_ path: String, isShut: Bool) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return "is not there" }
    guard status.st_mode & S_IFMT == S_IFDIR else { return "is no folder" }
    guard status.st_uid == getuid() else { return "belongs to another user" }
    let open: mode_t = isShut ? 0o077 : 0o022
    return status.st_mode & open == 0 ? nil : "is open to others"
  }
}
