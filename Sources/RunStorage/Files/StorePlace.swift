import Foundation
import Tracking

/// Where a store's file really lies, behind all links, and the folder of what belongs to its runs.
struct StorePlace: Sendable {
  /// The absolute path of the file.
  let file: String
  /// The folder of the runs' folders.
  let runsFolder: String
  /// Whether the runs' folders lie where the user said, not beside the file.
  let isElsewhere: Bool
  /// The folders in which a file of a run may lie that was written under another name of the store.
  let formerRunsFolders: [String]

  /// The place of a store that is there.
  ///
  /// - Parameter runs: where the user wants the runs' folders; empty for beside the file.
  init(of path: String, runs: String) {
    file = Self.real(path)
    isElsewhere = !runs.isEmpty
    let beside = file + ".runs"
    runsFolder = runs.isEmpty ? beside : Self.real(runs)
    // Earlier versions took the folder beside the link.
    formerRunsFolders = [beside, path + ".runs"].filter { [runsFolder] in $0 != runsFolder }
  }

  /// The folder in which the file lies.
  var folder: String { PathText(file).folder }

  /// Where a file of a run may lie, be it under an earlier name of the store; nowhere where its name is
  /// none of a file: it comes from a store that anybody may have made.
  ///
  /// - Parameter path: where the store says that it lies.
  func files(_ name: String, of run: RunID, recorded path: String?) -> [String] {
    let upload = path.flatMap { Self.uploadName($0) }
    guard upload != nil || Self.isName(name) else { return [] }
    let tail = "/\(run)/\(upload ?? Self.fileName(name))"
    let places = ([runsFolder] + formerRunsFolders).map { $0 + tail }
    guard let path, path.hasPrefix("/"), path.hasSuffix(tail) else { return places }
    return places + [path]
  }

  /// Whether a text can be the name of a run's file: no part of it is empty or begins with a dot.
  static func isName(_ name: String) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && !$0.hasPrefix(".")
      }
  }

  /// Whether a text can be the name of a file that another program hands to a run: hidden ones too, as
  /// where it lies does not follow from it.
  static func isUploadName(_ name: String) -> Bool {
    !name.utf8.contains(0)
      && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }

  /// How the file of an upload is called in the folder of its run, before the SHA-256 of its bytes.
  static let uploadPrefix = "upload-"

  /// What an upload is called in the folder of its run, by its path in the store; `nil` where it is none.
  static func uploadName(_ path: String) -> String? {
    let name = PathText(path).name
    guard name.hasPrefix(uploadPrefix) else { return nil }
    let digits = name.dropFirst(uploadPrefix.count).utf8
    let isHash = digits.count == 64 && digits.allSatisfy { (48...57) ~= $0 || (97...102) ~= $0 }
    return isHash ? name : nil
  }

  /// What a file of a run is called in its folder, in which there are no further folders.
  static func fileName(_ name: String) -> String { name.replacing("/", with: ":") }

  /// A path without links, absolute also where nothing lies there.
  static func real(_ path: String) -> String {
    if let found = realpath(path, nil) {
      defer { free(found) }
      return String(cString: found)
    }
    return URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// The way from one absolute folder to another, such as `../data`; `.` for the same.
  static func relation(from base: String, to folder: String) -> String {
    let start = base.split(separator: "/")
    let end = folder.split(separator: "/")
    let common = zip(start, end).prefix { $0 == $1 }.count
    let steps = start.dropFirst(common).map { _ in ".." } + end.dropFirst(common).map(String.init)
    return steps.isEmpty ? "." : steps.joined(separator: "/")
  }
}
