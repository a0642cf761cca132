public import Foundation

/// A picture as a file holds it, which nobody has drawn here: only its header is read.
public struct StoredPicture: Hashable, Sendable, Codable {
  /// What kind of file it is.
  public enum Kind: String, Hashable, Sendable, Codable {
    case png, jpeg, svg

    /// The kind as a browser names it.
    public var mediaType: String { self == .svg ? "image/svg+xml" : "image/" + rawValue }
  }

  /// What kind of file it is, by its contents.
  public let kind: Kind
  /// Pixels across.
  public let width: Double
  /// Pixels down.
  public let height: Double
  /// The file.
  public let bytes: Data

  /// The greatest file that is taken, in bytes.
  public static let mostBytes = 4 << 20
  /// The greatest number of pixels, which whoever shows it has to hold.
  public static let mostPixels = 1 << 26

  /// Why a file is not taken, as a clause.
  public struct Fault: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
  }

  /// Looks at a file's header.
  ///
  /// - Throws: that it is no picture, too great, or one that declares entities.
  public init(_ bytes: Data) throws(Fault) {
    guard bytes.count <= Self.mostBytes else {
      throw Fault(message: "has more than \(Self.mostBytes >> 20) MiB")
    }
    let header = Array(bytes.prefix(1 << 16))
    guard
      let (kind, width, height) = Self.png(header) ?? Self.jpeg(Array(bytes)) ?? Self.svg(header)
    else { throw Fault(message: "is no PNG, JPEG or SVG") }
    guard width >= 1, height >= 1, width * height <= Double(Self.mostPixels) else {
      throw Fault(message: "is \(Int(width)) x \(Int(height)) pixels large")
    }
    if kind == .svg, bytes.range(of: Data("<!ENTITY".utf8)) != nil {
      throw Fault(message: "declares entities, which no picture needs")
    }
    (self.kind, self.width, self.height, self.bytes) = (kind, width, height, bytes)
  }

  private typealias Header = (Kind, Double, Double)

  /// The header of PNG: a signature, and the chunk IHDR first.
  private static func png(_ bytes: [UInt8]) -> Header? {
    guard bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
      bytes[12..<16].elementsEqual("IHDR".utf8)
    else { return nil }
    func number(_ at: Int) -> Double { Double(bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }) }
    return (.png, number(16), number(20))
  }

  /// The header of JPEG: segments up to the one that begins a frame.
  private static func jpeg(_ bytes: [UInt8]) -> Header? {
    guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      if marker == 0xFF {
        place += 1
        continue
      }
      let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        func number(_ at: Int) -> Double { Double(Int(bytes[at]) << 8 | Int(bytes[at + 1])) }
        return (.jpeg, number(place + 7), number(place + 5))
      }
      place += 2 + length
    }
    return nil
  }

  /// The size of an SVG: its width and height, those of its `viewBox`, or a browser's usual ones.
  private static func svg(_ bytes: [UInt8]) -> Header? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.prefix(8).contains("<"), let start = text.range(of: "<svg"),
      let end = text[start.upperBound...].firstIndex(of: ">")
    else { return nil }
    let tag = text[start.upperBound..<end]
    func value(_ name: String) -> Substring? {
      for quote in ["\"", "'"] {
        guard let open = tag.range(of: " \(name)=\(quote)") ?? tag.range(of: "\n\(name)=\(quote)"),
          let close = tag[open.upperBound...].firstIndex(of: Character(quote))
        else { continue }
        return tag[open.upperBound..<close]
      }
      return nil
    }
    let box = (value("viewBox") ?? "").split { " ,\n\t".contains($0) }.compactMap { Double($0) }
    let shape = box.count == 4 && box[2] > 0 && box[3] > 0 ? (box[2], box[3]) : (300, 150)
    let width = value("width").flatMap(points)
    let height = value("height").flatMap(points)
    switch (width, height) {
    case (let width?, let height?): return (.svg, width, height)
    case (let width?, nil): return (.svg, width, width * shape.1 / shape.0)
    case (nil, let height?): return (.svg, height * shape.0 / shape.1, height)
    case (nil, nil): return (.svg, shape.0, shape.1)
    }
  }

  /// A length in pixels of a page; `nil` for a share of something else.
  private static func points(_ length: Substring) -> Double? {
    let digits = length.prefix { $0.isASCII && ($0.isNumber || ".+-eE".contains($0)) }
    let units = ["": 1.0, "px": 1, "pt": 4.0 / 3, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4]
    // The letter of an exponent may be that of a unit.
    for cut in [digits, digits.prefix { !"eE".contains($0) }] {
      let unit = length.dropFirst(cut.count).trimmingCharacters(in: .whitespaces)
      if let factor = units[unit], let number = Double(cut), number > 0, number < 1e6 {
        return number * factor
      }
    }
    return nil
  }
}
