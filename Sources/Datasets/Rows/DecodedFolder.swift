package import Foundation
import Synchronization
import Tracking

/// A folder beside a store in which decoded files are kept, so that they are decoded once.
///
/// Nothing is made before `keep()` is called, so that a command that writes nothing may read what
/// another one has kept. What lies there can be removed at any time.
package final class DecodedFolder: Sendable {
  private let path: String
  private let state = Mutex(State())

  private struct State: Sendable {
    var isKept = false
    /// What is to be written once something may be.
    var waiting: [(name: String, bytes: @Sendable () -> Data)] = []
  }

  /// How much is kept: the files used last, at most so many bytes unless it is one file.
  private static let mostBytes = 8 << 30

  package init(_ path: String) { self.path = path }

  /// The bytes that were kept under a name, where they are whole; `nil` elsewhere.
  ///
  /// - Parameters:
  ///   - name: hexadecimal digits that say all that decides the bytes.
  ///   - count: how many bytes there must be.
  package func bytes(_ name: String, count: Int) -> Data? {
    let file = path(of: name)
    let url = URL(fileURLWithPath: file)
    guard let data = try? Data(contentsOf: url, options: .mappedIfSafe),
      data.count == count + Self.digits
    else { return nil }
    var digest = SHA256Digest()
    data.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    guard data.suffix(Self.digits) == Data(digest.hex().utf8) else { return nil }
    // The files that were used last are kept.
    if state.withLock({ $0.isKept }) {
      try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: file)
    }
    return data.prefix(count)
  }

  /// Takes bytes to be kept, now or when something may be written; a disk that is full is no error.
  package func offer(_ name: String, _ bytes: @escaping @Sendable () -> Data) {
    let isKept = state.withLock { state in
      if !state.isKept { state.waiting.append((name, bytes)) }
      return state.isKept
    }
    if isKept { write(name, bytes()) }
  }

  /// From now on what is offered is written, and what waits is written first.
  package func keep() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      state.isKept = true
      return state.waiting
    }
    for (name, bytes) in waiting { write(name, bytes()) }
  }

  private static let digits = 64
  private static let ending = ".decoded"

  private func path(of name: String) -> String { "\(path)/\(name)\(Self.ending)" }

  private func write(_ name: String, _ bytes: Data) {
    var digest = SHA256Digest()
    digest.update(bytes)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    } catch CocoaError.fileWriteFileExists {
    } catch { return }
    makeRoom(for: bytes.count)
    do throws(LabbookError) {
      let file = try UnfinishedFile(in: path, for: path(of: name))
      try file.write(bytes)
      try file.write(Data(digest.hex().utf8))
      try file.take(name: path(of: name))
    } catch {}
  }

  /// Removes files of ours that were not used for the longest time.
  private func makeRoom(for count: Int) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let files = names.filter { $0.hasSuffix(Self.ending) }.compactMap {
      name -> (path: String, bytes: Int, used: Date)? in
      let file = "\(path)/\(name)"
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
        attributes[.type] as? FileAttributeType == .typeRegular,
        let size = attributes[.size] as? NSNumber, let used = attributes[.modificationDate] as? Date
      else { return nil }
      return (file, size.intValue, used)
    }
    var total = files.reduce(count) { $0 + $1.bytes }
    for file in files.sorted(by: { $0.used < $1.used }) where total > Self.mostBytes {
      unlink(file.path)
      total -= file.bytes
    }
  }
}
