import TensorKernels
public import Tracking

/// The gradients of a network's modules and of the whole graph against central differences in
/// double precision.
public struct GradientCheck: Sendable {
  /// One module, or the whole graph.
  public struct Part: Sendable {
    /// The layer's name; empty for the whole graph.
    public let name: String
    /// The layer's kind; empty for the whole graph.
    public let kind: String
    /// Rows and columns of dy/dx, as the course writes it: outputs by inputs of one row, a matrix an
    /// input; of the whole batch where its rows depend on each other.
    public let stateJacobians: [(rows: Int, columns: Int)]
    /// Rows and columns of dy/dw, with all weights side by side; `nil` without weights.
    public let weightJacobian: (rows: Int, columns: Int)?
    /// The largest difference, relative to slopes above 1.
    public let difference: Double
    /// Entries compared.
    public let compared: Int
    /// Entries left out because a kink is beside them.
    public let skipped: Int

    /// Whether backward computes what forward asks for.
    public var isRight: Bool { difference <= GradientCheck.tolerance }
  }

  /// The Jacobian of a module at the first row, computed by backward.
  public struct Jacobian: Sendable {
    /// The layer's name and what the columns are: `0, with respect to the state`.
    public let title: String
    /// Row by row.
    public let rows: [[Double]]
  }

  /// The largest difference that passes: with steps of 1e-5 smooth functions of order 1 differ by
  /// 1e-9, a wrong formula by 1e-3 and more.
  public static let tolerance = 1e-5
  /// Entries of one tensor that are compared; of larger tensors as many are drawn.
  public static let mostEntries = 200
  /// Numbers a Jacobian may have to be given as a matrix.
  public static let mostOfMatrix = 400

  /// The modules in the order in which they run.
  public let modules: [Part]
  /// The graph with its loss; `nil` without a loss.
  public let whole: Part?
  /// The matrices of small modules, where asked for.
  public let jacobians: [Jacobian]

  /// Whether every gradient is right.
  public var isRight: Bool { modules.allSatisfy(\.isRight) && whole?.isRight ?? true }

  /// Checks a network on rows of data.
  ///
  /// - Parameters:
  ///   - loss: a checked choice of `Losses.all`; `nil` checks the modules alone.
  ///   - data: a few rows; all of them are one batch.
  ///   - initializer: a checked choice of `Initializers.all` other than `file`.
  ///   - seed: of the weights, of dropout and of the drawn entries.
  ///   - wantsMatrices: whether Jacobians of small modules are given.
  public init(
    _ graph: Graph, loss: Chosen?, data: NetworkData, initializer: Chosen, seed: Int,
    wantsMatrices: Bool = false
  ) {
    var run = GradientCheckRun(graph, loss: loss, data: data, initializer: initializer, seed: seed)
    modules = graph.nodes.indices.map { run.check(module: $0, wantsMatrices: wantsMatrices) }
    whole = loss == nil ? nil : run.checkWhole()
    jacobians = run.jacobians
  }
}

/// The work of one check.
struct GradientCheckRun {
  private let graph: Graph
  private let rows: Int
  private let seed: Int
  private let program: NetworkProgram<Double>
  private let trace: StepTrace
  private let random: CounterRandom
  private(set) var jacobians: [GradientCheck.Jacobian] = []

  init(_ graph: Graph, loss: Chosen?, data: NetworkData, initializer: Chosen, seed: Int) {
    self.graph = graph
    self.seed = seed
    rows = data.rows
    program = NetworkProgram(
      NetworkPlan(
        graph: graph, loss: loss, optimizer: SGD.choice.standard(), isTraced: true,
        batchRows: data.rows, seed: seed))
    program.initialize(initializer, seed: seed)
    program.bind(data)
    // A rate of 0 leaves the weights as they are.
    trace = program.traceStep(0..<data.rows, rate: 0)
    random = CounterRandom(seed: seed, purpose: .bootstrap)
  }

  mutating func check(module index: Int, wantsMatrices: Bool) -> GradientCheck.Part {
    let node = graph.nodes[index]
    let layer = graph.layers[node.layer]
    let parameters = node.parameters.map { program.memoryValues(at: $0) }
    let probe = ModuleProbe(
      node, buffers: node.buffers.map { graph.buffers[$0] },
      arguments: node.inputs.map { trace.values[$0].numbers } + parameters, rows: rows, seed: seed)
    let here = probe.output()
    let direction = here.indices.map { random.normal(index, $0) }
    let slopes = probe.gradients(direction)
    var comparison = Comparison()
    let value = Self.product(direction, here)
    for argument in probe.arguments.indices {
      for entry in entries(of: probe.arguments[argument].count, argument) {
        comparison.compare(
          slopes[argument][entry], at: probe.arguments[argument][entry], value
        ) { Self.product(direction, probe.output(argument, entry, at: $0)) }
      }
    }
    let batch = node.module.needsWholeBatch ? rows : 1
    let outputs = node.outputShape.count * batch
    let weights = parameters.reduce(0) { $0 + $1.count }
    if wantsMatrices { addMatrices(probe, layer.name, batch) }
    return GradientCheck.Part(
      name: layer.name, kind: layer.kind,
      stateJacobians: node.inputShapes.map { (outputs, $0.count * batch) },
      weightJacobian: weights == 0 ? nil : (outputs, weights), difference: comparison.worst,
      compared: comparison.compared, skipped: comparison.skipped)
  }

