import Glibc

/// What tells one state of a file from another without reading it.
struct FileState: Hashable {
  private let device: UInt
  private let inode: UInt
  private let bytes: Int
  private let modified: Moment
  private let changed: Moment
  /// Of a folder: what it has, and what the folders in it have.
  private var inside: [String: FileState] = [:]

  private struct Moment: Hashable {
    let seconds: Int
    let nanoseconds: Int

    init(_ time: timespec) { (seconds, nanoseconds) = (time.tv_sec, time.tv_nsec) }
  }

  /// The state of a file, links followed; `nil` where there is none.
  init?(of path: String) { self.init(of: path, depth: 2) }

  private init?(of path: String, depth: Int) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    bytes = Int(status.st_size)
    modified = Moment(status.st_mtim)
    changed = Moment(status.st_ctim)
    guard status.st_mode & S_IFMT == S_IFDIR, depth > 0 else { return }
    for name in FolderNames.of(path) {
      inside[name] = FileState(of: path + "/" + name, depth: depth - 1)
    }
  }
}

/// The names of a folder, as far as they are watched.
enum FolderNames {
  /// A folder of images has many files; the folder's own state tells of new ones.
  static let most = 2000

  static func of(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while names.count < most, let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
