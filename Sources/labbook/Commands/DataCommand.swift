import ArgumentParser
import Datasets
import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import Runs
import Sweeps
import Terminal
import Tracking

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Show what the data of an experiment is.",
    discussion: """
      Rows of every part, classes, ranges before and after normalising, and a picture. Where the \
      experiment varies its data, every variation is shown. With --out the parts are written as \
      train.csv, val.csv and test.csv: the features as a network gets them, the target as a class's \
      name or in its own units, so that another program is compared on the same rows.

      EXAMPLES:
        labbook data experiments/spiral.yaml
        labbook data experiments/spiral.yaml --format csv
        labbook data experiments/spiral.yaml --out prepared
        labbook data digits.yaml --columns 1-40,c100
      """)

  @Argument(help: "The experiment.", completion: .experiment) var file: String
  @Option(help: "As text, or the columns' numbers as JSON or CSV.") var format = TableFormat.table
  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("Write the parts into this folder instead.", valueName: "folder"),
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The columns to show: names, numbers from 1, ranges, or all. (default: all, the first of many)",
      valueName: "list"))
  var columns: String?

  func run() throws {
    let loader = ExperimentLoader()
    let plan = try loader.load([file])[0].plan
    if !plan.hasNetworks { throw LabbookError.noNetworks }
    var shown: [DataConfiguration] = []
    for run in plan.runs {
      guard let data = run.run.configuration.network?.data else { continue }
      if !shown.contains(data) { shown.append(data) }
    }
    // Variations that differ in their fold alone are called by it.
    let hasFoldsAlone =
      Set(
        shown.map { data in
          var data = data
          data.fold = nil
          return data
        }
      ).count == 1
    for (index, data) in shown.enumerated() {
      do {
        if let output {
          let own = hasFoldsAlone ? "fold-\(data.fold ?? 1)" : String(index + 1)
          try write(data, to: shown.count == 1 ? output : "\(output)/\(own)", loader.library)
        } else {
          // Of folds the first stands for all.
          guard data.fold ?? 1 == 1 else { continue }
          if index > 0 { print() }
          try show(data, loader.library)
        }
      } catch let error as DataError {
        throw LabbookError.input(error.text, hint: error.hint)
      }
    }
  }

  private func write(_ data: DataConfiguration, to folder: String, _ library: DataLibrary) throws {
    let tables = try library.tables(of: data)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw LabbookError.failure("The folder '\(folder)' cannot be made: \(fileReason(error))")
    }
    for (name, csv) in tables {
      let path = "\(folder)/\(name).csv"
      try OutputFile.write(csv, to: path)
      StandardOutput.tell(path)
    }
  }

  private func show(_ data: DataConfiguration, _ library: DataLibrary) throws {
    let report = try DataReport(
      name: data.source.name + (data.split.folds.map { ", fold 1 of \($0)" } ?? ""),
      try library.prepare(data), try library.summary(of: data), columns: columns)
    switch format {
    case .table: say(report.text(.standardOutput), terminator: "")
    case .json, .csv: StandardOutput.write(report.columnTable.text(format), format)
    }
  }
}
