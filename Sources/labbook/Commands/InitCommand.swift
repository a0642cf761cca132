import ArgumentParser
import Foundation
import Tracking

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first experiment to start from.",
    discussion: """
      EXAMPLES:
        labbook init
        labbook init my-experiments
      """)

  @Argument(
    help: ArgumentHelp("The folder to write into; made where it is missing.", valueName: "dir"))
  var folder = "."

  func run() throws {
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
    print(
      """
      \(path)

      labbook check \(path)    what it would do, and whether it is right
      labbook run \(path)      train it, draw its figures
      """)
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
