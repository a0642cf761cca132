package import Foundation

/// A file or folder in the making, under a name of ours, until it is whole and gets its own.
///
/// A lock on it lives as long as its maker: by that a later process knows what a killed one left, and
/// removes it when it makes something in the same folder.
package final class UnfinishedFile {
  /// Where it lies now.
  package let path: String
  private let target: String
  private let kind: Kind
  private let descriptor: Int32
  private var isNamed = false

  /// What is being made.
  package enum Kind: Sendable {
    case file
    /// A folder with these permissions.
    case folder(mode_t)
  }

  /// Makes an empty one.
  ///
  /// - Parameters:
  ///   - folder: where it lies until it has its name.
  ///   - target: how errors call it.
  /// - Throws: `LabbookError` where it cannot be made.
  package init(
    in folder: String, for target: String, kind: Kind = .file
  ) throws(LabbookError) {
    Leftovers.removeOnce(in: folder)
    self.target = target
    self.kind = kind
    while true {
      let path = "\(folder)/\(Leftovers.newName())"
      let descriptor = kind.open(path)
      if descriptor < 0, errno == EEXIST || errno == EINTR { continue }
      guard descriptor >= 0 else { throw Self.failure(target) }
      _ = flock(descriptor, LOCK_EX)
      // Between the two calls it may have looked like one that a killed process left.
      if Leftovers.isSame(descriptor, path) {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      close(descriptor)
    }
  }

  deinit {
    if !isNamed { Leftovers.remove(path, isFolder: kind.isFolder) }
    close(descriptor)
  }

  /// Adds bytes to the file; it does not wait for the disk.
  package func write(_ data: Data) throws(LabbookError) {
    guard data.writeAll(to: descriptor) else { throw Self.failure(target) }
  }

  /// Gives it its name, in place of whatever file has it now, with that file's permissions.
  package func take(name: String) throws(LabbookError) {
    var status = stat()
    if !kind.isFolder, stat(name, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      fchmod(descriptor, status.st_mode & 0o7777)
    }
    guard rename(path, name) == 0 else { throw Self.failure(target) }
    isNamed = true
  }

  private static func failure(_ target: String) -> LabbookError {
    .failure("'\(target)' cannot be written: \(systemReason(errno))")
  }
}

extension UnfinishedFile.Kind {
  fileprivate var isFolder: Bool {
    if case .folder = self { true } else { false }
  }

  /// Makes and opens it; negative, with `errno`, where that fails.
  fileprivate func open(_ path: String) -> Int32 {
    switch self {
    case .file: return Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    case .folder(let mode):
      guard mkdir(path, mode) == 0 else { return -1 }
      let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      // Before it is locked it looks like one that a killed process left.
      if descriptor < 0, errno == ENOENT { errno = EEXIST }
      return descriptor
    }
  }
}

extension Data {
  /// Writes all bytes to an open file; false, with `errno`, where that fails.
  package func writeAll(to descriptor: Int32) -> Bool {
    withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        done += count
      }
      return true
    }
  }
}
