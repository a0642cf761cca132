import CImages
import Glibc
import Machine
import Synchronization
import Tracking

/// A file of an image, as its header tells it.
struct ImageFile: Sendable {
  let height: Int
  let width: Int
  /// Whether it has no colours.
  let isGray: Bool
  /// SHA-256 of its bytes.
  let digest: String

  /// What is wrong with a file, as a clause behind its name.
  struct Problem: Error {
    let message: String
  }

  /// Bytes of one file, at most.
  private static let mostBytes = 1 << 28

  /// Reads a file and looks at its header and at the chain of its parts; nothing is decoded.
  init(inspecting path: String) throws(Problem) {
    let bytes = try Self.bytes(of: path)
    let image = try Self.inspect(bytes)
    self.init(image, bytes)
  }

  private init(_ image: labbook_image, _ bytes: [UInt8]) {
    height = Int(image.height)
    width = Int(image.width)
    isGray = image.is_gray != 0
    var digest = SHA256Digest()
    bytes.withUnsafeBytes { digest.update($0) }
    self.digest = digest.hex()
  }

  /// Decodes a file into bytes of (channels, height, width).
  ///
  /// - Returns: what was read, to be compared with what was seen before.
  @discardableResult
  static func read(
    _ path: String, channels: Int, height: Int, width: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) throws(Problem) -> ImageFile {
    let bytes = try Self.bytes(of: path)
    var image = try inspect(bytes)
    let problem = bytes.withUnsafeBufferPointer {
      labbook_image_read(
        $0.baseAddress, $0.count, &image, Int32(channels), Int32(height), Int32(width), target)
    }
    if let problem { throw Problem(message: String(cString: problem)) }
    return ImageFile(image, bytes)
  }

  private static func inspect(_ bytes: [UInt8]) throws(Problem) -> labbook_image {
    var image = labbook_image()
    let problem = bytes.withUnsafeBufferPointer {
      labbook_image_inspect($0.baseAddress, $0.count, &image)
    }
    guard let problem else { return image }
    let kind = otherKind(bytes).map { "is \($0), neither PNG nor JPEG" }
    throw Problem(message: kind ?? String(cString: problem))
  }

  /// The formats that are known by their first bytes and not read.
  private static func otherKind(_ bytes: [UInt8]) -> String? {
    func begins(_ text: String, at place: Int = 0) -> Bool {
      bytes.dropFirst(place).starts(with: Array(text.utf8))
    }
    if begins("GIF8") { return "GIF" }
    if begins("BM") { return "BMP" }
    if begins("II*\0") || begins("MM\0*") { return "TIFF" }
    if begins("RIFF"), begins("WEBP", at: 8) { return "WebP" }
    if begins("ftyp", at: 4) { return "HEIC or AVIF" }
    if begins("<svg") || begins("<?xml") { return "SVG" }
    return begins("<!DOCTYPE") || begins("<html") ? "a web page" : nil
  }

  /// The bytes of a regular file; opening a pipe does not wait.
  private static func bytes(of path: String) throws(Problem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Problem(message: "cannot be read: \(systemReason(errno))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Problem(message: "is not a regular file")
    }
    let count = Int(status.st_size)
    guard count <= mostBytes else { throw Problem(message: "has more than 256 MB") }
    var failure: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
      while read < count {
        let more = Glibc.read(descriptor, buffer.baseAddress.map { $0 + read }, count - read)
        if more < 0, errno == EINTR { continue }
        if more < 0 { failure = errno }
        if more <= 0 { return }
        read += more
      }
    }
    if let failure { throw Problem(message: "cannot be read: \(systemReason(failure))") }
    return bytes
  }
}

/// The values of all numbers below `count` in their order, made in blocks by a thread for each core.
func madeInParallel<Value: Sendable>(
  _ count: Int, _ make: @escaping @Sendable (Int) -> Value
) -> [Value] {
  let size = 32
  let blocks = MadeBlocks<Value>((count + size - 1) / size)
  Parallel.forEach(blocks.count) { block in
    blocks.set(block, (block * size..<min(count, (block + 1) * size)).map(make))
  }
  return blocks.all
}

private final class MadeBlocks<Value: Sendable>: Sendable {
  let count: Int
  private let blocks: Mutex<[[Value]]>

  init(_ count: Int) {
    self.count = count
    blocks = Mutex(Array(repeating: [], count: count))
  }

  func set(_ block: Int, _ values: [Value]) { blocks.withLock { $0[block] = values } }

  var all: [Value] { blocks.withLock { $0.flatMap { $0 } } }
}
