import Foundation
import GRDB
import Tracking

extension RunStore {
  /// Removes what killed processes left in the runs' folders: files that they were writing, and
  /// checkpoints of runs that have ended since.
  ///
  /// What a living process trains is left alone.
  public func removeLeftovers() throws {
    guard isWritable, let folders = RunFolder.names(runsFolder) else { return }
    for run in folders.compactMap({ RunID($0) }) {
      guard let folder = RunFolder(run, in: runsFolder), folder.hasLeftovers,
        let row = try row(of: run), let lock = try claims.tryLock(row)
      else { continue }
      defer { lock.release() }
      folder.removeUnfinished()
      if try needsNoCheckpoint(row) { folder.remove(RunFolder.checkpoint) }
      rmdir(self.folder(of: run))  // Only where it is empty.
    }
  }

  /// Removes what a killed process was writing; to be called by whoever holds the run's lock.
  func removeUnfinishedFiles(of run: RunID) {
    RunFolder(run, in: runsFolder)?.removeUnfinished()
  }

  private func needsNoCheckpoint(_ row: Int64) throws -> Bool {
    try read { db in
      try Bool.fetchOne(
        db,
        sql: "SELECT status IN ('completed', 'diverged') FROM runs WHERE id = ?",
        arguments: [row]) ?? false
    }
  }
}

/// The folder of one run, opened without following links: what is removed through it is in it.
final class RunFolder {
  static let checkpoint = "checkpoint"
  /// The folder of what an outside program writes.
  static let program = "program"

  private let descriptor: Int32
  private let names: [String]

  /// Opens a run's folder; `nil` where there is none, or where a link lies in its place or in that of
  /// the folder around it.
  init?(_ run: RunID, in runsFolder: String) {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let outer = open(runsFolder, flags)
    guard outer >= 0 else { return nil }
    defer { close(outer) }
    descriptor = openat(outer, run.description, flags)
    guard descriptor >= 0 else { return nil }
    names = Self.names("/proc/self/fd/\(descriptor)") ?? []
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// What lies in a folder; `nil` where it cannot be read.
  static func names(_ folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Whether a process that was killed may have left something.
  var hasLeftovers: Bool {
    names.isEmpty || names.contains { Self.isUnfinished($0) || $0 == Self.checkpoint }
  }

  /// Removes files that were being written, and the lock of an earlier version.
  func removeUnfinished() {
    for name in names where Self.isUnfinished(name) { remove(name) }
  }

  /// Removes all files, and the folder of what an outside program writes; their sizes together.
  ///
  /// Other folders, which are none of ours, stay.
  func removeAll() -> Int { names.reduce(removeProgram()) { $0 + remove($1) } }

  /// Removes the folder of what an outside program writes; the size of what was in it.
  @discardableResult
  func removeProgram() -> Int { Self.removeFolder(Self.program, in: descriptor) }

  /// Removes a folder with all that is in it, links and not what they lead to; the sizes together.
  private static func removeFolder(_ name: String, in outer: Int32) -> Int {
    let folder = openat(outer, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { return 0 }
    defer { close(folder) }
    var bytes = 0
    for inner in names("/proc/self/fd/\(folder)") ?? [] {
      var status = stat()
      guard fstatat(folder, inner, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        bytes += removeFolder(inner, in: folder)
      } else if unlinkat(folder, inner, 0) == 0 {
        bytes += Int(status.st_size)
      }
    }
    unlinkat(outer, name, AT_REMOVEDIR)
    return bytes
  }

  /// Removes a file, or a link and not what it leads to; its size.
  @discardableResult
  func remove(_ name: String) -> Int {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
      unlinkat(descriptor, name, 0) == 0
    else { return 0 }
    return Int(status.st_size)
  }

  /// `checkpoint.3`, `weights.safetensors.tmp4711`.
  private static func isUnfinished(_ name: String) -> Bool {
    if name == "lock" { return true }
    let tail = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    let digits = tail.hasPrefix("tmp") ? tail.dropFirst(3) : tail
    guard !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return false }
    return tail.hasPrefix("tmp") || name == "\(checkpoint).\(digits)"
  }
}
