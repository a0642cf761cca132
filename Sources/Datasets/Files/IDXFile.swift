import Foundation
import TensorKernels

/// One file of the IDX format: a magic number, sizes and unsigned bytes, gzip or plain.
///
/// http://yann.lecun.com/exdb/mnist: two zero bytes, the type (8: unsigned bytes), the number of
/// dimensions, each dimension as a big-endian 32-bit number, then the numbers.
struct IDXFile {
  let path: String
  let sizes: [Int]
  let bytes: SharedArray<UInt8>
  let digest: String

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
    guard header[2] == 8 else {
      throw problem("IDX type \(header[2]) is not unsigned bytes, which are type 8")
    }
    guard dimensions.contains(Int(header[3])) else {
      throw problem(
        "an IDX file of \(what) has \(Self.words(dimensions)) dimensions, this one has "
          + "\(header[3])")
    }
    let headerCount = 4 + 4 * Int(header[3])
    guard header.count >= headerCount else { throw problem("the file ends within its header") }
    sizes = (0..<Int(header[3])).map { Self.size(header, at: 4 + 4 * $0) }
    let count = try Self.count(sizes, headerCount, reader, setting, path)
    bytes = try Self.body(reader, skipping: headerCount, count: count, problem)
    self.path = path
    digest = file.digest
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) or \(range.upperBound)"
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
    _ sizes: [Int], _ headerCount: Int, _ reader: GzipReader, _ setting: String, _ path: String
  ) throws(DataError) -> Int {
    let shape = sizes.map(String.init).joined(separator: " x ")
    var count = 1
    var overflows = false
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      count = product
      overflows = overflows || overflow
    }
    if overflows || count > reader.greatestCount - headerCount {
      throw DataError(
        setting: setting, place: path,
        "the header promises \(shape) bytes, more than the file can hold")
    }
    if count == 0 {
      throw DataError(setting: setting, place: path, "the file is empty: its header says \(shape)")
    }
    try MemoryLimit.check(
      rows: sizes[0], columns: count / sizes[0], bytes: 6, setting: setting, place: path)
    return count
  }

  private static func body(
    _ reader: GzipReader, skipping headerCount: Int, count: Int, _ problem: (String) -> DataError
  ) throws(DataError) -> SharedArray<UInt8> {
    var outcome: (count: Int, more: Bool)?
    let whole = [UInt8](unsafeUninitializedCapacity: headerCount + count) { buffer, initialized in
      let target = UnsafeMutableBufferPointer(rebasing: buffer[0..<headerCount + count])
      outcome = reader.read(into: target)
      initialized = outcome?.count ?? 0
    }
    guard let outcome else { throw problem("the compressed data is damaged or ends too early") }
    if outcome.count < headerCount + count {
      throw problem(
        "the header promises \(count) bytes, the file has \(max(0, outcome.count - headerCount))")
    }
    if outcome.more { throw problem("the file has more bytes than the \(count) of its header") }
    return SharedArray(count: count) { target in
      _ = target.initialize(from: whole[headerCount...])
    }
  }
}
