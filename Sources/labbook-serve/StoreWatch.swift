import Foundation
import Machine
import RunStorage
import Tracking

/// Looks every second whether the store is still where it was: what is written into a file that was
/// deleted, nobody finds.
enum StoreWatch {
  /// Begins to look.
  ///
  /// - Parameter lost: is told, once, that it is not.
  /// - Throws: `LabbookError` where no thread can be made for it.
  static func begin(
    _ store: RunStore, lost: @escaping @Sendable (LabbookError) -> Void
  ) throws(LabbookError) {
    _ = try WorkThread("store", stackBytes: 1 << 20) {
      while true {
        sleep(1)
        do { try store.checkPlace() } catch {
          return lost(error as? LabbookError ?? .failure("\(error)"))
        }
      }
    }
  }
}
