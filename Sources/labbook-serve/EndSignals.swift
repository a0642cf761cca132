import Foundation
import Serving

/// Ctrl-C and SIGTERM: the server stops, and the process ends within a second whatever is open.
final class EndSignals {
  private let sources: [any DispatchSourceSignal]

  init(_ stop: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "labbook.signals")
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        stop()
        queue.asyncAfter(deadline: .now() + 0.8) {
          AsideFiles.removeAll()
          exit(0)
        }
      }
      source.resume()
      return source
    }
  }
}
