import Foundation
import Tracking

/// Reads one segment while it grows; what is not whole yet is read again.
///
/// A file system of several machines may show that a file has grown before it shows what was written, so
/// bytes that are no block are read again too, and are damage only when they stay so.
struct SegmentReader {
  /// Which segment it is.
  let name: SegmentName
  private let path: String
  private var decoder = SegmentDecoder()
  /// The bytes of whole blocks that were read.
  private(set) var offset = 0
  /// Why no more is read of it.
  private(set) var damage: LabbookError?
  /// Bytes that are no block, and since when.
  private var doubt: (error: LabbookError, since: ContinuousClock.Instant)?

  private var gate: SegmentGate

  /// - Parameter runs: how many runs the task has.
  init(_ name: SegmentName, runs: Int, in folder: PlanFolder) {
    self.name = name
    gate = SegmentGate(name, runs: runs)
    path = folder.segments + "/" + name.description
  }

  /// How much is read at a time.
  private static let stride = 16 << 20
  /// So long bytes may be none of a block that are yet to come.
  private static let doubtSeconds = 60.0

  /// Believes what is there now: nobody waits for more.
  mutating func settle() { if damage == nil { damage = doubt?.error } }

  /// The records that have come since.
  mutating func more() -> [SegmentRecord] {
    if damage != nil { return [] }
    var records: [SegmentRecord] = []
    do throws(LabbookError) {
      var stride = Self.stride
      while true {
        let bytes = try PlanFile.read(path, from: offset, atMost: stride)
        var place = 0
        reading: while place < bytes.count {
          switch SegmentBlock.read(bytes, at: place) {
          case .block(let block, let count):
            for record in try decoder.decode(block, path) {
              if let problem = gate.problem(record) {
                throw .failure(
                  "'\(path)' holds \(problem), near byte \(offset + place): what follows is not read"
                )
              }
              records.append(record)
            }
            place += count
          case .partial: break reading
          case .damaged:
            try question(offset + place)
            offset += place
            return records
          }
        }
        if place > 0 { doubt = nil }
        offset += place
        // A block longer than what was read at once.
        if place == 0, bytes.count == stride { stride *= 4 } else if bytes.count < stride { break }
      }
    } catch { damage = error }
    return records
  }

  /// Takes note that the bytes at a place are no block.
  ///
  /// - Throws: `LabbookError` where they have been none for long.
  private mutating func question(_ place: Int) throws(LabbookError) {
    let error = LabbookError.failure(
      "'\(path)' is damaged at byte \(place): what follows is not read")
    guard let known = doubt, known.error.message == error.message else {
      return doubt = (error, .now)
    }
    if ContinuousClock.now - known.since > .seconds(Self.doubtSeconds) { throw error }
  }
}
