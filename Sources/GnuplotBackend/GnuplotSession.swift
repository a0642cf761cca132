import CGnuplot
import Machine
import Tracking

/// One gnuplot process, used by one thread at a time.
final class GnuplotSession {
  private let handle: OpaquePointer
  private let program: OutsideProgram

  /// How long a gnuplot that was just started may take to answer that it is there.
  static var firstSeconds: Int { OutsideProgram.patience(usual: 20) }

  private let silentSeconds: Int

  /// What went wrong with a gnuplot that has never answered, so that no other one is worth a try.
  struct Silent: Error { let error: LabbookError }

  /// Starts `program`, found through PATH, without the user's start-up files; no shell is involved.
  ///
  /// - Parameters:
  ///   - timeoutSeconds: how long the first answer may take, where that is less than `firstSeconds`.
  ///   - silentSeconds: how long gnuplot may be silent before that is said.
  ///   - onSilence: called once after so many seconds without an answer.
  init(
    program name: String, timeoutSeconds: Int, silentSeconds: Int,
    onSilence: @escaping () -> Void
  ) throws {
    self.silentSeconds = silentSeconds
    guard let path = OutsideProgram.find(name) else {
      throw FigureWriter.missing(name) ?? LabbookError.failure("'\(name)' was not found")
    }
    var streams = labbook_gnuplot_streams()
    let code = labbook_gnuplot_make_streams(&streams)
    guard code == 0 else {
      throw LabbookError.failure(
        "gnuplot cannot be started: no pipe: \(systemReason(code))")
    }
    do {
      // While one of ours is open, the end of a program that has ended is not seen.
      defer { labbook_gnuplot_close_program_ends(&streams) }
      program = try OutsideProgram(
        path: path, ["-d"], environment: Self.environment,
        OutsideProgram.Streams(
          input: streams.program_input, output: streams.program_output, errors: streams.errors,
          beside: [streams.script]))
    } catch {
      labbook_gnuplot_close_streams(&streams)
      throw error
    }
    var message: UnsafeMutablePointer<CChar>?
    guard let opened = labbook_gnuplot_open(&streams, &message) else {
      program.end(within: 0)
      throw LabbookError.failure("gnuplot could not be started: \(Self.take(message))")
    }
    handle = opened
    do throws(LabbookError) {
      try run("", timeoutSeconds: min(timeoutSeconds, Self.firstSeconds), onSilence: onSilence)
    } catch {
      if hasTimedOut { throw Silent(error: error) }
      throw error
    }
  }

  deinit {
    labbook_gnuplot_close(handle)
    program.end(within: 2)
  }

  /// The environment without what would change pictures from one user to the next.
  private static var environment: [String] {
    OutsideProgram.environment(adding: ["LC_ALL=C.UTF-8"]) { line in
      ["LC_", "GNUT", "GNUPLOT"].contains { line.hasPrefix($0) }
    }
  }

  /// Whether it was ended because it took too long.
  private(set) var hasTimedOut = false

  /// Sends commands and waits until they are done.
  ///
  /// What gnuplot says against them is the error's message; after one the session is of no further
  /// use.
  ///
  /// - Parameter onSilence: called once where gnuplot has not answered for `silentSeconds`.
  func run(
    _ commands: String, timeoutSeconds: Int, onSilence: @escaping () -> Void
  ) throws(LabbookError) {
    var message: UnsafeMutablePointer<CChar>?
    let told = Unmanaged.passRetained(Telling(onSilence))
    defer { told.release() }
    let limits = labbook_gnuplot_limits(
      timeout_seconds: Int32(clamping: timeoutSeconds),
      silent_seconds: Int32(clamping: silentSeconds),
      on_silence: { pointer in
        guard let pointer else { return }
        Unmanaged<Telling>.fromOpaque(pointer).takeUnretainedValue().tell()
      }, context: told.toOpaque())
    let status = commands.withCString { bytes in
      labbook_gnuplot_run(handle, bytes, commands.utf8.count, limits, &message)
    }
    let reason = GnuplotSession.take(message)
    switch status {
    case Int32(LABBOOK_GNUPLOT_OK): return
    case Int32(LABBOOK_GNUPLOT_REFUSED): throw .failure("gnuplot says: \(reason)")
    default:
      hasTimedOut = status == Int32(LABBOOK_GNUPLOT_TOO_SLOW)
      program.kill()
      throw .failure(reason)
    }
  }

  private final class Telling {
    let tell: () -> Void
    init(_ tell: @escaping () -> Void) { self.tell = tell }
  }

  private static func take(_ message: UnsafeMutablePointer<CChar>?) -> String {
    guard let message else { return "" }
    defer { labbook_gnuplot_free(message) }
    return String(cString: message)
  }
}
