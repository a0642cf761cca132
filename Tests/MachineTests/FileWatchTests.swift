import Foundation
import Machine
import Testing

/// Every way in which programs save, told by the kernel and found by looking.
struct FileWatchTests {
  /// A folder with a file that is watched.
  fileprivate final class Place {
    let folder = FileManager.default.temporaryDirectory.path + "/labbook-watch-" + UUID().uuidString
    var file: String { folder + "/a.yaml" }

    init() throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try write("one")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ text: String, to name: String = "a.yaml") throws {
      try Data(text.utf8).write(to: URL(filePath: folder + "/" + name))
    }

    func move(_ name: String, _ other: String) throws {
      guard rename(folder + "/" + name, folder + "/" + other) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    }

    func remove(_ name: String) { unlink(folder + "/" + name) }
  }

  private static let patience = 60.0

  /// The ways of saving.
  enum Save: String, CaseIterable {
    /// Over the file as it is.
    case truncating
    /// Into another file, which takes the name.
    case renaming
    /// The old one is renamed first, as vim does with a backup, and removed in the end.
    case backup
    /// The old one is removed, and a new one made.
    case removing
    /// At its end.
    case appending

    fileprivate func apply(_ place: Place) throws {
      switch self {
      case .truncating: try place.write("two, longer")
      case .renaming:
        try place.write("two, longer", to: ".a.new")
        try place.move(".a.new", "a.yaml")
      case .backup:
        try place.move("a.yaml", "a.yaml~")
        try place.write("two, longer")
        place.remove("a.yaml~")
      case .removing:
        place.remove("a.yaml")
        try place.write("two, longer")
      case .appending:
        let handle = try FileHandle(forWritingTo: URL(filePath: place.file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("two, longer".utf8))
        try handle.close()
      }
    }
  }

  @Test(arguments: Save.allCases, [true, false])
  func everyWayOfSavingIsSeen(_ save: Save, asksKernel: Bool) throws {
    let place = try Place()
    let watch = FileWatch(asksKernel: asksKernel)
    watch.watch([place.file])
    #expect(watch.isLooking == !asksKernel)
    #expect(watch.changes(within: 0).isEmpty)
    try save.apply(place)
    #expect(watch.changes(within: Self.patience) == [place.file])
    // And again: it is the name that is watched, not the file that had it.
    try save.apply(place)
    try place.write("three, which is longer still")
    #expect(watch.changes(within: Self.patience) == [place.file])
  }

  @Test func severalSavesAtOnceCountOnce() throws {
    let place = try Place()
    let watch = FileWatch()
    watch.watch([place.file])
    for number in 0..<20 { try place.write("text \(number)") }
    #expect(watch.changes(within: Self.patience) == [place.file])
    #expect(watch.changes(within: 0).isEmpty)
  }

  @Test func aFileThatIsBeingWrittenIsToldAgainWhenItIsClosed() throws {
    let place = try Place()
    let watch = FileWatch()
    watch.watch([place.file])
    let handle = try FileHandle(forWritingTo: URL(filePath: place.file))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data("half".utf8))
    // Its writer has begun and does not end: that is told after a while.
    #expect(watch.changes(within: Self.patience) == [place.file])
    try handle.write(contentsOf: Data(" and whole".utf8))
    try handle.close()
    #expect(watch.changes(within: Self.patience) == [place.file])
    #expect(watch.changes(within: 0).isEmpty)
  }

  @Test func otherFilesOfTheFolderSayNothing() throws {
    let place = try Place()
    let watch = FileWatch()
    watch.watch([place.file, place.folder + "/base.yaml"])
    try place.write("x", to: "other.yaml")
    try place.write("x", to: ".a.yaml.swp")
    try place.write("base", to: "base.yaml")
    #expect(watch.changes(within: Self.patience) == [place.folder + "/base.yaml"])
  }

  @Test(arguments: [true, false])
  func aFileThatGoesAndComesBackIsSeenBothTimes(asksKernel: Bool) throws {
    let place = try Place()
    let watch = FileWatch(asksKernel: asksKernel)
    watch.watch([place.file])
    try place.move("a.yaml", "aside")
    #expect(watch.changes(within: Self.patience) == [place.file])
    try place.move("aside", "a.yaml")
    #expect(watch.changes(within: Self.patience) == [place.file])
  }

  @Test func aFolderThatGoesAndComesBackIsWatchedAgain() throws {
    let place = try Place()
    let watch = FileWatch()
    watch.watch([place.file])
    let aside = place.folder + "-aside"
    defer { try? FileManager.default.removeItem(atPath: aside) }
    #expect(rename(place.folder, aside) == 0)
    #expect(watch.changes(within: Self.patience) == [place.file])
    #expect(watch.isLooking)
    try FileManager.default.createDirectory(
      atPath: place.folder, withIntermediateDirectories: false)
    try place.write("new")
    #expect(watch.changes(within: Self.patience) == [place.file])
    #expect(!watch.isLooking)
    try place.write("newer")
    #expect(watch.changes(within: Self.patience) == [place.file])
  }

  @Test func aFileIsFollowedThroughALink() throws {
    let place = try Place()
    let real = place.folder + "/real"
    try FileManager.default.createDirectory(atPath: real, withIntermediateDirectories: false)
    try place.write("one", to: "real/b.yaml")
    let link = place.folder + "/link.yaml"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real/b.yaml")
    let watch = FileWatch()
    watch.watch([link])
    try place.write("two", to: "real/b.yaml")
    #expect(watch.changes(within: Self.patience) == [link])
    // The link leads elsewhere.
    try place.write("three", to: "c.yaml")
    unlink(link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "c.yaml")
    #expect(watch.changes(within: Self.patience) == [link])
    try place.write("four", to: "c.yaml")
    #expect(watch.changes(within: Self.patience) == [link])
  }

  @Test(arguments: [true, false])
  func aFolderOfFilesIsOneThing(asksKernel: Bool) throws {
    let place = try Place()
    for name in ["data", "data/cats", "data/dogs"] {
      try FileManager.default.createDirectory(
        atPath: place.folder + "/" + name, withIntermediateDirectories: false)
    }
    let watch = FileWatch(asksKernel: asksKernel)
    watch.watch([place.folder + "/data"])
    try place.write("picture", to: "data/dogs/1.png")
    #expect(watch.changes(within: Self.patience) == [place.folder + "/data"])
  }

  @Test func whatIsNoLongerWatchedSaysNothing() throws {
    let place = try Place()
    let watch = FileWatch()
    try place.write("b", to: "b.yaml")
    watch.watch([place.file, place.folder + "/b.yaml"])
    watch.watch([place.folder + "/b.yaml"])
    try place.write("two")
    try place.write("b two", to: "b.yaml")
    #expect(watch.changes(within: Self.patience) == [place.folder + "/b.yaml"])
  }
}
