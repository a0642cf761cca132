import ArgumentParser
import Datasets
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Terminal
import Tracking

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Ask a run, an experiment's best or a sweep's networks about rows of a file.",
    discussion: """
      The input is a table with the columns that the run was trained on, an image or a folder of images \
      (PNG, JPEG), an archive or array of NumPy's, or an IDX file. Rows are treated as the run's training \
      part was. Where the table has the target's column, the archive the array of targets, or the images \
      their labels or folders of the run's classes, each row's loss, the metrics and a confusion matrix \
      come along; with --format csv they go to standard error.

      An experiment's file stands for the first row of its best table: that configuration, the mean \
      over all of its seeds, at the epoch that the table shows.

      EXAMPLES:
        labbook predict flowers.yaml --input new.csv
        labbook predict 3f2a --input flowers.csv
        labbook predict 3f2a --input flowers.csv --best --format csv
        labbook predict digits.yaml --input scans/
        labbook predict 3f2a --input new.npz
        labbook predict 3f2a --input t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz
        labbook predict --sweep ensemble --by model --input line.csv --format csv
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp(
      "Any unambiguous beginning of a run's id, or an experiment's file.", valueName: "run|file"),
    completion: .run)
  var name: String?
  @Option(
    name: .customLong("input"),
    help: ArgumentHelp(
      "The rows: a table, images, a folder of images, npz or IDX; - reads standard input.",
      valueName: "file"), completion: .file())
  var input: String
  @Option(
    help: ArgumentHelp("The labels of images, an IDX file.", valueName: "file"), completion: .file()
  )
  var labels: String?
  @Option(
    help: ArgumentHelp(
      "The column or array with the targets. (default: the run's own)", valueName: "column"))
  var target: String?
  @Flag(help: "The weights of the epoch that the objective chose, instead of the last.")
  var best = false
  @Option(
    help: "Instead of a run: the mean and deviation over the seeds of this sweep.",
    completion: .sweep)
  var sweep: String?
  @Option(
    help: "The experiment of the sweep, where several have one of its name.",
    completion: .experimentName)
  var experiment: String?
  @Option(
    help: ArgumentHelp(
      "One ensemble a value of this key, of its best configuration each.", valueName: "key"),
    completion: .key)
  var by: String?
  @OptionGroup var former: FormerOptions
  @Option(help: "Some rows for people, or all of them as JSON or CSV.")
  var format = TableFormat.table
  @OptionGroup var computing: ComputingOptions

  func validate() throws {
    if (name == nil) == (sweep == nil) {
      throw ValidationError("Give a run, an experiment's file, or a sweep with --sweep.")
    }
    if let name, isFile(name), best {
      throw ValidationError(
        "--best belongs to a run or a sweep; of a file its best table says which epoch is asked.")
    }
    if sweep == nil, by != nil || experiment != nil || former.isAsked {
      throw ValidationError("--by, --experiment and --former belong to --sweep.")
    }
  }

  func run() throws {
    try computing.apply()
    let store = try store.openExisting()
    let file = try reading { () throws(DataError) in try InputSource(path: input) }
    let report: PredictionReport
    if let name {
      report = isFile(name) ? try bestOfFile(name, file, store) : try one(name, file, store)
    } else {
      report = try ensemble(file, store)
    }
    StandardOutput.write(
      report.text(format, within: TextStyle.standardOutput.room?.columns), format)
    if format == .csv, !report.summary.isEmpty { StandardError.write(report.summary) }
  }

  /// Runs go by hexadecimal digits.
  private func isFile(_ name: String) -> Bool { name.contains { $0 == "." || $0 == "/" } }

  private func bestOfFile(
    _ name: String, _ file: InputSource, _ store: RunStore
  ) throws -> PredictionReport {
    guard let loaded = try ExperimentLoader(beside: store.path).load([name]).first else {
      throw LabbookError.input("\(name) is no experiment")
    }
    try loaded.grow(from: store)
    let best = try BestOfFile(loaded.experiment, loaded.plan, in: store)
    let prediction = try best.prediction(in: store, rows: { try rows(file, $0) })
    for remark in prediction.remarks { StandardError.write("note: \(remark)\n") }
    return prediction.report()
  }

  private func one(
    _ name: String, _ file: InputSource, _ store: RunStore
  ) throws -> PredictionReport {
    let network = try TrainedNetwork(try store.run(beginning: name), best: best, in: store)
    let rows = try rows(file, network.inputs)
    for remark in rows.remarks { StandardError.write("note: \(remark)\n") }
    return try Prediction(network, rows).report()
  }

  private func ensemble(_ file: InputSource, _ store: RunStore) throws -> PredictionReport {
    let view = try SweepView(
      sweep: sweep ?? "", experiment: experiment, in: store, former: former.isAsked)
    former.report(view)
    let prediction = try EnsemblePrediction(
      view, by: try by.map { try view.key($0) }, best: best, in: store,
      rows: { try rows(file, $0) })
    for remark in prediction.remarks { StandardError.write("note: \(remark)\n") }
    return prediction.report()
  }

  private func rows(_ file: InputSource, _ inputs: RunInputs) throws -> InputRows {
    try reading { () throws(DataError) in
      try inputs.read(file, labels: labels, target: target)
    }
  }

  private func reading<Value>(_ body: () throws(DataError) -> Value) throws -> Value {
    do { return try body() } catch { throw LabbookError.input(error.text, hint: error.hint) }
  }
}
