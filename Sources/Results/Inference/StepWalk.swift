public import Datasets
public import NeuralNet
public import Runs
import TensorKernels
public import Tracking

/// A few updates of one network on chosen rows of its training part, in numbers.
///
/// The weights begin as the run's, and each update has the rate that the run's schedule has there.
public struct StepWalk {
  /// The network with its data and settings.
  public let configuration: NetworkRun
  /// The rows' numbers in the training part, from 1.
  public let rows: [Int]
  /// The rows' targets, as they are.
  public let targets: [[JSONValue]]
  /// What each output stands for, where the outputs share 1 among classes; empty elsewhere.
  public let classes: [String]
  /// The updates in order.
  public let steps: [Step]

  /// One update.
  public struct Step {
    /// Every number of it.
    public let trace: StepTrace
    /// The loss of each row by itself.
    public let rowLosses: [Double]
    /// The probability of each class, a row a row; empty where the outputs are none.
    public let probabilities: [[Double]]
  }

  /// As many rows are taken where none are named.
  private static let usualRows = 2

  /// Walks through the first updates of a run.
  ///
  /// - Parameters:
  ///   - rows: numbers of rows of the training part, from 1; `nil` takes two from its middle that are not
  ///     the origin.
  ///   - updates: how many updates, all of them on these rows.
  /// - Throws: `LabbookError` for rows that are not there, and for a network that nothing trains.
  public init(
    _ configuration: NetworkRun, rows: [Int]?, updates: Int, _ library: DataLibrary
  ) throws(LabbookError) {
    let data: PreparedData
    do throws(DataError) { data = try library.prepare(configuration.data) } catch {
      throw .input(error.text, hint: error.hint)
    }
    let graph: Graph
    do throws(GraphErrors) {
      graph = try Graph(configuration.layers, input: Shape(data.shape.featureShape))
    } catch { throw .input("\(error)") }
    guard let loss = configuration.train.loss, graph.parameterCount > 0 else {
      throw .input(
        "the network '\(configuration.modelName)' trains nothing",
        hint: "a step needs a loss and parameters")
    }
    let chosen = if let rows { rows } else { try Self.usual(data, least: graph.leastBatchRows) }
    try Self.check(chosen, data, least: graph.leastBatchRows)
    let batch = data.train.networkData.at(chosen.map { $0 - 1 })
    let program = try Self.program(configuration, graph, batch, data)
    let names = data.classNames
    let reading = OutputReading(
      loss: loss, classes: names?.count, outputs: graph.output.count)
    let meter = try LossMeter(loss, outputs: graph.output.count)
    var steps: [Step] = []
    for update in 0..<updates {
      let (rate, momentum) = Self.rate(configuration, data, update)
      let trace = program.traceStep(0..<chosen.count, rate: rate, momentum: momentum)
      let width = graph.output.count
      let outputs = (trace.values.last?.numbers ?? []).map { Float($0) }
      let each = meter.measure(outputs, batch.targets, rows: chosen.count).each
      let numbers = (0..<chosen.count).map { row in
        reading.classNumbers(outputs[row * width..<(row + 1) * width])
      }
      steps.append(
        Step(
          trace: trace, rowLosses: each,
          probabilities: names != nil && reading.isProbability ? numbers : []))
    }
    self.configuration = configuration
    self.rows = chosen
    self.steps = steps
    classes = names ?? []
    targets = Self.targets(batch, names)
  }

  private static func program(
    _ run: NetworkRun, _ graph: Graph, _ batch: NetworkData, _ data: PreparedData
  ) throws(LabbookError) -> NetworkProgram<Double> {
    let train = run.train
    let program = NetworkProgram<Double>(
      NetworkPlan(
        graph: graph, loss: train.loss, optimizer: train.optimizer,
        weightDecay: train.weightDecay, l1: train.l1, clipNorm: train.clipNorm, isTraced: true,
        cyclesMomentum: schedule(run, data).cyclesMomentum, batchRows: batch.rows,
        seed: train.seed))
    if let path = Initializers.path(train.initializer) {
      try program.initialize(from: Safetensors.read(path: path))
    } else {
      program.initialize(train.initializer, seed: train.seed)
    }
    program.bind(batch)
    return program
  }

  private static func schedule(_ run: NetworkRun, _ data: PreparedData) -> Schedule {
    let length = run.length(trainRows: data.train.rows)
    return Schedule(
      run.train.schedule, rate: run.train.learningRate, updatesPerEpoch: length.updatesPerEpoch,
      totalUpdates: length.updates)
  }

  private static func rate(
    _ run: NetworkRun, _ data: PreparedData, _ update: Int
  ) -> (Double, Double?) {
    let schedule = schedule(run, data)
    let perEpoch = max(1, run.length(trainRows: data.train.rows).updatesPerEpoch)
    let rate = schedule.rate(
      update: update, epoch: update / perEpoch + 1, plateau: schedule.start)
    return (rate, schedule.momentum(update: update))
  }

  private static func check(
    _ rows: [Int], _ data: PreparedData, least: Int
  ) throws(LabbookError) {
    if let wrong = rows.first(where: { $0 < 1 || $0 > data.train.rows }) {
      throw .input(
        "there is no row \(wrong)", hint: "the training part has rows 1 to \(data.train.rows)")
    }
    if rows.count < least {
      throw .input(
        "batch-norm needs \(least) rows, and \(rows.count) "
          + (rows.count == 1 ? "is named" : "are named"))
    }
  }

  /// Rows from the middle of equal parts of the training part, none of them the origin.
  private static func usual(_ data: PreparedData, least: Int) throws(LabbookError) -> [Int] {
    let all = data.train.networkData
    let width = all.features.count / max(1, all.rows)
    let count = min(all.rows, max(usualRows, least))
    guard count >= least else {
      throw .input("batch-norm needs \(least) rows, and the training part has \(all.rows)")
    }
    var rows: [Int] = []
    for part in 0..<count {
      let first = (2 * part + 1) * all.rows / (2 * count)
      let order = (0..<all.rows).map { (first + $0) % all.rows }.filter { !rows.contains($0 + 1) }
      let isSeen = { (row: Int) in (0..<width).contains { all.features[row * width + $0] != 0 } }
      rows.append((order.first(where: isSeen) ?? first) + 1)
    }
    return rows
  }

  private static func targets(_ batch: NetworkData, _ names: [String]?) -> [[JSONValue]] {
    switch batch.targets {
    case .classes(let classes):
      (0..<batch.rows).map { row in
        let label = Int(classes[row])
        return [.text(names?[label] ?? String(label))]
      }
    case .values(let values):
      (0..<batch.rows).map { row in
        let width = values.count / max(1, batch.rows)
        return (0..<width).map { .number(Double(values[row * width + $0])) }
      }
    case .none: []
    }
  }
}
