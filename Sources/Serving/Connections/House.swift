import NIOCore

/// All connections of a server, used on its event loop alone.
final class House {
  let loop: any EventLoop
  private let limits: ServingLimits
  private var connections: [ObjectIdentifier: Connection] = [:]
  /// How many streams of events are open.
  var eventStreams = 0

  init(_ loop: any EventLoop, _ limits: ServingLimits) {
    (self.loop, self.limits) = (loop, limits)
  }

  /// Takes a connection; where the house is full, the one that has been waiting longest for a request goes,
  /// so that nobody shuts others out by connections that say nothing.
  func enter(_ connection: Connection) {
    if connections.count >= limits.connections {
      let waiting = connections.values.filter {
        if case .waiting = $0.state { true } else { false }
      }
      (waiting.min { $0.clock.waitingSince < $1.clock.waitingSince } ?? connection).close()
    }
    connections[ObjectIdentifier(connection)] = connection
  }

  func leave(_ connection: Connection) {
    connections[ObjectIdentifier(connection)] = nil
  }
}