  /// The mean loss of the batch by every parameter.
  func checkWhole() -> GradientCheck.Part {
    let here = program.gradients(0..<rows) / Double(rows)
    let gradients = graph.parameters.indices.map { program.gradient(at: $0) }
    var comparison = Comparison()
    for (index, gradient) in gradients.enumerated() {
      let values = program.values(at: index)
      for entry in entries(of: gradient.count, index) {
        comparison.compare(gradient[entry], at: values[entry], here) { value in
          program.set(value, entry, at: index)
          return program.gradients(0..<rows) / Double(rows)
        }
        program.set(values[entry], entry, at: index)
      }
    }
    return GradientCheck.Part(
      name: "", kind: "", stateJacobians: [(1, graph.input.count)],
      weightJacobian: graph.parameterCount == 0 ? nil : (1, graph.parameterCount),
      difference: comparison.worst, compared: comparison.compared, skipped: comparison.skipped)
  }

  /// All entries of a tensor, or as many as are compared, drawn.
  private func entries(of count: Int, _ stream: Int) -> [Int] {
    if count <= GradientCheck.mostEntries { return Array(0..<count) }
    return (0..<GradientCheck.mostEntries).map {
      random.integer(below: count, -1 - stream, $0)
    }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The Jacobians of the first row, or of the batch, row by row: one backward a number put out.
  private mutating func addMatrices(_ probe: ModuleProbe, _ name: String, _ batch: Int) {
    let node = probe.node
    let outputs = node.outputShape.count * batch
    let inputs = node.inputShapes.map { $0.count * batch }
    let weights = node.parameters.map { graph.parameters[$0].shape.count }.reduce(0, +)
    let titles = inputs.indices.map {
      "\(name), with respect to "
        + (inputs.count == 1 ? "the state" : "input \($0 + 1)")
    }
    var states = inputs.map { _ in [[Double]]() }
    var byWeights: [[Double]] = []
    guard outputs * max(inputs.max() ?? 0, 1) <= GradientCheck.mostOfMatrix else { return }
    for output in 0..<outputs {
      var unit = [Double](repeating: 0, count: rows * node.outputShape.count)
      unit[output] = 1
      let gradients = probe.gradients(unit)
      for (index, count) in inputs.enumerated() {
        states[index].append(Array(gradients[index].prefix(count)))
      }
      byWeights.append(
        zip(node.parameters, gradients.dropFirst(inputs.count)).flatMap {
          program.inOrder($1, of: $0)
        })
    }
    for (title, matrix) in zip(titles, states) {
      jacobians.append(GradientCheck.Jacobian(title: title, rows: matrix))
    }
    if weights > 0, outputs * weights <= GradientCheck.mostOfMatrix {
      jacobians.append(
        GradientCheck.Jacobian(title: "\(name), with respect to the weights", rows: byWeights))
    }
  }
}

extension NetworkProgram {
  /// One parameter's numbers as they lie in memory.
  fileprivate func memoryValues(at index: Int) -> [Double] {
    let first = plan.offsets[index]
    return parameterVector[first..<first + plan.graph.parameters[index].shape.count]
      .map(Double.init)
  }

  /// Numbers that lie as a parameter does in memory, in PyTorch's order.
  fileprivate func inOrder(_ numbers: [Double], of index: Int) -> [Double] {
    let first = plan.offsets[index]
    return places(of: index).map { numbers[$0 - first] }
  }

  /// Sets one number of a parameter, counted in PyTorch's order.
  fileprivate func set(_ value: Double, _ entry: Int, at index: Int) {
    set(place: places(of: index)[entry], value)
  }
}

extension GradientCheck {
  /// Compares slopes of a function of one number with its central differences at some places.
  package static func compare(
    _ slopes: [Double], at values: [Double], _ function: (Double) -> Double
  ) -> (isRight: Bool, compared: Int, skipped: Int) {
    var comparison = Comparison()
    for (slope, value) in zip(slopes, values) {
      comparison.compare(slope, at: value, function(value), function)
    }
    return (comparison.worst <= tolerance, comparison.compared, comparison.skipped)
  }
}
