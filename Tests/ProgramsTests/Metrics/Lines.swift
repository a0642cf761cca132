import Foundation
import Programs

/// Lines of texts, read by a kind.
enum Lines {
  /// What a kind reads in one line.
  static func reading(
    _ text: String, _ kind: inout some LineMetrics, _ notes: inout MetricNotes
  ) -> MetricReading? {
    reading(Array(text.utf8), &kind, &notes)
  }

  static func reading(
    _ bytes: [UInt8], _ kind: inout some LineMetrics, _ notes: inout MetricNotes
  ) -> MetricReading? {
    bytes.withUnsafeBufferPointer { kind.read(ByteLine($0), &notes) }
  }

  /// The lines of bytes that come in pieces of the given lengths, over and over.
  static func split(_ bytes: [UInt8], pieces: [Int], longest: Int = 1 << 20) -> [String] {
    var reader = LineReader(longest: longest)
    var lines: [String] = []
    var start = 0
    var piece = 0
    bytes.withUnsafeBytes { bytes in
      while start < bytes.count {
        let end = min(bytes.count, start + pieces[piece % pieces.count])
        reader.take(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { lines.append($0.text) }
        start = end
        piece += 1
      }
    }
    reader.finish { lines.append($0.text) }
    return lines
  }
}

/// A folder of one test, which is gone with the test.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/programs-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws { try write(name, Data(text.utf8)) }

  /// Writes into the file that is there, as programs do.
  func write(_ name: String, _ data: Data) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: url)
  }

  func append(_ name: String, _ data: Data) throws {
    let url = URL(filePath: path + "/" + name)
    guard let file = try? FileHandle(forWritingTo: url) else { return try write(name, data) }
    try file.seekToEnd()
    try file.write(contentsOf: data)
    try file.close()
  }
}

/// A generator whose numbers are the same everywhere: SplitMix64.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
