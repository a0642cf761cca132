package import Foundation
import Synchronization
import Tracking

/// A data file as bytes, read once.
public struct FileBytes: Sendable {
  package let path: String
  package let data: Data

  /// Wraps bytes that are there already; `path` is for messages.
  package init(path: String, data: Data) {
    self.path = path
    self.data = data
  }

  /// Reads a regular file; `setting` is the key of the experiment file that names it.
  package init(reading path: String, setting: String, hint: String = "") throws(DataError) {
    func problem(_ message: String) -> DataError {
      DataError(setting: setting, "\(path) \(message)", hint: hint)
    }
    if let scheme = path.range(of: "://") {
      let name = path[scheme.upperBound...].split(separator: "/").last ?? "FILE"
      throw DataError(
        setting: setting, "\(path) is an address, a file on this machine is needed",
        hint: "Fetch it first, then write \(setting): \(name): curl -LO \(path)")
    }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw problem("does not exist")
    }
    if isDirectory.boolValue { throw problem("is a folder, a file is needed") }
    let real = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let attributes = try? FileManager.default.attributesOfItem(atPath: real.path)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      throw problem("is not a regular file")
    }
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    try MemoryLimit.check(rows: size, columns: 1, bytes: 2, setting: setting, place: path)
    guard let data = try? Data(contentsOf: real) else { throw problem("cannot be read") }
    self.init(path: path, data: data)
  }

  /// Reads the rows to predict for: a regular file, or standard input, which is called `-`.
  package init(input path: String) throws(DataError) {
    guard path == "-" else {
      try self.init(reading: path, setting: "input")
      return
    }
    let name = "<stdin>"
    var data = Data()
    do {
      while let more = try FileHandle.standardInput.read(upToCount: 1 << 24), !more.isEmpty {
        data += more
        try MemoryLimit.check(
          rows: data.count, columns: 1, bytes: 2, setting: "input", place: name)
      }
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError(setting: "input", "\(name) cannot be read: \(fileReason(error))")
    }
    self.init(path: name, data: data)
  }

  /// Calls `body` with the bytes in memory and throws what it throws.
  package func withBytes<Value>(
    _ body: (UnsafeRawBufferPointer) throws(DataError) -> Value
  ) throws(DataError) -> Value {
    let result = data.withUnsafeBytes { bytes in
      Result { () throws(DataError) in try body(bytes) }
    }
    return try result.get()
  }

  /// SHA-256 of the bytes.
  package var digest: String {
    var digest = SHA256Digest()
    data.withUnsafeBytes { digest.update($0) }
    return digest.hex()
  }
}

/// The digest of a file's bytes, made when it is first asked for or where a core is free.
final class LazyDigest: Sendable {
  private let file: FileBytes
  private let made = Mutex<String?>(nil)

  init(_ file: FileBytes) { self.file = file }

  /// Makes it, unless it is there; who asks meanwhile waits.
  func make() {
    made.withLock { made in
      if made == nil { made = file.digest }
    }
  }

  var hex: String {
    make()
    return made.withLock { $0 ?? "" }
  }
}
