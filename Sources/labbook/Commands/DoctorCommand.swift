import ArgumentParser
import Datasets
import Foundation
import GnuplotBackend
import Machine
import RunStorage
import Runner
import Terminal
import Tracking

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what the machine has and what it lacks.",
    discussion: """
      Exit status 1 where something is missing that a command needs.

      EXAMPLES:
        labbook doctor
        labbook doctor --format json
      """)

  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let findings = machine() + [gnuplot(), fashionMNIST(), folder(), storeFile()]
    var table = Table(["what", "state", "found"].map { Table.Column($0) })
    for finding in findings {
      table.append([.words(finding.what), .words(finding.state.rawValue), .words(finding.found)])
    }
    try format.print(table)
    for finding in findings where !finding.cure.isEmpty {
      StandardError.write("\(finding.what): \(finding.cure)\n")
    }
    if findings.contains(where: { $0.state == .missing }) { throw ExitCode(1) }
  }

  private struct Finding {
    let what: String
    let state: State
    let found: String
    var cure = ""
  }

  private enum State: String {
    case ok
    /// Something works less well, or only one source of data is absent.
    case note
    case missing
  }

  /// What the training core runs on.
  private func machine() -> [Finding] {
    let values = RunSurroundings.current(version: labbookVersion)
    let keys = ["version", "numerics", "cpu", "cores", "kernels", "blas", "system"]
    return keys.map { Finding(what: $0, state: .ok, found: values[$0] ?? "unknown") }
      + [Finding(what: "sqlite", state: .ok, found: RunStore.libraryVersion)]
      + [values[RunSurroundings.gitProblem]].compactMap { problem in
        problem.map {
          Finding(
            what: "git", state: .note, found: $0,
            cure: "runs do not say of which commit they are until it answers here: git status")
        }
      }
      + [memory()]
  }

  private func memory() -> Finding {
    let room = MemoryRoom.current()
    return Finding(what: "memory", state: .ok, found: room.words)
  }

  private func gnuplot() -> Finding {
    do {
      return Finding(what: "gnuplot", state: .ok, found: try FigureWriter.programVersion())
    } catch {
      return Finding(
        what: "gnuplot", state: .missing, found: error.message,
        cure: "figures need it; type: apt-get install gnuplot-nox")
    }
  }

  private func fashionMNIST() -> Finding {
    let folder = FashionMNISTSource.standardFolder
    if FileManager.default.fileExists(atPath: folder + "/train-images-idx3-ubyte.gz") {
      return Finding(what: "Fashion-MNIST", state: .ok, found: folder)
    }
    return Finding(
      what: "Fashion-MNIST", state: .note, found: "not installed",
      cure: "'source: fashion-mnist' needs it; type: apt-get install dataset-fashion-mnist")
  }

  private func folder() -> Finding {
    let path = FileManager.default.currentDirectoryPath
    let values = try? URL(filePath: path).resourceValues(forKeys: [.volumeAvailableCapacityKey])
    let free = values?.volumeAvailableCapacity.map { Quantity.bytes(Double($0)) + " free" }
    guard FileManager.default.isWritableFile(atPath: path) else {
      return Finding(
        what: "folder", state: .missing, found: "\(path) is not writable",
        cure: "go to a folder you may write to, or use --db and --plots")
    }
    return Finding(
      what: "folder", state: .ok, found: [path, free].compactMap { $0 }.joined(separator: ", "))
  }

  private func storeFile() -> Finding {
    let path = store.resolvedPath
    guard FileManager.default.fileExists(atPath: path) else {
      return Finding(what: "store", state: .ok, found: "\(path) is not there yet")
    }
    do {
      let store = try store.openExisting()
      defer { store.close() }
      return Finding(
        what: "store", state: store.remarkOnPlace == nil ? .ok : .note,
        found: path + ", " + Quantity.count(try store.count(), "run"),
        cure: store.remarkOnPlace ?? "")
    } catch {
      return Finding(what: "store", state: .missing, found: "cannot be read", cure: "\(error)")
    }
  }
}
