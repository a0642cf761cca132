import Foundation
import Tracking

/// Files that are whole or not there.
enum PictureFile {
  /// A name beside `path` that nobody else uses.
  static func partial(_ path: String) -> String {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent().path
    return folder + "/.labbook-" + UUID().uuidString + ".part"
  }

  static func makeFolder(of path: String) throws(LabbookError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .failure("The folder '\(folder)' cannot be made: \(fileReason(error)).")
    }
  }

  /// Writes under another name, then renames.
  static func save(_ data: Data, at path: String) throws(LabbookError) {
    let part = partial(path)
    do {
      try data.write(to: URL(fileURLWithPath: part))
    } catch {
      try? FileManager.default.removeItem(atPath: part)
      throw .failure("'\(path)' cannot be written: \(fileReason(error)).")
    }
    try rename(part, to: path)
  }

  /// Gives a picture that gnuplot has drawn its name, unless there is none.
  static func finish(_ partial: String, as path: String, format: PictureFormat, title: String)
    throws(LabbookError)
  {
    guard isWhole(partial, format) else {
      throw .failure(
        "gnuplot did not write '\(path)' to its end.",
        hint: "Is the disk full, or the folder not writable?")
    }
    if format == .svg { try mend(partial, title: title) }
    try rename(partial, to: path)
  }

  /// Whether a picture ends as its format says: gnuplot does not notice that a disk is full.
  static func isWhole(_ path: String, _ format: PictureFormat) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let mark: String =
      switch format {
      case .svg: "</svg>"
      case .png: "IEND"
      case .pdf: "%%EOF"
      }
    guard let size = try? file.seekToEnd(), size > 0,
      (try? file.seek(toOffset: size - min(size, 64))) != nil,
      let end = try? file.readToEnd()
    else { return false }
    return end.firstRange(of: Data(mark.utf8)) != nil
  }

  /// gnuplot names every picture "Gnuplot" and leaves `]]>` as it is, which XML forbids.
  private static func mend(_ path: String, title: String) throws(LabbookError) {
    let picture: String
    do {
      picture = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .failure("gnuplot's picture cannot be read: \(fileReason(error)).")
    }
    var text = picture.replacingOccurrences(of: "]]>", with: "]]&gt;")
    if let place = text.range(of: "<title>Gnuplot</title>") {
      text.replaceSubrange(place, with: "<title>\(escaped(title))</title>")
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw .failure("The picture cannot be written: \(fileReason(error)).")
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func rename(_ from: String, to path: String) throws(LabbookError) {
    guard Foundation.rename(from, path) == 0 else {
      let why = systemReason(errno)
      try? FileManager.default.removeItem(atPath: from)
      throw .failure("'\(path)' cannot be written: \(why).")
    }
  }
}

/// A folder of our own for the numbers of a figure, gone when the value is.
final class ScratchFolder {
  let path: String

  init() throws(LabbookError) {
    let base = FileManager.default.temporaryDirectory.path
    var template = Array((base + "/labbook-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else {
      throw .failure(
        "No folder for temporary files in '\(base)': \(systemReason(errno)).")
    }
    path = String(cString: made)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
