import Foundation
import Tracking

/// A folder with a folder of image files for each class.
struct ImageFolder: Sendable {
  /// The folder, without a slash at its end.
  let path: String
  let classes: [String]
  /// Paths below `path`, class by class, within a class in the order of their names.
  let files: [(name: String, label: Int32)]
  /// What was left out, for people.
  private(set) var remarks: [String] = []

  private static let deepest = 8

  /// Image files of no class: all that lie in a folder and below it.
  init(unlabelled path: String, setting: String) throws(DataError) {
    self.path = Self.plain(path)
    classes = []
    var listing = Listing()
    try listing.walk("", 0, in: self.path, setting, depth: 0)
    try listing.check(self.path, setting)
    if listing.files.isEmpty {
      throw DataError(
        setting: setting, place: self.path, "there is no PNG or JPEG file in the folder")
    }
    files = listing.files
    remarks = listing.remarks
  }

  /// One image file of no class.
  init(file path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    self.path = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/")
    classes = []
    files = [(String(parts.last ?? ""), 0)]
  }

  /// The names of the folders in a folder.
  static func folders(in path: String, setting: String) throws(DataError) -> [String] {
    try names(in: path, setting).filter { isFolder(path + "/" + $0) }
  }

  /// A path without slashes at its end.
  private static func plain(_ given: String) -> String {
    var path = given
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Lists the files of all classes.
  ///
  /// - Parameters:
  ///   - setting: the key that names the folder.
  ///   - wanted: the classes in their order; those of the folders where it is `nil`.
  ///   - isTest: whether every folder must be one of `wanted`, and a class may have no folder.
  init(
    _ given: String, setting: String, classes wanted: [String]?, isTest: Bool = false
  ) throws(DataError) {
    let path = Self.plain(given)
    self.path = path
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw DataError(setting: setting, "\(path) does not exist")
    }
    guard isDirectory.boolValue else {
      throw DataError(
        setting: setting,
        "\(path) is a file, a folder with a folder of images for each class is needed",
        hint: Self.isArchive(path) ? "Unpack it first." : "")
    }
    let content = try Self.names(in: path, setting)
    let folders = content.filter { Self.isFolder(path + "/" + $0) }
    let loose = content.filter { Self.isImage($0) && !folders.contains($0) }
    try Self.check(folders, loose, path, setting)
    classes = try Self.classes(folders, wanted, path, setting, isTest: isTest)
    if !loose.isEmpty {
      remarks.append(
        loose.count == 1
          ? "'\(loose[0])' lies in no folder of a class and is left out"
          : "\(loose.count) images lie in no folder of a class and are left out")
    }
    if let wanted, !isTest {
      let others = folders.filter { !wanted.contains($0) }
      if !others.isEmpty {
        remarks.append(
          "classes does not name " + Self.listed(others)
            + ", which \(others.count == 1 ? "is" : "are") left out")
      }
    }
    var listing = Listing()
    for (label, name) in classes.enumerated() where folders.contains(name) {
      try listing.add(name, Int32(label), in: path, setting)
    }
    try listing.check(path, setting)
    remarks += listing.remarks
    files = listing.files
  }

