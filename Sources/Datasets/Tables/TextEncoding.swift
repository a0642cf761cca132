import Foundation

/// How the bytes of a text stand for letters.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case latin1 = "latin-1"
  case windows1252 = "windows-1252"
}

/// Text as UTF-8 with how it was written.
struct DecodedText {
  let bytes: Data
  /// What was found, where it is not UTF-8.
  let found: TextEncoding?

  /// Reads bytes as `wanted` says, or as they show.
  ///
  /// Bytes that are not UTF-8 and have no letter of several bytes among them are windows-1252 where
  /// some stand for letters only it has, else latin-1. A mixture is an error: no one encoding fits it.
  ///
  /// - Throws: an error with line and column of the first byte that stands for nothing.
  init(_ file: FileBytes, _ wanted: TextEncoding?) throws(DataError) {
    let data = file.data.starts(with: [0xEF, 0xBB, 0xBF]) ? file.data.dropFirst(3) : file.data
    let scan = data.withUnsafeBytes { UTF8Scan($0) }
    guard let wrong = scan.firstInvalid else {
      if let wanted, wanted != .utf8, !scan.isASCII {
        bytes = try Self.converted(data, wanted, file)
      } else {
        bytes = data
      }
      found = nil
      return
    }
    if wanted == .utf8 || (wanted == nil && scan.hasLongLetters) {
      throw Self.problem(data, wrong, file, wanted == nil)
    }
    let encoding = wanted ?? (data.contains { (0x80..<0xA0).contains($0) } ? .windows1252 : .latin1)
    bytes = try Self.converted(data, encoding, file)
    found = wanted == nil ? encoding : nil
  }

  private static func problem(
    _ data: Data, _ wrong: Int, _ file: FileBytes, _ isMixed: Bool
  ) -> DataError {
    let place = data.withUnsafeBytes { TextPlace(of: wrong, in: $0) }
    let byte = String(data[data.startIndex + wrong], radix: 16, uppercase: true)
    return DataError(
      setting: "encoding", place: "\(file.path):\(place)",
      "the byte \(byte) is no letter of utf-8"
        + (isMixed ? ", though others before or after it are" : ""),
      hint: "Mend the byte, or say how the file is written: encoding: latin-1, or windows-1252.")
  }

  private static func converted(
    _ data: Data, _ encoding: TextEncoding, _ file: FileBytes
  ) throws(DataError) -> Data {
    let high = data.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) }
    try MemoryLimit.check(
      rows: data.count + 2 * high, columns: 1, bytes: 1, setting: "path", place: file.path)
    var result = Data(capacity: data.count + 2 * high)
    for (place, byte) in data.enumerated() {
      if byte < 0x80 {
        result.append(byte)
      } else if let letter = letter(byte, encoding) {
        result.append(contentsOf: Array(String(letter).utf8))
      } else {
        let place = data.withUnsafeBytes { TextPlace(of: place, in: $0, isUTF8: false) }
        throw DataError(
          setting: "encoding", place: "\(file.path):\(place)",
          "the byte \(String(byte, radix: 16, uppercase: true)) is no letter of "
            + encoding.rawValue,
          hint: "Save the file as UTF-8, or say another encoding: latin-1 knows every byte.")
      }
    }
    return result
  }

  private static func letter(_ byte: UInt8, _ encoding: TextEncoding) -> UnicodeScalar? {
    if encoding == .latin1 || byte >= 0xA0 { return UnicodeScalar(byte) }
    return windows1252[Int(byte) - 0x80].flatMap(UnicodeScalar.init)
  }

  /// What windows-1252 has where latin-1 has control characters; five bytes stand for nothing.
  private static let windows1252: [UInt32?] = [
    0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, nil, 0x017D, nil, nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, nil, 0x017E, 0x0178,
  ]
}

/// Whether bytes are UTF-8.
struct UTF8Scan {
  private(set) var isASCII = true
  private(set) var hasLongLetters = false
  /// The first byte that is no part of a letter.
  private(set) var firstInvalid: Int?

  init(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place < bytes.count {
      // Eight bytes of ASCII at once.
      if place + 8 <= bytes.count,
        bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        place += 8
        continue
      }
      if bytes[place] < 0x80 {
        place += 1
        continue
      }
      isASCII = false
      if let length = Self.letter(bytes, place) {
        hasLongLetters = true
        place += length
      } else {
        firstInvalid = firstInvalid ?? place
        if hasLongLetters { return }
        place += 1
      }
    }
  }

  /// The bytes of the letter that begins at `place`; `nil` where none does.
  private static func letter(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int? {
    let first = bytes[place]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard (0xC2...0xF4).contains(first), place + length <= bytes.count else { return nil }
    for index in 1..<length where bytes[place + index] & 0xC0 != 0x80 { return nil }
    let second = bytes[place + 1]
    switch first {
    case 0xE0: return second >= 0xA0 ? length : nil
    case 0xED: return second < 0xA0 ? length : nil
    case 0xF0: return second >= 0x90 ? length : nil
    case 0xF4: return second < 0x90 ? length : nil
    default: return length
    }
  }
}

/// Line and column of a byte, both from 1, the column in letters.
struct TextPlace: CustomStringConvertible {
  let line: Int
  let column: Int

  init(of byte: Int, in bytes: UnsafeRawBufferPointer, isUTF8: Bool = true) {
    var (line, start, position) = (1, 0, 0)
    while position < byte {
      let isReturn = bytes[position] == TableScanner.carriageReturn
      let ends =
        bytes[position] == TableScanner.lineFeed
        || (isReturn
          && !(position + 1 < bytes.count && bytes[position + 1] == TableScanner.lineFeed))
      position += 1
      if ends { (line, start) = (line + 1, position) }
    }
    self.line = line
    let before = bytes[min(start, byte)..<byte]
    column = isUTF8 ? String(decoding: before, as: UTF8.self).count + 1 : before.count + 1
  }

  var description: String { "\(line):\(column)" }
}
