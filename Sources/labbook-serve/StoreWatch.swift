import Foundation
import RunStorage
import Tracking

/// Looks every second whether the store is still where it was: what is written into a file that was
/// deleted, nobody finds.
final class StoreWatch {
  private let timer: any DispatchSourceTimer

  /// - Parameter lost: is told, once, that it is not.
  init(_ store: RunStore, lost: @escaping @Sendable (LabbookError) -> Void) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "labbook.store"))
    timer.setEventHandler { [timer] in
      do { try store.checkPlace() } catch {
        timer.cancel()
        lost(error as? LabbookError ?? .failure("\(error)"))
      }
    }
    timer.schedule(deadline: .now() + 1, repeating: 1, leeway: .milliseconds(200))
    timer.resume()
  }
}
