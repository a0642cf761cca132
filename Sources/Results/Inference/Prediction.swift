public import Datasets
package import NeuralNet
import RunStorage
import TensorKernels
package import Terminal
public import Tracking

/// What one run's network says about rows.
public struct Prediction {
  private let network: TrainedNetwork
  private let answers: NetworkAnswers
  private let input: InputRows
  private var rows: Dataset { input.dataset }

  /// Asks a network.
  ///
  /// - Throws: `LabbookError` where its weights do not fit.
  public init(_ network: TrainedNetwork, _ rows: InputRows) throws(LabbookError) {
    self.network = network
    input = rows
    answers = try NetworkAnswers(network, rows.dataset)
  }

  /// The predictions, with each row's loss, the metrics and the confusion matrix where the rows have
  /// their targets.
  ///
  /// - Throws: `LabbookError` where the loss cannot be measured.
  public func report() throws(LabbookError) -> PredictionReport {
    let truth = RowTargets(input, network.inputs)
    let losses = try answers.losses(network, input)
    var metrics: [(name: String, value: Double)] = []
    if let losses { metrics.append(("loss", losses.mean)) }
    let confusion = truth.classes.map { classes in
      ConfusionMatrix(
        names: network.inputs.classNames ?? [], truth: classes,
        predicted: truth.places.map { answers.classes[$0] })
    }
    if let confusion { metrics.append(("accuracy", confusion.accuracy)) }
    if let values = truth.values, network.description.loss.map(Losses.targetRange) == .some(nil) {
      let scores = RegressionScores(
        predicted: truth.places.map { answers.numbers[$0] }, truth: values)
      metrics += [("rmse", scores.rmse), ("mae", scores.mae), ("r2", scores.r2)]
    }
    return PredictionReport(
      subject: ("run", network.run.id.description),
      table: table(truth, losses?.each), metrics: metrics,
      confusions: confusion.map { [("", $0)] } ?? [])
  }

  private func table(_ truth: RowTargets, _ losses: [Double]?) -> Table {
    let names = network.inputs.classNames
    var columns = ["row"] + (input.ids == nil ? [] : [input.idName])
    if names != nil { columns.append("class") }
    columns += answers.columnNames(network.inputs)
    columns += truth.columnNames
    if losses != nil { columns.append("loss") }
    var table = Table(columns.map { Table.Column($0) })
    var measured = [Table.Cell](repeating: .empty, count: losses == nil ? 0 : rows.rows)
    for (place, loss) in zip(truth.places, losses ?? []) { measured[place] = .measured(loss) }
    for row in 0..<rows.rows {
      var cells = [Table.Cell(.integer(row + 1))]
      if let ids = input.ids { cells.append(.words(ids[row])) }
      if let names { cells.append(.words(names[answers.classes[row]])) }
      cells += answers.numbers[row].map { .measured($0) }
      if !truth.texts.isEmpty { cells += truth.texts[row] }
      if losses != nil { cells.append(measured[row]) }
      table.append(cells)
    }
    return table
  }
}

