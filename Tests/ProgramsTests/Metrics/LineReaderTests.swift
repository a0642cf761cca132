import Foundation
import Programs
import Testing

struct LineReaderTests {
  /// What every piece-wise reading must give: the whole text with one kind of line end, split at it.
  private func whole(_ bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
      .replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
      .replacingOccurrences(of: "\r", with: "\n", options: .literal)
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  @Test func linesDoNotDependOnThePieces() {
    var dice = Dice(state: 1)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0..<60, using: &dice)).map { _ in
        [UInt8](arrayLiteral: 0x61, 0x62, 0x0A, 0x0D).randomElement(using: &dice) ?? 0
      }
      let pieces = (0..<5).map { _ in Int.random(in: 1..<9, using: &dice) }
      #expect(Lines.split(bytes, pieces: pieces) == whole(bytes))
      #expect(Lines.split(bytes, pieces: [100]) == whole(bytes))
    }
  }

  @Test func ofALongLineTheStartIsKept() {
    var lines: [(text: String, length: Int, isCut: Bool)] = []
    var reader = LineReader(longest: 4)
    let bytes = Array("abcdefgh\nabcd\nabcde\r\nx".utf8)
    for byte in bytes {
      withUnsafeBytes(of: byte) { piece in
        reader.take(piece) { lines.append(($0.text, $0.length, $0.isCut)) }
      }
    }
    #expect(reader.openLength == 1)
    reader.finish { lines.append(($0.text, $0.length, $0.isCut)) }
    #expect(lines.map(\.text) == ["abcd", "abcd", "abcd", "x"])
    #expect(lines.map(\.length) == [8, 4, 5, 1])
    #expect(lines.map(\.isCut) == [true, false, true, false])
    #expect(Lines.split(bytes, pieces: [100], longest: 4) == lines.map(\.text))
  }

  @Test func aLineOf100MillionBytesIsBounded() {
    var reader = LineReader()
    let piece = [UInt8](repeating: 0x7B, count: 1_000_000)
    var lines: [(kept: Int, length: Int)] = []
    func keep(_ line: ByteLine) { lines.append((line.bytes.count, line.length)) }
    piece.withUnsafeBytes { bytes in for _ in 0..<100 { reader.take(bytes, keep) } }
    #expect(lines.isEmpty && reader.openLength == 100_000_000)
    reader.finish(keep)
    #expect(lines.map(\.kept) == [1 << 20] && lines.map(\.length) == [100_000_000])
    #expect(reader.openLength == 0)
  }
}
