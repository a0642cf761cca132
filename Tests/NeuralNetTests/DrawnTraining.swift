import NeuralNet
import TensorKernels
import Tracking

/// A short training drawn by a seed, whose whole outcome is told as bits: any modules, loss, optimizer,
/// batch, clipping, penalties, measurements.
struct DrawnTraining {
  let plan: NetworkPlan
  private let data: NetworkData
  private let rows: Int
  private let batch: Int
  private let seed: Int
  private let momentum: Double?

  /// Draws a training; every third is of wide layers, whose products go to threads by columns.
  init(seed: Int) throws {
    self.seed = seed
    let random = CounterRandom(seed: seed, purpose: .search, stream: 9)
    func draw(_ bound: Int, _ place: Int) -> Int { random.integer(below: bound, 1, place) }
    let (layers, input, loss) = DrawnTraining.network(seed, draw(6, 0))
    let graph = try Graph(layers, input: input)
    batch = [2, 3, 4, 5, 17, 32, 64, 100, 300][draw(9, 1)] + graph.leastBatchRows
    rows = batch + draw(2 * batch, 2)
    let classes = graph.output.count
    let targets: TargetKind =
      loss.contains("cross") || loss == "nll" || draw(2, 3) == 0
      ? .classes(classes) : .values(classes)
    data = DrawnTraining.data(rows, input.count, targets, loss, seed)
    var values: [String: ParameterValue] = [:]
    if loss == "cross-entropy", draw(3, 4) == 0 { values["label_smoothing"] = .number(0.1) }
    if loss == "cross-entropy", draw(3, 5) == 0 {
      values["class_weights"] = .list((0..<classes).map { .number(1 + Double($0)) })
    }
    let optimizers = Optimizers.all.map(\.name)
    let optimizer = optimizers[draw(optimizers.count, 6)]
    var settings: [String: ParameterValue] = [:]
    if optimizer == "sgd", draw(2, 7) == 0 { settings["momentum"] = .number(0.9) }
    if optimizer == "rmsprop", draw(2, 7) == 0 {
      settings = ["momentum": .number(0.9), "centered": .flag(true)]
    }
    let cycles = optimizer == "sgd" && settings["momentum"] != nil && draw(2, 8) == 0
    momentum = cycles ? 0.8 : nil
    let isImage = input.sizes.count == 3
    plan = NetworkPlan(
      graph: graph, loss: chosen(Losses.all, loss, values),
      optimizer: chosen(Optimizers.all, optimizer, settings),
      weightDecay: draw(2, 9) == 0 ? 1e-3 : 0, l1: draw(3, 10) == 0 ? 1e-4 : 0,
      clipNorm: draw(3, 11) == 0 ? 0.5 : nil, measuresNorm: draw(3, 12) == 0,
      measuresLayers: true, cyclesMomentum: cycles, batchRows: batch, seed: seed,
      augmentation: isImage && draw(2, 13) == 0 ? Augmentation(flip: true, shift: 1) : nil,
      keptRows: [0, rows, rows - draw(rows, 15)][draw(3, 14)])
  }

  private static func network(_ seed: Int, _ kind: Int) -> ([LayerSpec], Shape, String) {
    switch kind {
    case 0:
      let widths = [[200, 300, 70], [64, 513], [130, 4, 260], [300]][seed % 4]
      return (
        [layer("flatten")] + widths.flatMap { [linear($0), layer("relu")] } + [linear(3)],
        Shape([33, 150, 784][seed % 3]), "cross-entropy"
      )
    case 1:
      return (
        [
          conv(9, 3, padding: seed % 2), layer("batch-norm"), layer("relu"), pool("max", 2),
          conv(18, 3, stride: 1 + seed % 2, padding: 1), layer("relu"), pool("avg", 2),
          linear(70), layer("layer-norm"), layer("gelu"), layer("dropout"), linear(10),
        ], Shape([1 + seed % 3, 12 + seed % 2, 14]), ["cross-entropy", "mse"][seed % 2]
      )
    default:
      let drawn = RandomGraph(seed: seed)
      return (drawn.layers, drawn.input, drawn.loss)
    }
  }

  private static func data(
    _ rows: Int, _ features: Int, _ targets: TargetKind, _ loss: String, _ seed: Int
  ) -> NetworkData {
    let data = sampleData(rows: rows, features: features, targets: targets, seed: seed)
    guard loss.hasPrefix("bce"), case .values(let values) = data.targets else { return data }
    let shares = SharedArray(
      values.elements.map { Float(abs($0).truncatingRemainder(dividingBy: 1)) })
    return NetworkData(features: data.features, targets: .values(shares), rows: rows)
  }

  /// What it comes to, as bits; `threads` says before every update how many there are, `grants` whether
  /// they may take so many bytes.
  func outcome<Scalar: KernelScalar>(
    as scalar: Scalar.Type, _ team: ThreadTeam?, threads: (Int) -> Int = { _ in 1 },
    grants: @escaping (Int) -> Bool = { _ in true }
  ) -> [UInt64] {
    ThreadTeam.$current.withValue(team) {
      let program = NetworkProgram<Scalar>(plan)
      program.grantsMemory = grants
      program.initialize(chosen(Initializers.all, "default"), seed: seed)
      return KernelEnvironment.flushingDenormals { train(program, team, threads) }
    }
  }

  private func train<Scalar: KernelScalar>(
    _ program: NetworkProgram<Scalar>, _ team: ThreadTeam?, _ threads: (Int) -> Int
  ) -> [UInt64] {
    let order = RowOrder(count: rows)
    var told: [Double] = []
    var update = 0
    for epoch in 1...3 {
      order.shuffle(seed: seed, draw: epoch)
      program.bind(data, order: order)
      var first = 0
      while first < rows {
        team?.allow(ThreadAllowance(threads(update), exactly: true))
        let places = first..<min(first + batch, rows)
        if places.count >= plan.graph.leastBatchRows {
          let result = program.step(places, rate: 0.01, momentum: momentum)
          told += [
            result.lossSum, Double(result.correct), result.gradientNorm, result.penalty,
          ]
        }
        first = places.upperBound
        update += 1
      }
      told += program.trainedOutputs(places: rows).map { Double($0) }
      team?.allow(ThreadAllowance(threads(update), exactly: true))
      let measured = program.measureLayers(0..<min(batch, rows))
      told += measured.activations.flatMap { [$0.mean, $0.deviation] }
      told += measured.parameters.flatMap { [$0.gradientNorm, $0.smallShare] }
      program.bind(data)
      let (loss, correct) = program.evaluate(0..<rows)
      told += [loss, Double(correct)] + program.outputs(0..<rows).map { Double($0) }
      told += [program.gradients(0..<rows)]
    }
    told += program.parameterVector.map { Double($0) }
    return told.map(\.bitPattern) + program.stateBytes.map { UInt64($0) }
  }
}
