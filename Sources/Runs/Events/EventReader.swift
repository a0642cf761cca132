public import Foundation
public import Tracking

/// Takes the events of runs apart that came as bytes, in whatever pieces.
///
/// A line that was not written to its end, because its process was killed, is left out.
public struct EventReader: Sendable {
  private var rest = Data()

  /// Makes a reader that has read nothing.
  public init() {}

  /// The events that these bytes complete, in order.
  ///
  /// - Throws: `LabbookError` where a line is none.
  public mutating func take(_ bytes: Data) throws(LabbookError) -> [KeyedEvent] {
    rest += bytes
    var events: [KeyedEvent] = []
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[rest.startIndex..<end]
      rest = rest[rest.index(after: end)...]
      events.append(try KeyedEvent(line: line))
    }
    rest = Data(rest)
    return events
  }

  /// Whether the last line lacks its end.
  public var isWithinLine: Bool { !rest.isEmpty }
}
