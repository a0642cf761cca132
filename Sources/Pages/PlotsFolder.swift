public import Experiments
import Foundation
public import Tracking

/// The folder of an experiment's figures and pages, `plots/<experiment>/`: the one place where names
/// become paths.
///
/// A name that a file system would find too long is cut, and what it was stands in a digest behind it.
public struct PlotsFolder: Hashable, Sendable {
  /// The folder itself.
  public let path: String

  /// The folder of an experiment.
  ///
  /// - Parameters:
  ///   - plots: the folder of all experiments, as the user named it.
  ///   - experiment: the experiment's name, which may come from a store that somebody else made.
  /// - Throws: `LabbookError` where the name is none, or the folder is a link that may lead anywhere.
  public init(_ plots: String, experiment: String) throws(LabbookError) {
    try Self.check(plots)
    path = "\(plots)/\(try Self.component(experiment))"
    var status = stat()
    guard lstat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFLNK else {
      throw .input(
        "'\(path)' is a link, and figures and pages are written into '\(plots)' alone",
        hint: "remove the link, or name another folder with --plots")
    }
  }

  /// The folder of all experiments, for a figure that speaks of none.
  ///
  /// - Throws: `LabbookError` where it has no name.
  public init(shared plots: String) throws(LabbookError) {
    try Self.check(plots)
    path = plots
  }

  private static func check(_ plots: String) throws(LabbookError) {
    guard plots.isEmpty else { return }
    throw .input("--plots names no folder", hint: "without it figures go into plots/")
  }

  /// The path of a figure or page.
  ///
  /// - Throws: `LabbookError` where the name cannot be one of a file.
  public func file(_ name: String, _ ending: String) throws(LabbookError) -> String {
    "\(path)/\(try Self.component(name)).\(ending)"
  }

  /// The paths of a cell's pictures, one a format.
  public func pictures(of cell: PlotCell) throws(LabbookError) -> [String] {
    try cell.formats.map { format throws(LabbookError) in try file(cell.name, format.rawValue) }
  }

  /// The path of a cell's drawing in dark colours, which only pages show: a hidden file.
  func night(of cell: PlotCell) throws(LabbookError) -> String {
    "\(path)/.\(try Self.component(cell.name)).dark.svg"
  }

  /// The current folder as seen from this one; the current folder's own path where this one has no name from
  /// there.
  var home: String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !parts.contains("..") else {
      return FileManager.default.currentDirectoryPath
    }
    return parts.map { _ in ".." }.joined(separator: "/")
  }

  /// Writes a page or what belongs to it.
  func write(_ data: Data, to file: String) throws(LabbookError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch { throw .failure("the folder '\(path)' cannot be made: \(fileReason(error))") }
    try OutputFile.write(data, to: file, .own)
  }

  /// File systems take 255 bytes; endings want some of them.
  private static let greatestBytes = 240

  /// A name as a file system takes it; that of a cell is its sweep's and the figure's kind together.
  private static func component(_ name: String) throws(LabbookError) -> String {
    if let fault = Names.fault(of: name, longest: 2 * Names.longest) {
      throw .input(
        "no file can be called \(quoted(name)): the name \(fault.found)",
        hint: "expected \(fault.expected); for a single figure --out names the file")
    }
    guard name.utf8.count > greatestBytes else { return name }
    let digest = "-" + SHA256Digest.hex(of: name).prefix(12)
    var beginning = name[...]
    while beginning.utf8.count + digest.utf8.count > greatestBytes { beginning.removeLast() }
    return beginning + digest
  }

  private static func quoted(_ name: String) -> String {
    "'\(name.prefix(100))\(name.count > 100 ? "..." : "")'"
  }
}
