import Foundation
import GRDB
import Tracking

/// How long and in which steps a process waits for another one that writes.
enum BusyWaiting {
  static let seconds = 120

  /// The handler SQLite calls each time it finds the file locked.
  ///
  /// It sleeps, up to 20 ms and differing at random so that many processes take turns, and gives up
  /// after two minutes.
  static func handler() -> Database.BusyMode {
    let clock = WaitClock()
    return .callback { tries in
      if tries == 0 { clock.start() }
      guard clock.elapsedSeconds < Double(seconds) else { return false }
      let limit = min(20_000, 500 << min(tries, 6))
      usleep(UInt32.random(in: UInt32(limit / 4)...UInt32(limit)))
      return true
    }
  }

  /// Does `work` again as long as SQLite finds the file locked where it does not call its handler:
  /// while the log is being set up or recovered.
  static func retrying<Value>(_ work: () throws -> Value) throws -> Value {
    let clock = WaitClock()
    clock.start()
    while true {
      do {
        return try work()
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && clock.elapsedSeconds < Double(seconds)
      {
        usleep(UInt32.random(in: 1_000...20_000))
      }
    }
  }
}

/// When a wait began; one a connection, used by one thread at a time.
private final class WaitClock: @unchecked Sendable {
  private var began = DispatchTime.now().uptimeNanoseconds

  func start() { began = DispatchTime.now().uptimeNanoseconds }

  var elapsedSeconds: Double {
    Double(DispatchTime.now().uptimeNanoseconds - began) / 1e9
  }
}
