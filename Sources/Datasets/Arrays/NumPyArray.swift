import Foundation
import TensorKernels
import Tracking

/// One array of NumPy's format: a header that says type, order and shape, then its numbers.
///
/// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct NumPyArray {
  let sizes: [Int]
  let element: NumberElement
  /// Whether the first index runs fastest.
  let isFortran: Bool
  private let bytes: Data

  /// What is wrong with an array, as a clause behind its name, and the way out.
  struct Problem: Error {
    let message: String
    var hint = ""
  }

  var count: Int { sizes.reduce(1, *) }

  /// The bytes that an array begins with.
  static let signature: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// Reads a header and checks that the bytes behind it are those of its shape.
  init(_ data: Data) throws(Problem) {
    let data = Data(data)
    let header = try Self.header(data)
    let text = header.text
    element = try Self.element(text)
    guard let isFortran = Self.flag("fortran_order", in: text),
      let sizes = Self.sizes(text), sizes.count <= 32
    else { throw Problem(message: "has a header that is damaged") }
    (self.isFortran, self.sizes) = (isFortran, sizes)
    var count = element.width
    for size in sizes {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw Problem(message: "has a header that is damaged") }
      count = product
    }
    let rest = data.count - header.end
    guard rest == count else {
      throw Problem(
        message:
          "has \(rest) bytes of numbers, its header promises \(Self.words(sizes)) numbers of "
          + "\(element.width) bytes")
    }
    bytes = data.suffix(from: header.end)
  }

  /// A shape as NumPy writes it.
  static func words(_ sizes: [Int]) -> String {
    "(" + sizes.map(String.init).joined(separator: ", ") + (sizes.count == 1 ? ",)" : ")")
  }

  // MARK: Numbers

  /// The numbers with the last index fastest, of axes in another order where one is given.
  func doubles(axes: [Int]? = nil) -> [Double] {
    let stored = bytes.withUnsafeBytes { element.doubles($0) }
    return ordered(stored, axes)
  }

  /// The bytes of an array of unsigned bytes, ordered likewise.
  func unsignedBytes(axes: [Int]? = nil) -> [UInt8] { ordered(Array(bytes), axes) }

  private func ordered<Number>(_ stored: [Number], _ axes: [Int]?) -> [Number] {
    let axes = axes ?? Array(sizes.indices)
    var strides = [Int](repeating: 1, count: sizes.count)
    var step = 1
    for axis in isFortran ? Array(sizes.indices) : sizes.indices.reversed() {
      strides[axis] = step
      step *= sizes[axis]
    }
    let wanted = axes.map { (size: sizes[$0], stride: strides[$0]) }
    if !isFortran, axes == Array(sizes.indices) { return stored }
    return [Number](unsafeUninitializedCapacity: stored.count) { target, initialized in
      stored.withUnsafeBufferPointer { source in
        var place = 0
        func walk(_ axis: Int, _ from: Int) {
          guard axis < wanted.count else {
            (target.baseAddress.map { $0 + place })?.initialize(to: source[from])
            place += 1
            return
          }
          for index in 0..<wanted[axis].size { walk(axis + 1, from + index * wanted[axis].stride) }
        }
        walk(0, 0)
        initialized = place
      }
    }
  }

  // MARK: Header

  private static func header(_ data: Data) throws(Problem) -> (text: String, end: Int) {
    guard data.count >= 10, data.starts(with: signature) else {
      throw Problem(message: "is no array of NumPy's")
    }
    let version = data[6]
    guard (1...3).contains(version) else {
      throw Problem(message: "is of version \(version) of NumPy's format, which is not known")
    }
    let start = version == 1 ? 10 : 12
    guard data.count >= start else { throw Problem(message: "is cut off") }
    let count = (8..<start).reversed().reduce(0) { $0 << 8 | Int(data[$1]) }
    guard count <= min(1 << 20, data.count - start) else {
      throw Problem(message: "has a header that is damaged")
    }
    return (String(decoding: data[start..<start + count], as: UTF8.self), start + count)
  }

  /// What stands behind a name of the header, which is a dictionary of Python.
  private static func value(_ name: String, in text: String) -> Substring? {
    guard let found = text.range(of: "'\(name)':") else { return nil }
    return text[found.upperBound...].drop { $0 == " " }
  }

  private static func flag(_ name: String, in text: String) -> Bool? {
    guard let value = value(name, in: text) else { return nil }
    return value.hasPrefix("True") ? true : value.hasPrefix("False") ? false : nil
  }

  private static func sizes(_ text: String) -> [Int]? {
    guard let value = value("shape", in: text), value.first == "(",
      let end = value.firstIndex(of: ")")
    else { return nil }
    var sizes: [Int] = []
    for part in value[value.index(after: value.startIndex)..<end].split(separator: ",") {
      var word = part.trimmingCharacters(in: .whitespaces)
      if word.isEmpty { continue }
      if word.hasSuffix("L") { word.removeLast() }
      guard word.allSatisfy(\.isNumber), let size = Int(word) else { return nil }
      sizes.append(size)
    }
    return sizes
  }

  private static func element(_ text: String) throws(Problem) -> NumberElement {
    guard let value = value("descr", in: text) else {
      throw Problem(message: "has a header that is damaged")
    }
    if value.first == "[" {
      throw Problem(
        message: "is a structured array, one of plain numbers is needed",
        hint: "numpy.lib.recfunctions.structured_to_unstructured makes one of it.")
    }
    let word = value.dropFirst().prefix { $0 != "'" && $0 != "\"" }
    let order = word.first.map { "<>=|".contains($0) ? $0 : "=" } ?? "="
    let type = word.drop { "<>=|".contains($0) }
    let kinds: [Character: (kind: NumberElement.Kind, widths: [Int])] = [
      "b": (.truth, [1]), "u": (.unsigned, [1, 2, 4, 8]), "i": (.signed, [1, 2, 4, 8]),
      "f": (.real, [2, 4, 8]),
    ]
    if let letter = type.first, let known = kinds[letter], let width = Int(type.dropFirst()),
      known.widths.contains(width)
    {
      return NumberElement(kind: known.kind, width: width, isBigEndian: order == ">")
    }
    switch type.first {
    case "O":
      throw Problem(
        message: "holds objects of Python, which are not read",
        hint: "Make numbers of it before it is saved, such as by .astype(float).")
    case "U", "S", "a":
      throw Problem(
        message: "holds texts, numbers are needed",
        hint:
          "Number them: names, y = numpy.unique(y, return_inverse=True); names go to classes: [...]."
      )
    case "M", "m":
      throw Problem(
        message: "holds times, numbers are needed", hint: "Make numbers of it: .astype(float).")
    case "c":
      throw Problem(
        message: "holds complex numbers, which are not read",
        hint: "Put .real and .imag side by side.")
    default:
      throw Problem(
        message: "holds numbers of type '\(word.prefix(20))', which are not read",
        hint: "Make doubles of them: .astype(float).")
    }
  }
}
