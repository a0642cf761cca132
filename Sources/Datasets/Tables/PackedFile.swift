import CZlib
import Foundation

/// What a file of text holds: its bytes as they are, or unpacked where they are gzip or zip.
struct PackedFile {
  let file: FileBytes
  /// What it was packed by; `nil` for nothing.
  let packing: String?

  /// Unpacks by content, whatever the file is called.
  ///
  /// - Throws: an error where the packed bytes are damaged, or more than the machine can hold.
  init(_ file: FileBytes) throws(DataError) {
    if file.data.starts(with: [0x1F, 0x8B]) {
      packing = "gzip"
      self.file = FileBytes(path: file.path, data: try Self.gunzip(file))
    } else if file.data.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      packing = "zip"
      self.file = FileBytes(path: file.path, data: try ZipArchive(file).onlyMember())
    } else {
      packing = nil
      self.file = file
    }
  }

  /// Whether bytes begin as a packed file does.
  static func isPacked(_ head: Data) -> Bool {
    head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x50, 0x4B, 0x03, 0x04])
  }

  private static func gunzip(_ file: FileBytes) throws(DataError) -> Data {
    do throws(Inflation.Problem) {
      // 16 added to the window's bits asks for gzip's header and checksum.
      return try Inflation(windowBits: 15 + 16, severalMembers: true).run(file.data)
    } catch {
      switch error {
      case .damaged:
        throw DataError(
          setting: "path", place: file.path, "the file is gzip, but it is damaged or cut off",
          hint: "Fetch it anew; gzip -t \(file.path) says what is wrong.")
      case .tooMuch(let bytes): throw Self.tooMuch(file, bytes)
      }
    }
  }

  static func tooMuch(_ file: FileBytes, _ bytes: Int) -> DataError {
    DataError(
      setting: "path", place: file.path,
      "unpacked the file has more than \(bytes >> 20) MB, which this machine cannot hold")
  }
}

/// Unpacks deflated bytes, as many as the machine can hold.
struct Inflation {
  enum Problem: Error {
    case damaged
    /// More than so many bytes.
    case tooMuch(Int)
  }

  let windowBits: Int32
  /// Whether further members may follow the first.
  let severalMembers: Bool
  var most = Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)

  init(windowBits: Int32, severalMembers: Bool) {
    self.windowBits = windowBits
    self.severalMembers = severalMembers
  }

  func run(_ data: Data) throws(Problem) -> Data {
    let result = data.withUnsafeBytes { source in
      Result { () throws(Problem) in try run(source.bindMemory(to: UInt8.self)) }
    }
    return try result.get()
  }

  private func run(_ input: UnsafeBufferPointer<UInt8>) throws(Problem) -> Data {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, size) == Z_OK else { throw .damaged }
    defer { inflateEnd(&stream) }
    var result = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var read = 0
    while true {
      let part = min(input.count - read, 1 << 30)
      stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + read) }
      stream.avail_in = UInt32(part)
      let status = piece.withUnsafeMutableBufferPointer { target in
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return inflate(&stream, Z_NO_FLUSH)
      }
      read += part - Int(stream.avail_in)
      let written = piece.count - Int(stream.avail_out)
      if result.count + written > most { throw .tooMuch(most) }
      result.append(contentsOf: piece[..<written])
      if status == Z_STREAM_END {
        guard severalMembers, read < input.count, input[read] == 0x1F else { return result }
        guard inflateReset(&stream) == Z_OK else { throw .damaged }
      } else if status != Z_OK || (read == input.count && stream.avail_out > 0) {
        throw .damaged
      }
    }
  }
}
