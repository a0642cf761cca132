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
    let file = try RegularFile(path, setting: setting, hint: hint)
    try MemoryLimit.check(rows: file.size, columns: 1, bytes: 2, setting: setting, place: path)
    guard let data = try? Data(contentsOf: URL(fileURLWithPath: file.real)) else {
      throw DataError(setting: setting, "\(path) cannot be read", hint: hint)
    }
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

/// A digest that is made when it is first asked for or where a core is free.
final class LazyDigest: Sendable {
  private let maker: @Sendable () -> String
  private let made = Mutex<String?>(nil)

  init(_ maker: @escaping @Sendable () -> String) { self.maker = maker }

  /// Makes it, unless it is there; who asks meanwhile waits.
  func make() {
    made.withLock { made in
      if made == nil { made = maker() }
    }
  }

  var hex: String {
    make()
    return made.withLock { $0 ?? "" }
  }
}
