import GRDB

extension DatabaseQueue {
  /// Closes the connection, and keeps the queue behind it as long as the process lives.
  ///
  /// Dispatch throws a queue away on a thread of its own, and waits for ever where the system makes
  /// none.
  func closeForGood() {
    try? close()
    _ = Unmanaged.passRetained(self)
  }
}
