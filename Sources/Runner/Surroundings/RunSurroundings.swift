import Foundation
import Machine
import NeuralNet
import TensorKernels
public import Tracking

/// What is stored with a run about the program and the machine that trained it.
public enum RunSurroundings {
  /// The rows of `run_environment`.
  ///
  /// - Parameters:
  ///   - version: the version of the program.
  ///   - arguments: the command line, word by word; `nil` for that of this process.
  public static func current(version: String, arguments: [String]? = nil) -> [String: String] {
    var values = [
      "version": version,
      "numerics": String(NumericsVersion.current),
      "host": ProcessInfo.processInfo.hostName,
      "system": ProcessInfo.processInfo.operatingSystemVersionString,
      "cpu": processorModel() ?? "unknown",
      "kernels": KernelEnvironment.kernels,
      "blas": KernelEnvironment.blas,
      "cores": String(ProcessInfo.processInfo.activeProcessorCount),
      "command": (arguments ?? OwnExecutable.words).map(quoted).joined(separator: " "),
      "folder": FileManager.default.currentDirectoryPath,
    ]
    do throws(LabbookError) {
      if let git = try GitState.current() {
        values["git_commit"] = git.commit
        values["git_dirty"] = git.isDirty ? "true" : "false"
      }
    } catch { values[gitProblem] = error.message }
    return values
  }

  /// The row that says why git could not be asked; it is absent where it could.
  public static let gitProblem = "git_problem"

  /// Checks what the environment asks of the training core, before anything is done.
  ///
  /// - Throws: where `LABBOOK_KERNELS` names kernels that are none or that the processor cannot run.
  public static func check() throws(LabbookError) { _ = try KernelBody.chosen() }

  /// A word as a shell would take it back.
  static func quoted(_ word: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,@%")
    if !word.isEmpty, word.allSatisfy(plain.contains) { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  private static func processorModel() -> String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") }),
      let colon = line.firstIndex(of: ":")
    else { return nil }
    return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
  }
}
