import Foundation
import Glibc
public import Runs
import Synchronization
public import Tracking

/// Copies of the files of programs, from which runs are started, so that edits of the originals change
/// nothing of a sweep at work.
///
/// A copy is a folder like that of the experiment: the files of the key are copied, everything else in it is
/// a link to the original. It is called by its contents, shared by processes, and removed by the last.
public final class ProgramSnapshots: Sendable {
  private let folder: String
  private let made = Mutex<[String: Int32]>([:])

  /// Makes snapshots in a folder of a store.
  public init(in folder: String) { self.folder = folder }

  deinit { close() }

  /// Where a program works: in the copy of its folder, made where there is none yet.
  ///
  /// - Parameter contents: what the files hold, by their paths.
  /// - Throws: `LabbookError` where the files hold something else by now, or no copy can be made.
  public func place(
    of program: ProgramRun, _ contents: [String: String]
  ) throws(LabbookError) -> String {
    let inputs = Set(program.handling.inputs ?? [])
    let files = contents.filter { !inputs.contains($0.key) }
    let origin = program.handling.folder.isEmpty ? "." : program.handling.folder
    let base = URL(fileURLWithPath: origin).standardizedFileURL.path
    var digest = SHA256Digest()
    digest.update(
      Data(
        ([base] + files.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
          .joined(separator: "\n").utf8))
    let path = folder + "/" + digest.hex().prefix(24)
    let error = made.withLock { made -> LabbookError? in
      if made[path] != nil { return nil }
      do throws(LabbookError) {
        made[path] = try make(path, base, files)
        return nil
      } catch { return error }
    }
    if let error { throw error }
    return path
  }

  /// Makes a copy whole or not at all; the descriptor of the lock that keeps it there.
  private func make(
    _ path: String, _ base: String, _ files: [String: String]
  ) throws(LabbookError) -> Int32 {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .failure("the folder '\(folder)' cannot be made: \(fileReason(error))")
    }
    removeUnused()
    let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
      throw .failure("'\(path).lock' cannot be locked: \(systemReason(errno))")
    }
    if !FileManager.default.fileExists(atPath: path) {
      let unfinished = "\(path).\(getpid())"
      do {
        try fill(unfinished, from: base, inner: "", files)
        try FileManager.default.moveItem(atPath: unfinished, toPath: path)
      } catch {
        try? FileManager.default.removeItem(atPath: unfinished)
        Glibc.close(lock)
        throw (error as? LabbookError)
          ?? .failure("no snapshot of '\(base)' can be made: \(fileReason(error))")
      }
    }
    _ = flock(lock, LOCK_SH)
    return lock
  }

  /// One folder of the copy.
  private func fill(
    _ copy: String, from base: String, inner: String, _ files: [String: String]
  ) throws {
    let manager = FileManager.default
    let (from, to) = (base + inner, copy + inner)
    try manager.createDirectory(atPath: to, withIntermediateDirectories: false)
    for name in try manager.contentsOfDirectory(atPath: from) {
      let path = (inner + "/" + name).dropFirst()
      if let digest = files[String(path)] {
        let data = try Data(contentsOf: URL(fileURLWithPath: from + "/" + name))
        var found = SHA256Digest()
        found.update(data)
        guard found.hex() == digest else {
          throw LabbookError.failure("\(path) \(ProgramSnapshots.changedWords)")
        }
        try data.write(to: URL(fileURLWithPath: to + "/" + name))
        let mode = try manager.attributesOfItem(atPath: from + "/" + name)[.posixPermissions]
        if let mode {
          try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: to + "/" + name)
        }
      } else if files.keys.contains(where: { $0.hasPrefix(path + "/") }) {
        try fill(copy, from: base, inner: inner + "/" + name, files)
      } else if symlink(from + "/" + name, to + "/" + name) != 0 {
        throw LabbookError.failure("'\(to)/\(name)' cannot be made: \(systemReason(errno))")
      }
    }
  }

  static let changedWords = "changed since the plan was made: plan anew, by the same command"

  /// Removes copies that no process uses.
  private func removeUnused() {
    let suffix = ".lock"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasSuffix(suffix) {
      let lock = open(folder + "/" + name, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else { continue }
      remove(folder + "/" + name.dropLast(suffix.count), lock)
      Glibc.close(lock)
    }
  }

  private func remove(_ path: String, _ lock: Int32) {
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else { return }
    // Links are removed, not what they lead to.
    try? FileManager.default.removeItem(atPath: path)
    unlink(path + ".lock")
  }

  /// Lets go of all copies; those that no other process uses are removed.
  public func close() {
    made.withLock { made in
      for (path, lock) in made {
        remove(path, lock)
        Glibc.close(lock)
      }
      made = [:]
    }
    rmdir(folder)  // Only where it is empty.
  }
}
