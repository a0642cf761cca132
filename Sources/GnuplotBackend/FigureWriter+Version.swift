import Foundation
public import Tracking

extension FigureWriter {
  /// What `gnuplot --version` prints: `gnuplot 5.4 patchlevel 4`.
  ///
  /// - Throws: `LabbookError` where it cannot be run.
  public static func programVersion(_ program: String = "gnuplot") throws(LabbookError) -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program, "--version"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      throw .failure("'\(program)' cannot be run: \(fileReason(error))")
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw .failure("'\(program)' cannot be run") }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
