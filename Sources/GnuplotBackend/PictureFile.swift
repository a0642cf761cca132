import Foundation
import Tracking

/// Pictures as gnuplot leaves them, made whole.
enum PictureFile {
  static func makeFolder(of path: String) throws(LabbookError) {
    let folder = OutputFile.folder(of: path)
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .failure("The folder '\(folder)' cannot be made: \(fileReason(error)).")
    }
  }

  /// A picture that gnuplot has drawn, unless it is not whole.
  static func finished(
    _ picture: Data, _ format: PictureFormat, words: PictureWords, for path: String
  ) throws(LabbookError) -> Data {
    guard isWhole(picture, format) else {
      throw .failure(
        "gnuplot did not write '\(path)' to its end.",
        hint: "Is the disk full, or the folder of temporary files not writable?")
    }
    guard format == .svg else { return picture }
    return Data(words.applied(to: String(decoding: picture, as: UTF8.self)).utf8)
  }

  /// Whether a picture ends as its format says: gnuplot does not notice that a disk is full.
  private static func isWhole(_ picture: Data, _ format: PictureFormat) -> Bool {
    let mark: String =
      switch format {
      case .svg: "</svg>"
      case .png: "IEND"
      case .pdf: "%%EOF"
      }
    return picture.suffix(64).firstRange(of: Data(mark.utf8)) != nil
  }
}

/// A folder of our own for the numbers and the drawing of a figure, gone when the value is.
final class ScratchFolder {
  private let folder: UnfinishedFile

  /// Makes the folder with the numbers in it.
  init(_ numbers: [UInt8]) throws(LabbookError) {
    let base = FileManager.default.temporaryDirectory.path
    folder = try UnfinishedFile(in: base, for: base, kind: .folder(0o700))
    do { try Data(numbers).write(to: URL(fileURLWithPath: self.numbers)) } catch {
      throw .failure("'\(self.numbers)' cannot be written: \(fileReason(error)).")
    }
  }

  /// The file that gnuplot reads.
  var numbers: String { folder.path + "/figure.data" }

  /// The file that gnuplot draws into.
  func picture(_ format: PictureFormat) -> String { "\(folder.path)/picture.\(format.rawValue)" }
}
