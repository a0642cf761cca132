import CMachine
import Glibc

/// The system's call that starts a program.
enum ChildProcess {
  /// Of which processes a program is one.
  enum Group {
    /// Of a group of its own.
    case own
    /// Of our group, which has the terminal.
    case ours
    /// Of a session of its own.
    case session
  }

  /// Starts a program; its error's number, or 0.
  ///
  /// It has no signal blocked or ignored, whatever our threads have.
  static func spawn(
    _ path: String, _ arguments: [String], _ environment: [String],
    _ streams: OutsideProgram.Streams, group: Group = .own, _ child: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var code = posix_spawn_file_actions_init(&actions)
    guard code == 0 else { return code }
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (its, ours) in streams.all.enumerated() {
      code = posix_spawn_file_actions_adddup2(&actions, ours, Int32(its))
      guard code == 0 else { return code }
    }
    var attributes = posix_spawnattr_t()
    code = posix_spawnattr_init(&attributes)
    guard code == 0 else { return code }
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let own =
      switch group {
      case .own: Int32(POSIX_SPAWN_SETPGROUP)
      case .ours: Int32(0)
      case .session: Int32(labbook_spawn_session())
      }
    posix_spawnattr_setflags(
      &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | own))
    return withPointers(arguments) { arguments in
      withPointers(environment) { environment in
        posix_spawn(&child, path, &actions, &attributes, arguments, environment)
      }
    }
  }

  private static func withPointers<Value>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
