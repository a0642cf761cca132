import CZlib
import Foundation

/// Bytes of a file that may be compressed by gzip, read from their beginning.
struct GzipReader {
  private let file: FileBytes

  init(_ file: FileBytes) { self.file = file }

  var isCompressed: Bool { file.data.starts(with: [0x1F, 0x8B]) }

  /// An upper bound of the bytes there can be: deflate packs at most 1032 to 1.
  var greatestCount: Int { isCompressed ? file.data.count * 1032 : file.data.count }

  /// Fills `target` with the first bytes.
  ///
  /// - Returns: how many bytes there were, at most as many as `target` holds, and whether more
  ///   follow; `nil` where the compressed data is damaged.
  func read(into target: UnsafeMutableBufferPointer<UInt8>) -> (count: Int, more: Bool)? {
    file.data.withUnsafeBytes { source -> (count: Int, more: Bool)? in
      if isCompressed { return Self.inflate(source, into: target) }
      let count = min(source.count, target.count)
      UnsafeMutableRawBufferPointer(target).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source.prefix(count)))
      return (count, source.count > target.count)
    }
  }

  private static func inflate(
    _ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<UInt8>
  ) -> (count: Int, more: Bool)? {
    var stream = z_stream()
    // 16 added to the window's bits asks for gzip's header and checksum.
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    let input = source.bindMemory(to: UInt8.self)
    var (read, written) = (0, 0)
    var extra: UInt8 = 0
    while true {
      let inputPart = min(input.count - read, 1 << 30)
      let outputPart = min(target.count - written, 1 << 30)
      stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + read) }
      stream.avail_in = UInt32(inputPart)
      let isFull = outputPart == 0
      let status = withUnsafeMutablePointer(to: &extra) { one in
        stream.next_out = isFull ? one : target.baseAddress.map { $0 + written }
        stream.avail_out = isFull ? 1 : UInt32(outputPart)
        return CZlib.inflate(&stream, Z_NO_FLUSH)
      }
      read += inputPart - Int(stream.avail_in)
      if isFull && stream.avail_out == 0 { return (written, true) }
      if !isFull { written += outputPart - Int(stream.avail_out) }
      if status == Z_STREAM_END {
        // Several members may follow each other in one file.
        guard read < input.count, input[read] == 0x1F else { return (written, false) }
        guard inflateReset(&stream) == Z_OK else { return nil }
      } else if status != Z_OK || (read == input.count && stream.avail_out > 0) {
        return nil
      }
    }
  }
}
