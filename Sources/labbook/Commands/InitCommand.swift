import ArgumentParser
import Datasets
import Foundation
import Interchange
import Terminal
import Tracking

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first experiment to start from, of a table where one is given.",
    discussion: """
      A table is looked at and used as it is: what is to be predicted, columns to leave out, holes, \
      categories and dates are proposed in the file, which can be changed. It passes labbook check.

      EXAMPLES:
        labbook init
        labbook init my-experiments
        labbook init flowers.csv
        labbook init houses.csv --target price
        labbook init --from "python train.py --lr 0.1 --epochs 5"
        labbook init --example spiral
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder to write into, made where it is missing; or a table.", valueName: "dir|file"),
    completion: .file())
  var folder = "."
  @Option(
    help: ArgumentHelp(
      "The column of the table to predict. (default: target, label, class or y, else the last)",
      valueName: "column"))
  var target: String?
  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "A command that trains: it is started once, to see what it tells.", valueName: "command"))
  var command: String?

  @Option(
    help: ArgumentHelp(
      "Write a shipped notebook, with the tables it reads, here.", valueName: "name"),
    completion: .example)
  var example: String?

  func validate() throws {
    if example != nil, command != nil || target != nil {
      throw ValidationError(
        "--example is a notebook of ours, --from and --target begin one of yours.")
    }
    if command != nil, target != nil {
      throw ValidationError("--target belongs to a table, --from to a program.")
    }
  }

  func run() throws {
    if let example { return try writeExample(example) }
    if let command { return try writeProgram(command) }
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    if isThere, !isFolder.boolValue { return try writeTable() }
    if !isThere, Self.isTable(folder) {
      throw LabbookError.input(
        "\(folder) does not exist",
        hint:
          "Name the table where it lies: labbook init PATH/\(URL(filePath: folder).lastPathComponent)"
      )
    }
    if target != nil {
      throw LabbookError.input(
        isThere ? "\(folder) is a folder, --target belongs to a table" : "\(folder) does not exist",
        hint: "labbook init FILE.csv --target COLUMN")
    }
    try writeTemplate()
  }

  /// Whether a name is that of a table, not of a folder.
  private static func isTable(_ path: String) -> Bool {
    let endings = [
      "csv", "tsv", "tab", "txt", "dat", "data", "gz", "zip", "bz2", "xz", "xlsx", "parquet",
      "json",
      "arff",
    ]
    return endings.contains { path.lowercased().hasSuffix("." + $0) }
  }

  /// Writes the experiment of a table beside where the user is.
  private func writeTable() throws {
    let table: TableExperiment
    do throws(DataError) { table = try TableExperiment(folder, target: target) } catch {
      throw LabbookError.input(error.text, hint: error.hint)
    }
    let path = table.name + ".yaml"
    try write(table.text, to: path, otherwise: "Move it away, then write it anew.")
    say("\(path): \(table.summary)")
    for remark in table.remarks { say("  " + printable(remark)) }
    if target == nil {
      let isPlain = folder.allSatisfy { $0.isLetter || $0.isNumber || "._-/".contains($0) }
      if isPlain { say("  another target: rm \(path) && labbook init \(folder) --target COLUMN") }
    }
    say("\n" + Self.next(path))
  }

  /// Writes the experiment of a program into the folder, after starting it once.
  private func writeProgram(_ command: String) throws {
    guard folder == "." else {
      throw LabbookError.input(
        "--from writes into the current folder, where the program works",
        hint: "go to the folder of the program")
    }
    let experiment = try ProgramExperiment(command)
    try write(experiment.text, to: experiment.path, otherwise: "Move it away, then write it anew.")
    say("\(experiment.path): \(experiment.summary)\n\n" + Self.next(experiment.path))
  }

  /// Writes a shipped notebook and what lies beside it into the folder.
  private func writeExample(_ name: String) throws {
    let files = try Examples().files(of: name)
    let place = folder == "." ? "" : URL(filePath: folder).relativePath + "/"
    if let there = files.first(where: { FileManager.default.fileExists(atPath: place + $0.path) }) {
      throw LabbookError.input(
        "\(place + there.path) is there already, and nothing was written.",
        hint: "Name another folder: labbook init --example \(name) DIR")
    }
    for file in files {
      let path = place + file.path
      let above = URL(filePath: path).deletingLastPathComponent().relativePath
      do {
        try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
      } catch {
        throw LabbookError.input(
          "the folder \(above) cannot be made: \(fileReason(error))",
          hint: "Name a folder you may write to: labbook init --example \(name) DIR")
      }
      try OutputFile.write(file.bytes, to: path)
    }
    say(files.map { place + $0.path }.joined(separator: "\n") + "\n")
    say(Self.next(place + name + ".yaml"))
  }

  private func write(_ text: String, to path: String, otherwise: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LabbookError.input(
        "\(path) is there already, and nothing was written.", hint: otherwise)
    }
    do { try text.write(toFile: path, atomically: true, encoding: .utf8) } catch {
      throw LabbookError.input(
        "\(path) cannot be written: \(fileReason(error))",
        hint: "Go to a folder you may write to.")
    }
  }

  private static func next(_ path: String) -> String {
    """
    labbook check \(path)    what it would do, and whether it is right
    labbook run \(path)      train it, draw its figures
    """
  }

  private func writeTemplate() throws {
    let path =
      folder == "." ? Self.fileName : URL(filePath: folder).relativePath + "/" + Self.fileName
    guard !FileManager.default.fileExists(atPath: path) else {
      throw LabbookError.input(
        "\(path) is there already, and nothing was written.",
        hint: "Name another folder: labbook init DIR")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try OutputFile.write(Data(Self.template.utf8), to: path)
    } catch {
      let reason =
        (error as? LabbookError)?.message ?? "\(path) cannot be written: \(fileReason(error))"
      throw LabbookError.input(reason, hint: "Name a folder you may write to: labbook init DIR")
    }
    say("\(path)\n\n" + Self.next(path))
  }

  static let fileName = "first.yaml"

  static let template = """
    # A first experiment. Every key, with its default: labbook keys
    title: Spirals, straight lines against one hidden layer
    lint: {allow: [linear-after-linear]}   # labbook check would advise against straight lines

    data:
      source: spiral            # three arms of points; or csv, idx, moons, circles, ...
      noise: 0.2
      split: {val: 0.2}         # a fifth of the rows is kept for validation
      normalize: standard

    models:
      straight lines: [{linear: 100}, {linear: classes}]
      hidden layer: {mlp: {hidden: [100], activation: relu}}

    train:
      optimizer: adam
      batch_size: 64
      epochs: 20
      seed: 1

    notebook:
      - text: |
          ## Can straight lines separate a spiral?
      - sweep: boundaries
        over:
          model: all
          lr: [1e-4, 1e-3, 1e-2]
        seeds: 3                # every configuration three times, so that numbers have a deviation
      - plot: curves
        metric: [train/loss, val/loss]
        by: model
      - plot: boundary
      - plot: final
        metric: val/accuracy
        x: lr
        by: model
      - table: best
        metric: val/accuracy

    """
}
