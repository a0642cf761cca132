import CGnuplot
import Tracking

/// One gnuplot process, used by one thread at a time.
final class GnuplotSession {
  private let handle: OpaquePointer

  /// Starts `program`, found through PATH; no shell is involved.
  init(program: String) throws(LabbookError) {
    var opened: OpaquePointer?
    var message: UnsafeMutablePointer<CChar>?
    let status = labbook_gnuplot_open(program, &opened, &message)
    let reason = GnuplotSession.take(message)
    guard let opened, status == Int32(LABBOOK_GNUPLOT_OK) else {
      if status == Int32(LABBOOK_GNUPLOT_MISSING) {
        throw .failure(
          "Figures need gnuplot, and '\(program)' was not found.",
          hint: "Install it: sudo apt-get install gnuplot-nox")
      }
      throw .failure("gnuplot could not be started: \(reason)")
    }
    handle = opened
  }

  deinit { labbook_gnuplot_close(handle) }

  /// Sends commands and waits until they are done.
  ///
  /// What gnuplot says against them is the error's message; after one the session is of no further
  /// use.
  func run(_ commands: String, timeoutSeconds: Int32) throws(LabbookError) {
    var message: UnsafeMutablePointer<CChar>?
    let status = commands.withCString { bytes in
      labbook_gnuplot_run(handle, bytes, commands.utf8.count, timeoutSeconds, &message)
    }
    let reason = GnuplotSession.take(message)
    switch status {
    case Int32(LABBOOK_GNUPLOT_OK): return
    case Int32(LABBOOK_GNUPLOT_REFUSED): throw .failure("gnuplot says: \(reason)")
    default: throw .failure(reason)
    }
  }

  private static func take(_ message: UnsafeMutablePointer<CChar>?) -> String {
    guard let message else { return "" }
    defer { labbook_gnuplot_free(message) }
    return String(cString: message)
  }
}