/// The numbers a network gives for rows, read as its loss reads them.
package struct NetworkAnswers {
  package let reading: OutputReading
  package let width: Int
  package let outputs: [Float]
  /// For each row its predicted numbers, or a number a class.
  package let numbers: [[Double]]
  /// The class of each row; empty where the target is no class.
  package let classes: [Int]

  package init(_ network: TrainedNetwork, _ rows: Dataset) throws(LabbookError) {
    let predictor = try network.predictor()
    let width = predictor.outputCount
    let outputs = predictor.outputs(rows.features, rows: rows.rows)
    let reading = network.reading(outputs: width)
    let parts = (0..<rows.rows).map { outputs[$0 * width..<($0 + 1) * width] }
    self.width = width
    self.outputs = outputs
    self.reading = reading
    let transform = network.inputs.targetTransform
    let isValue = network.inputs.valueNames != nil
    numbers = parts.map { part in
      let numbers = reading.classNumbers(part)
      return isValue
        ? numbers.enumerated().map { transform.undone($1, column: $0) } : numbers
    }
    classes = parts.compactMap(reading.decision)
  }

  /// What the columns of `numbers` are called: `p_` and a class's name where they are probabilities.
  package func columnNames(_ inputs: RunInputs) -> [String] {
    if let names = inputs.classNames {
      return names.map { (reading.isProbability ? "p_" : "score_") + $0 }
    }
    if let names = inputs.valueNames {
      return names.count == 1 ? ["predicted"] : names.map { "predicted_" + $0 }
    }
    return width == 1 ? ["output"] : (0..<width).map { "output_\($0)" }
  }

  /// The loss of each row that has a target, and of all of them; `nil` without targets or without a
  /// loss.
  package func losses(
    _ network: TrainedNetwork, _ rows: InputRows
  ) throws(LabbookError) -> (each: [Double], mean: Double)? {
    guard let judged = rows.judged else { return nil }
    let picked =
      judged.places.count * width == outputs.count
      ? outputs : judged.places.flatMap { outputs[$0 * width..<($0 + 1) * width] }
    return try losses(network, judged.targets, of: picked, rows: judged.places.count)
  }

  /// The loss of each row of a part, and of all.
  package func losses(
    _ network: TrainedNetwork, _ rows: Dataset
  ) throws(LabbookError) -> (each: [Double], mean: Double)? {
    try losses(network, rows.targets, of: outputs, rows: rows.rows)
  }

  private func losses(
    _ network: TrainedNetwork, _ wanted: Dataset.Targets, of outputs: [Float], rows: Int
  ) throws(LabbookError) -> (each: [Double], mean: Double)? {
    guard let loss = network.description.loss else { return nil }
    let targets: NetworkData.Targets
    switch wanted {
    case .classes(let labels, _): targets = .classes(labels)
    case .values(let values, _): targets = .values(values)
    case .none: return nil
    }
    return try LossMeter(loss, outputs: width).measure(outputs, targets, rows: rows)
  }
}

/// What rows should be, where they say it: classes, or numbers in their own units.
package struct RowTargets {
  /// The cells of each row; empty without targets.
  package let texts: [[Table.Cell]]
  /// What the cells are called.
  package let columnNames: [String]
  /// The class of each row; `nil` where there are none.
  package let classes: [Int]?
  /// The values of each row; `nil` where there are none.
  package let values: [[Double]]?
  /// Which rows have a target: those of `classes` and `values`.
  package let places: [Int]

  /// What some rows of a file, or all, should be; the cells of the others are empty.
  package init(_ rows: InputRows, _ inputs: RunInputs) {
    let found = RowTargets(
      rows.judged?.targets ?? .none, count: rows.judged?.places.count ?? 0, rows.judged?.values,
      inputs.targetTransform, names: inputs.valueNames ?? [])
    (classes, values, columnNames) = (found.classes, found.values, found.columnNames)
    places = rows.judged?.places ?? []
    var texts = [[Table.Cell]](
      repeating: columnNames.map { _ in .empty }, count: rows.judged == nil ? 0 : rows.dataset.rows)
    for (place, cells) in zip(places, found.texts) { texts[place] = cells }
    self.texts = texts
  }

  package init(_ rows: Dataset, _ transform: TargetTransform = .none) {
    self.init(rows.targets, count: rows.rows, nil, transform, names: [])
  }

  private init(
    _ targets: Dataset.Targets, count: Int, _ own: [[Double]]?, _ transform: TargetTransform,
    names: [String]
  ) {
    places = Array(0..<count)
    switch targets {
    case .classes(let labels, let names):
      let labels = labels.elements.map { Int($0) }
      classes = labels
      values = nil
      texts = labels.map { [.words(names[$0])] }
      columnNames = ["target"]
    case .values(let numbers, let width):
      let values =
        own
        ?? (0..<count).map { row in
          (0..<width).map {
            transform.undone(Double(numbers.elements[row * width + $0]), column: $0)
          }
        }
      classes = nil
      self.values = values
      texts = values.map { $0.map { .measured($0) } }
      columnNames =
        width == 1 || names.count != width ? ["target"] : names.map { "target_" + $0 }
    case .none:
      classes = nil
      values = nil
      texts = []
      columnNames = []
    }
  }
}

extension Table.Cell {
  /// A number: in full for programs, in four digits for people.
  package static func measured(_ value: Double) -> Table.Cell {
    Table.Cell(.number(value), text: SeedStatistics.text(value))
  }
}