  /// The names in a folder but those that are hidden, sorted.
  fileprivate static func names(
    in path: String, _ setting: String
  ) throws(DataError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") && !$0.hasPrefix("__MACOSX") && $0 != "Thumbs.db" }
        .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    } catch {
      throw DataError(setting: setting, "\(path) cannot be read: \(fileReason(error))")
    }
  }

  fileprivate static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  fileprivate static func isImage(_ name: String) -> Bool {
    ["png", "jpg", "jpeg", "jpe", "jfif"].contains(ending(name))
  }

  /// Images of formats that are not read: leaving them out would be another data set.
  fileprivate static func isOtherImage(_ name: String) -> Bool {
    [
      "gif", "bmp", "tif", "tiff", "webp", "heic", "heif", "avif", "ppm", "pgm", "pnm", "jp2",
      "jxl", "tga", "svg", "dcm",
    ].contains(ending(name))
  }

  private static func isArchive(_ path: String) -> Bool {
    ["zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar"].contains(ending(path))
  }

  private static func ending(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  static func listed(_ names: [String], most: Int = 12) -> String {
    names.prefix(most).map { "'\($0)'" }.joined(separator: ", ")
      + (names.count > most ? " and \(names.count - most) more" : "")
  }

  private static func check(
    _ folders: [String], _ loose: [String], _ path: String, _ setting: String
  ) throws(DataError) {
    if folders.isEmpty {
      throw DataError(
        setting: setting, place: path,
        loose.isEmpty
          ? "there is no folder in it, a folder of images for each class is needed"
          : "the images lie in the folder itself, a folder for each class is needed",
        hint: loose.isEmpty ? "" : "Move the images of each class into a folder of its name.")
    }
    if folders.count > LabelNames.mostClasses {
      throw DataError(
        setting: setting, place: path,
        "there are \(folders.count) folders, and each is a class: at most \(LabelNames.mostClasses) are possible",
        hint: "Name those that are meant: classes: [...]")
    }
    let parts = ["train", "training", "test", "testing", "val", "valid", "validation"]
    guard folders.allSatisfy({ parts.contains($0.lowercased()) }),
      let train = folders.first(where: { $0.lowercased().hasPrefix("train") })
    else { return }
    let test = folders.first { $0.lowercased().hasPrefix("test") }
    throw DataError(
      setting: setting, place: path,
      "its folders \(listed(folders)) are parts of the data, not classes",
      hint: "Write path: \(path)/\(train)"
        + (test.map { " and test_path: \(path)/\($0)" } ?? "") + ".")
  }

  private static func classes(
    _ folders: [String], _ wanted: [String]?, _ path: String, _ setting: String, isTest: Bool
  ) throws(DataError) -> [String] {
    guard let wanted else {
      let numbers = folders.map { Double($0) }
      guard !numbers.contains(where: { $0?.isFinite != true }) else { return folders }
      return zip(folders, numbers).sorted { ($0.1 ?? 0) < ($1.1 ?? 0) }.map(\.0)
    }
    if isTest {
      if let other = folders.first(where: { !wanted.contains($0) }) {
        let near = nearestName(to: other, among: wanted).map { "Did you mean '\($0)'?" }
        throw DataError(
          setting: setting, place: path, "there is no class '\(other)' among those to train on",
          hint: near ?? "They are \(listed(wanted)).")
      }
      return wanted
    }
    for (place, name) in wanted.enumerated() {
      if wanted[..<place].contains(name) {
        throw DataError(setting: "classes.\(place)", "'\(name)' stands twice in classes")
      }
      if !folders.contains(name) {
        let near = nearestName(to: name, among: folders).map { "Did you mean '\($0)'?" }
        throw DataError(
          setting: "classes.\(place)", "\(path) has no folder '\(name)'",
          hint: near ?? "Its folders are \(listed(folders)).")
      }
    }
    return wanted
  }

  /// The files of classes on their way to a list.
  private struct Listing {
    var files: [(name: String, label: Int32)] = []
    private var empty: [String] = []
    private var unread: [String] = []
    private var ignored: [String] = []

    mutating func add(
      _ name: String, _ label: Int32, in path: String, _ setting: String
    ) throws(DataError) {
      let before = files.count
      try walk(name, label, in: path, setting, depth: 0)
      if files.count == before { empty.append(name) }
      files[before...].sort {
        $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars)
      }
    }

    mutating func walk(
      _ folder: String, _ label: Int32, in path: String, _ setting: String, depth: Int
    ) throws(DataError) {
      for name in try ImageFolder.names(in: path + "/" + folder, setting) {
        let below = folder.isEmpty ? name : folder + "/" + name
        if ImageFolder.isImage(name) {
          files.append((below, label))
        } else if ImageFolder.isOtherImage(name) {
          unread.append(below)
        } else if ImageFolder.isFolder(path + "/" + below) {
          guard depth < ImageFolder.deepest else {
            throw DataError(
              setting: setting, place: path + "/" + below,
              "folders of a class lie within each other more than \(ImageFolder.deepest) deep")
          }
          try walk(below, label, in: path, setting, depth: depth + 1)
        } else {
          ignored.append(below)
        }
      }
    }

    func check(_ path: String, _ setting: String) throws(DataError) {
      if let first = unread.first {
        let ending = ImageFolder.ending(first)
        throw DataError(
          setting: setting, place: path,
          (unread.count == 1 ? "an image is" : "\(unread.count) images are")
            + " neither PNG nor JPEG: " + ImageFolder.listed(unread),
          hint: "This line turns them into PNG and removes the others (ImageMagick): find \(path) "
            + "-name '*.\(ending)' -exec mogrify -format png {} + -delete")
      }
      if !empty.isEmpty {
        throw DataError(
          setting: setting, place: path,
          "there is no PNG or JPEG file in "
            + (empty.count == 1 ? "the folder " : "the folders ") + ImageFolder.listed(empty),
          hint: "Remove what is no class, or name the classes: classes: [...]")
      }
    }

    var remarks: [String] {
      guard let first = ignored.first else { return [] }
      return [
        ignored.count == 1
          ? "'\(first)' is no PNG or JPEG and is left out"
          : "\(ignored.count) files are no PNG or JPEG and are left out, such as '\(first)'"
      ]
    }
  }
}
