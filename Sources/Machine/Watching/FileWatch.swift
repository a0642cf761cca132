import Glibc

/// Says which of some files have changed, whichever way their writers save.
///
/// Folders are watched, not files: so a file that is renamed into place, that goes and comes back, or that is
/// written through a link is followed. A file that is being written counts when its writer closes it, and
/// several changes within a moment count once. Where the kernel tells nothing, as of network folders, files
/// are looked at every half second. It is used by one thread.
public final class FileWatch {
  private let events: FolderEvents?
  private var paths: Set<String> = []
  private var states: [String: FileState] = [:]
  /// By folder and name the files that are meant; a name that is empty stands for all names.
  private var places: [String: [String: Set<String>]] = [:]
  /// The files that are looked at from time to time.
  private var looked: Set<String> = []
  private var nextLook = ContinuousClock.now

  /// Seconds between two looks where nobody tells.
  private static let lookSeconds = 0.5
  /// A writer that has begun gets so long to close the file.
  private static let writingSeconds = 1.0
  /// What follows within this time belongs to the same save.
  private static let settlingSeconds = 0.02

  /// Makes a watch of no files.
  ///
  /// - Parameter asksKernel: `false` only looks from time to time, whatever the folders are.
  public init(asksKernel: Bool = true) { events = asksKernel ? FolderEvents() : nil }

  /// Whether files are looked at from time to time because nobody tells of them.
  public var isLooking: Bool { !looked.isEmpty }

  /// Watches these files and folders from now on; those that were watched before and still are keep what was
  /// known of them.
  public func watch(_ files: some Sequence<String>) {
    paths = Set(files)
    states = states.filter { paths.contains($0.key) }
    for path in paths where states[path] == nil { states[path] = FileState(of: path) }
    place()
  }

  /// The files that have changed; waits at most so long for a first one.
  public func changes(within seconds: Double) -> Set<String> {
    var save = Save()
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      let now = ContinuousClock.now
      if let due = save.due(now, Self.settlingSeconds, Self.writingSeconds) {
        if due <= now { return finish(save) }
        wait(until: min(due, isLooking ? nextLook : due))
      } else {
        if now >= end { return [] }
        wait(until: isLooking ? min(end, nextLook) : end)
      }
      take(into: &save)
      look(into: &save)
    }
  }

  /// What is known of a save that goes on.
  private struct Save {
    var whole: Set<String> = []
    var changing: Set<String> = []
    var began: ContinuousClock.Instant?
    var latest = ContinuousClock.now

    mutating func add(_ files: Set<String>, isWhole: Bool) {
      if files.isEmpty { return }
      latest = .now
      began = began ?? latest
      if isWhole {
        whole.formUnion(files)
        changing.subtract(files)
      } else {
        changing.formUnion(files)
      }
    }

    /// When it is told; `nil` where nothing has begun.
    func due(_ now: ContinuousClock.Instant, _ settling: Double, _ writing: Double)
      -> ContinuousClock.Instant?
    {
      guard let began else { return nil }
      let last = began + .seconds(writing)
      return changing.isEmpty ? min(latest + .seconds(settling), last) : last
    }
  }

  private func finish(_ save: Save) -> Set<String> {
    let files = save.whole.union(save.changing)
    for path in files { states[path] = FileState(of: path) }
    place()
    return files
  }

  private func wait(until moment: ContinuousClock.Instant) {
    let seconds = (moment - .now) / .seconds(1)
    guard seconds > 0 else { return }
    guard let events, events.descriptor >= 0 else {
      usleep(useconds_t(seconds * 1e6))
      return
    }
    var descriptor = pollfd(fd: events.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, Int32((seconds * 1000).rounded(.up)))
  }

  private func take(into save: inout Save) {
    for event in events?.take() ?? [] {
      switch event.kind {
      case .isUnknown: save.add(paths, isWhole: true)
      case .isLost:
        // Until the folder is there again its files are looked for.
        let files = places[event.folder]?.values.reduce(Set()) { $0.union($1) } ?? []
        looked.formUnion(files)
        save.add(files, isWhole: false)
      case .isWhole, .isChanging:
        let names = places[event.folder] ?? [:]
        let files = (names[event.name] ?? []).union(names[""] ?? [])
        save.add(files, isWhole: event.kind == .isWhole)
      }
    }
  }

  private func look(into save: inout Save) {
    guard isLooking, ContinuousClock.now >= nextLook else { return }
    nextLook = .now + .seconds(Self.lookSeconds)
    for path in looked {
      let state = FileState(of: path)
      if state != states[path] {
        states[path] = state
        save.add([path], isWhole: true)
      }
    }
  }

  // MARK: Folders

  /// Finds the folders of the files, and asks the kernel for them.
  private func place() {
    var wanted: [String: [String: Set<String>]] = [:]
    var unheard: Set<String> = []
    for path in paths {
      for (folder, name) in Self.ways(to: path) {
        // Two names of one folder are one folder to the kernel.
        wanted[Self.real(folder), default: [:]][name, default: []].insert(path)
      }
    }
    for folder in places.keys where wanted[folder] == nil { events?.remove(folder) }
    for (folder, names) in wanted {
      let isTold = NetworkFileSystem(of: folder) == nil && events?.add(folder) == true
      if !isTold { unheard.formUnion(names.values.reduce(Set()) { $0.union($1) }) }
    }
    places = wanted
    if looked.isEmpty, !unheard.isEmpty { nextLook = .now }
    looked = unheard
  }

  /// The folders and names by which a file is reached: its own, that of the file a link leads to, and of a
  /// folder all that it has.
  private static func ways(to path: String) -> [(folder: String, name: String)] {
    var ways: [(folder: String, name: String)] = []
    var seen: Set<String> = []
    var place = path
    while seen.insert(place).inserted, seen.count < 40 {
      ways.append(parts(of: place))
      guard let target = link(place) else { break }
      place = target.hasPrefix("/") ? target : parts(of: place).folder + "/" + target
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return ways }
    ways.append((path, ""))
    for name in FolderNames.of(path) {
      let inner = path + "/" + name
      if stat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { ways.append((inner, "")) }
    }
    return ways
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let slash = trimmed.lastIndex(of: "/") else { return (".", trimmed) }
    let folder = String(trimmed[..<slash])
    return (folder.isEmpty ? "/" : folder, String(trimmed[trimmed.index(after: slash)...]))
  }

  private static func real(_ folder: String) -> String {
    guard let found = realpath(folder, nil) else { return folder }
    defer { free(found) }
    return String(cString: found)
  }

  private static func link(_ path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = bytes.withUnsafeMutableBytes { buffer in
      let letters = buffer.bindMemory(to: CChar.self)
      return letters.baseAddress.map { readlink(path, $0, letters.count) } ?? -1
    }
    return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
  }
}
