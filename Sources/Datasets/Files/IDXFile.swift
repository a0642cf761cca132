import Foundation
import TensorKernels
import Tracking

/// One file of the IDX format: a magic number, sizes and numbers, gzip or plain.
///
/// http://yann.lecun.com/exdb/mnist: two zero bytes, the type, the number of dimensions, each
/// dimension as a big-endian 32-bit number, then the numbers, big-endian too.
struct IDXFile {
  let path: String
  let sizes: [Int]
  let numbers: Numbers
  let digest: String

  /// What the file holds.
  enum Numbers {
    /// Unsigned bytes.
    case bytes(SharedArray<UInt8>)
    case doubles([Double], isWhole: Bool)
  }

  /// The types by their number in the file.
  private static let elements: [UInt8: NumberElement] = [
    8: NumberElement(kind: .unsigned, width: 1, isBigEndian: true),
    9: NumberElement(kind: .signed, width: 1, isBigEndian: true),
    11: NumberElement(kind: .signed, width: 2, isBigEndian: true),
    12: NumberElement(kind: .signed, width: 4, isBigEndian: true),
    13: NumberElement(kind: .real, width: 4, isBigEndian: true),
    14: NumberElement(kind: .real, width: 8, isBigEndian: true),
  ]

  /// Reads a file with so many dimensions.
  ///
  /// - Parameter what: what the file is for, in a message: `images`, `labels`.
  init(
    reading path: String, dimensions: ClosedRange<Int>, what: String, setting: String,
    hint: String = ""
  ) throws(DataError) {
    try self.init(
      FileBytes(reading: path, setting: setting, hint: hint), dimensions: dimensions, what: what,
      setting: setting)
  }

  /// The same of bytes that are there already.
  init(
    _ file: FileBytes, dimensions: ClosedRange<Int>, what: String, setting: String
  ) throws(DataError) {
    let path = file.path
    let reader = GzipReader(file)
    func problem(_ message: String) -> DataError {
      DataError(setting: setting, place: path, message)
    }
    let header = Self.header(reader, count: 4 + 4 * dimensions.upperBound)
    guard let header else { throw problem("the compressed data is damaged") }
    guard header.count >= 4, header[0] == 0, header[1] == 0 else {
      throw problem("this is no IDX file: it does not begin with two zero bytes")
    }
    guard let element = Self.elements[header[2]] else {
      throw problem("\(header[2]) is no type of IDX: they are 8, 9, 11, 12, 13 and 14")
    }
    guard dimensions.contains(Int(header[3])) else {
      throw problem(
        "an IDX file of \(what) has \(Self.words(dimensions)) dimensions, this one has "
          + "\(header[3])")
    }
    let headerCount = 4 + 4 * Int(header[3])
    guard header.count >= headerCount else { throw problem("the file ends within its header") }
    sizes = (0..<Int(header[3])).map { Self.size(header, at: 4 + 4 * $0) }
    let count = try Self.count(sizes, headerCount, element.width, reader, setting, path)
    let whole = try Self.whole(reader, headerCount + count, skipping: headerCount, problem)
    if element.isByte {
      numbers = .bytes(
        SharedArray(count: count) { target in
          _ = target.initialize(from: whole[headerCount...])
        })
    } else {
      let values = whole.withUnsafeBytes { bytes in
        element.doubles(UnsafeRawBufferPointer(rebasing: bytes[headerCount...]))
      }
      let problem = DataError.notFinite(
        values, sizes: sizes, called: what, setting: setting, place: path)
      if let problem { throw problem }
      numbers = .doubles(values, isWhole: element.isWhole)
    }
    self.path = path
    digest = file.digest
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func header(_ reader: GzipReader, count: Int) -> [UInt8]? {
    var result: [UInt8]? = nil
    _ = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      buffer.initialize(repeating: 0)
      initialized = count
      if let read = reader.read(into: buffer) { result = Array(buffer.prefix(read.count)) }
    }
    return result
  }

  private static func size(_ header: [UInt8], at place: Int) -> Int {
    header[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  /// The bytes behind the header by its sizes, once they are known to be there and to fit.
  private static func count(
    _ sizes: [Int], _ headerCount: Int, _ width: Int, _ reader: GzipReader, _ setting: String,
    _ path: String
  ) throws(DataError) -> Int {
    let shape = sizes.map(String.init).joined(separator: " x ")
    var count = width
    var overflows = false
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      count = product
      overflows = overflows || overflow
    }
    if overflows || count > reader.greatestCount - headerCount {
      throw DataError(
        setting: setting, place: path,
        "the header promises \(shape) \(width == 1 ? "bytes" : "numbers of \(width) bytes"), more "
          + "than the file can hold")
    }
    if count == 0 {
      throw DataError(setting: setting, place: path, "the file is empty: its header says \(shape)")
    }
    try MemoryLimit.check(
      rows: sizes[0], columns: count / width / sizes[0], bytes: width == 1 ? 6 : 2 * width + 20,
      setting: setting, place: path)
    return count
  }

  /// The unpacked file, which must have so many bytes.
  private static func whole(
    _ reader: GzipReader, _ total: Int, skipping headerCount: Int, _ problem: (String) -> DataError
  ) throws(DataError) -> [UInt8] {
    let count = total - headerCount
    var outcome: (count: Int, more: Bool)?
    let whole = [UInt8](unsafeUninitializedCapacity: total) { buffer, initialized in
      let target = UnsafeMutableBufferPointer(rebasing: buffer[0..<total])
      outcome = reader.read(into: target)
      initialized = outcome?.count ?? 0
    }
    guard let outcome else { throw problem("the compressed data is damaged or ends too early") }
    if outcome.count < total {
      throw problem(
        "the header promises \(count) bytes, the file has \(max(0, outcome.count - headerCount))")
    }
    if outcome.more { throw problem("the file has more bytes than the \(count) of its header") }
    return whole
  }
}

extension IDXFile {
  /// The shape of one row: (channels, height, width), or a number of columns.
  var rowShape: [Int] {
    switch sizes.count {
    case 2: [sizes[1]]
    case 3: [1] + sizes.dropFirst()
    default: Array(sizes.dropFirst())
    }
  }

  /// The rows as a source's features.
  var features: RawData.Features {
    switch numbers {
    case .bytes(let bytes): .bytes(bytes)
    case .doubles(let values, _):
      .numbers(SharedArray(values), stride: values.count / sizes[0])
    }
  }

  /// The numbers as labels.
  ///
  /// - Throws: an error at a number that is none of a class.
  func labels(setting: String) throws(DataError) -> [Int32] {
    switch numbers {
    case .bytes(let bytes): return bytes.elements.map { Int32($0) }
    case .doubles(let values, _):
      let wrong = values.firstIndex {
        $0 != $0.rounded() || $0 < 0 || $0 >= Double(LabelNames.mostClasses)
      }
      if let wrong {
        throw DataError(
          setting: setting, place: path,
          "label \(wrong + 1) is \(ParameterValue.number(values[wrong]).json), a whole number from "
            + "0 to \(LabelNames.mostClasses - 1) is needed")
      }
      return values.map { Int32($0) }
    }
  }
}
