public import Foundation
public import Tracking

/// All that a run needs to go on as if it had never ended: its position, the program's state, the
/// best weights.
public struct TrainingState: Sendable {
  /// Where the run stands.
  public let position: TrainingPosition
  /// Weights, buffers and the optimizer's vectors, as `NetworkProgram.stateBytes`.
  let program: [UInt8]
  /// The weights at the epoch that the objective chose, in the program's own layout.
  let best: [Float]?

  init(position: TrainingPosition, program: [UInt8], best: [Float]?) {
    self.position = position
    self.program = program
    self.best = best
  }

  /// The state as bytes: the lengths of its three parts, then the parts.
  ///
  /// The position is a binary property list, which keeps every number bit for bit, also those that
  /// are not finite.
  ///
  /// - Throws: what keeps the position from being written.
  public func encoded() throws -> Data {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let position = try encoder.encode(position)
    let best = best ?? []
    var data = Data(capacity: 24 + position.count + program.count + best.count * 4)
    for count in [position.count, program.count, self.best == nil ? -1 : best.count * 4] {
      withUnsafeBytes(of: Int64(count).littleEndian) { data.append(contentsOf: $0) }
    }
    data.append(position)
    data.append(contentsOf: program)
    best.withUnsafeBytes { data.append(contentsOf: $0) }
    return data
  }

  /// Reads what `encoded` wrote.
  ///
  /// - Throws: `LabbookError` where the bytes are something else.
  public init(_ data: Data) throws(LabbookError) {
    let header = [0, 8, 16].compactMap { TrainingState.integer(at: $0, in: data) }
    guard header.count == 3, header[0] >= 0, header[1] >= 0, header[2] >= -1,
      header[2] % 4 <= 0, header.allSatisfy({ $0 <= data.count }),
      24 + header[0] + header[1] + max(0, header[2]) == data.count
    else { throw .failure("the saved state is not whole") }
    let start = data.startIndex + 24
    let middle = start + header[0]
    do {
      position = try PropertyListDecoder().decode(
        TrainingPosition.self, from: Data(data[start..<middle]))
    } catch { throw .failure("the position of the saved state cannot be read: \(error)") }
    program = Array(data[middle..<middle + header[1]])
    guard header[2] >= 0 else {
      best = nil
      return
    }
    best = Array(unsafeUninitializedCapacity: header[2] / 4) { numbers, count in
      data[(middle + header[1])...].copyBytes(to: UnsafeMutableRawBufferPointer(numbers))
      count = header[2] / 4
    }
  }

  private static func integer(at offset: Int, in data: Data) -> Int? {
    guard data.count >= offset + 8 else { return nil }
    var value: Int64 = 0
    withUnsafeMutableBytes(of: &value) { bytes in
      let first = data.startIndex + offset
      bytes.copyBytes(from: data[first..<first + 8])
    }
    return Int(Int64(littleEndian: value))
  }
}
