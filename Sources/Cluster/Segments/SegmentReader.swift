import Foundation
import Tracking

/// Reads one segment while it grows; what is not whole yet is read again.
struct SegmentReader {
  /// Which segment it is.
  let name: SegmentName
  private let path: String
  private var decoder = SegmentDecoder()
  /// The bytes of whole blocks that were read.
  private(set) var offset = 0
  /// Why no more is read of it.
  private(set) var damage: LabbookError?

  private var gate: SegmentGate

  /// - Parameter runs: how many runs the task has.
  init(_ name: SegmentName, runs: Int, in folder: PlanFolder) {
    self.name = name
    gate = SegmentGate(name, runs: runs)
    path = folder.segments + "/" + name.description
  }

  /// How much is read at a time.
  private static let stride = 16 << 20

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
            throw .failure(
              "'\(path)' is damaged at byte \(offset + place): what follows is not read")
          }
        }
        offset += place
        // A block longer than what was read at once.
        if place == 0, bytes.count == stride { stride *= 4 } else if bytes.count < stride { break }
      }
    } catch { damage = error }
    return records
  }
}
