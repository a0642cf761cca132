public import Foundation

/// Files that commands write for people and other programs: whole or not there.
public enum OutputFile {
  /// Whose word the path is.
  public enum Manner: Sendable {
    /// The user named this very file: a link is followed, and into a pipe or a device the bytes go as
    /// they are; neither is replaced.
    case named
    /// It lies in a folder of ours: a link that lies there is replaced, and what it leads to stays.
    case own
  }

  /// Writes a file whole, under another name first.
  ///
  /// - Throws: `LabbookError` that names the path and says why.
  public static func write(
    _ data: Data, to path: String, _ manner: Manner = .named
  ) throws(LabbookError) {
    switch try target(of: path, manner) {
    case .stream(let descriptor):
      fflush(nil)
      guard data.writeAll(to: descriptor) else { throw failure(path) }
    case .opened(let descriptor):
      defer { close(descriptor) }
      guard data.writeAll(to: descriptor) else { throw failure(path) }
    case .file(let real):
      let file = try UnfinishedFile(in: folder(of: real), for: path)
      try file.write(data)
      try file.take(name: real)
    }
  }

  /// Whether a path is what this process prints its results to, so that nothing else may go there.
  public static func isStandardOutput(_ path: String) -> Bool {
    stream(path) == STDOUT_FILENO
  }

  /// Whether a path leads to something that is no file: a pipe, a device, an open stream.
  public static func isStream(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
      || stream(path) != nil
  }

  /// Where a path leads behind all links, also where nothing lies there yet.
  ///
  /// - Throws: `LabbookError` where links lead in a circle.
  public static func behindLinks(_ path: String) throws(LabbookError) -> String {
    var place = path
    for _ in 0..<40 {
      var target = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(place, &target, Int(PATH_MAX))
      guard count >= 0 else { return place }
      let text = String(decoding: target[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      place = text.hasPrefix("/") ? text : folder(of: place) + "/" + text
    }
    throw .failure("'\(path)' cannot be written: its links lead in a circle")
  }

  /// The folder of a path; `.` where it names none.
  public static func folder(of path: String) -> String {
    let folder = PathText(path).folder
    return folder.isEmpty ? "." : folder
  }

  private enum Target {
    /// A file of this name.
    case file(String)
    /// A stream that this process has.
    case stream(Int32)
    /// Something that was opened, to be closed.
    case opened(Int32)
  }

  private static func target(of path: String, _ manner: Manner) throws(LabbookError) -> Target {
    var status = stat()
    if manner == .own {
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        return .file(path)
      }
      errno = EISDIR
      throw failure(path)
    }
    guard !path.isEmpty, !path.hasSuffix("/") else {
      throw .input("'\(path)' is not the name of a file")
    }
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else { throw failure(path) }
      return .file(try behindLinks(path))
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      errno = EISDIR
      throw failure(path)
    }
    if let stream = stream(path) { return .stream(stream) }
    if status.st_mode & S_IFMT == S_IFREG { return .file(try behindLinks(path)) }
    let descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    return .opened(descriptor)
  }

  /// The open stream of this process that a path is: `/dev/stdout`, `/dev/fd/3`, or the file to which
  /// results or errors are being printed.
  private static func stream(_ path: String) -> Int32? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
    var candidates = [STDOUT_FILENO, STDERR_FILENO]
    if let number = Int32(PathText(path).name),
      path == "/dev/fd/\(number)" || path == "/proc/self/fd/\(number)"
    {
      candidates.insert(number, at: 0)
    }
    return candidates.first { candidate in
      var other = stat()
      return fstat(candidate, &other) == 0 && other.st_ino == status.st_ino
        && other.st_dev == status.st_dev
    }
  }

  private static func failure(_ path: String) -> LabbookError {
    .failure("'\(path)' cannot be written: \(systemReason(errno))")
  }
}
