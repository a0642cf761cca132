import Foundation
import Machine
import Tracking

/// Why a program cannot be started, in more words than the system has.
enum StartProblem {
  /// The system's reason, with what the file itself says of it.
  ///
  /// - Parameters:
  ///   - word: the first word of the command.
  ///   - folder: where the program works.
  static func words(_ reason: String, _ word: String, in folder: String) -> String {
    let isPath = word.contains("/")
    guard let path = isPath ? place(word, folder) : OutsideProgram.find(word) else {
      return "\(reason): no program of this name is along PATH"
        + (FileManager.default.fileExists(atPath: place(word, folder))
          ? "; the file beside the experiment is ./\(word)" : "")
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      return "\(reason): paths are meant from \(folder.isEmpty ? "the current folder" : folder)"
    }
    if status.st_mode & S_IFMT == S_IFDIR { return "it is a folder" }
    if let interpreter = interpreter(of: path), !FileManager.default.fileExists(atPath: interpreter)
    {
      let shown = interpreter.hasSuffix("\r") ? "; its first line ends as on Windows" : ""
      return
        "its first line names the interpreter '\(printableName(interpreter))', which is not there\(shown)"
    }
    if access(path, X_OK) != 0 {
      return "its file is not executable: chmod +x \(word), or start it by its interpreter"
    }
    return reason
  }

  private static func place(_ word: String, _ folder: String) -> String {
    word.hasPrefix("/") || folder.isEmpty ? word : folder + "/" + word
  }

  private static func printableName(_ text: String) -> String {
    String(text.filter { !$0.isNewline && $0 != "\r" }.prefix(100))
  }

  /// The path behind `#!` in a file's first line.
  private static func interpreter(of path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? file.close() }
    let bytes = (try? file.read(upToCount: 256)) ?? Data()
    guard bytes.starts(with: Data("#!".utf8)) else { return nil }
    let line = bytes.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
    let words = line.drop { $0 == 32 || $0 == 9 }.prefix { $0 != 32 && $0 != 9 }
    return String(decoding: words, as: UTF8.self)
  }
}
