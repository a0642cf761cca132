import Foundation

/// The files of a program's working folder that its runs write, so that it can be said where several write
/// the same one.
///
/// After each run the folder is looked at. A file that has changed was written by a run that was at work
/// since the look before; where no single run was at work at all changes of a file, several have written it.
package struct WrittenFiles {
  private struct Stamp: Equatable {
    let seconds: Int
    let nanoseconds: Int
    let size: Int64
    let inode: UInt64
  }

  private struct Folder {
    var stamps: [String: Stamp]
    var working: Set<String> = []
    var writers: [String: Set<String>] = [:]
    var told: Set<String> = []
    var looks = 0
  }

  private var folders: [String: Folder] = [:]

  /// Makes one that has seen no folder.
  package init() {}

  /// As many files of a folder are looked at, and so many times.
  private static let most = (files: 1000, looks: 40, depth: 3)

  /// Notes that a run begins to work in a folder.
  package mutating func began(_ run: String, in path: String) {
    var folder = folders[path] ?? Folder(stamps: Self.stamps(path))
    folder.working.insert(run)
    folders[path] = folder
  }

  /// Notes that a run has ended, and names the files that turn out to be written by several.
  ///
  /// - Parameter own: files that are no results, whose changes are told otherwise.
  package mutating func ended(_ run: String, in path: String, except own: [String]) -> [String] {
    guard var folder = folders[path] else { return [] }
    defer { folders[path] = folder }
    guard folder.looks < Self.most.looks else {
      folder.working.remove(run)
      return []
    }
    folder.looks += 1
    let now = Self.stamps(path)
    var found: [String] = []
    for (name, stamp) in now where folder.stamps[name] != stamp && !own.contains(name) {
      let writers = folder.writers[name].map { $0.intersection(folder.working) } ?? folder.working
      folder.writers[name] = writers
      if writers.isEmpty, folder.told.insert(name).inserted { found.append(name) }
    }
    folder.stamps = now
    folder.working.remove(run)
    return found.sorted()
  }

  /// What is to be said of such files; `nil` where there are none.
  package static func note(_ names: [String]) -> String? {
    guard let first = names.first else { return nil }
    let others = names.count == 1 ? "" : " and \(names.count - 1) more files of the working folder"
    return
      "\(first)\(others): written by several runs, so what one leaves there another overwrites; "
      + "every run has a folder of its own, {run_dir} or $LABBOOK_RUN_DIR"
  }

  /// The regular files of a folder but hidden ones, and those of Labbook, Python and their like.
  private static func stamps(_ path: String) -> [String: Stamp] {
    var found: [String: Stamp] = [:]
    var waiting = [("", 0)]
    while let (inner, depth) = waiting.popLast(), found.count < most.files {
      let place = path + (inner.isEmpty ? "" : "/" + inner)
      guard let folder = opendir(place) else { continue }
      defer { closedir(folder) }
      while let entry = readdir(folder), found.count < most.files {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") || name == "__pycache__" || name.contains(".sqlite") { continue }
        var status = stat()
        guard fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
        let relative = inner.isEmpty ? name : inner + "/" + name
        switch status.st_mode & S_IFMT {
        case S_IFDIR:
          if depth < most.depth, name != "plots" { waiting.append((relative, depth + 1)) }
        case S_IFREG:
          found[relative] = Stamp(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
            size: Int64(status.st_size), inode: UInt64(status.st_ino))
        default: break
        }
      }
    }
    return found
  }
}
