public import TensorKernels

/// What one update measured.
public struct StepResult: Sendable {
  /// The loss without penalties, summed over the batch's rows.
  public let lossSum: Double
  /// Rows whose greatest output was their class.
  public let correct: Int
  /// The gradient's norm before clipping; 0 where it is not measured.
  public let gradientNorm: Double
  /// What weight decay and l1 add to the mean loss; 0 where there are none.
  public let penalty: Double
}

/// A network that runs: one arena, and for each pass a flat list of instructions over it.
///
/// Everything is laid out when it is made. An update or an evaluation allocates nothing, counts no
/// references and takes no lock. One thread at a time may use it; the team that is current where it is
/// made computes with it, to the same bits.
public final class NetworkProgram<Scalar: KernelScalar> {
  /// What was planned.
  public let plan: NetworkPlan
  /// Updates done so far.
  public internal(set) var updates = 0

  let layout: ArenaLayout
  let arena: Arena
  let state: RunState
  private var passes: [Pass] = []
  private let update: InstructionList
  private let optimizer: (any Optimizer)?
  /// Who computes; `nil` for the thread that calls alone.
  private let team: ThreadTeam?
  /// The passes for several threads, once there have been any.
  private var shared: SharedProgram<Scalar>?
  private var isWithoutShared = false
  /// Whether so many bytes more may be taken, for threads beside the first; where not, fewer compute.
  public var grantsMemory: (Int) -> Bool = { _ in true }
  /// What passes cost, once it has been asked.
  private var costs: PassCosts?
  /// Whether the last pass was several threads'.
  private var wasShared = false
  private var data: NetworkData?
  private var order: RowOrder?

  /// The instructions of one kind of pass for one number of rows.
  private struct Pass {
    let kind: PassKind
    let rows: Int
    let list: InstructionList
  }

  /// Lays out the arena and the passes of a full batch; parameters are zero.
  public init(_ plan: NetworkPlan) {
    self.plan = plan
    layout = ArenaLayout(plan, bytesPerNumber: MemoryLayout<Scalar>.stride)
    arena = Arena(byteCount: layout.byteCount)
    state = RunState(in: arena)
    optimizer = plan.optimizer
    team = ThreadTeam.current
    update = layout.list(layout.update, ScratchLayout.none, arena, state, Scalar.self)
    for (place, value) in (plan.loss?.constants ?? []).enumerated() {
      numbers(layout.constants)[place] = Scalar(value)
    }
    if plan.optimizer != nil { prepare(.training, rows: plan.blockRows) }
  }

  /// Says which rows are meant from now on, and in which order.
  public func bind(_ data: NetworkData, order: RowOrder? = nil) {
    self.data = data
    self.order = order
    var classes: UnsafePointer<Int32>?
    var values: UnsafePointer<Float>?
    switch data.targets {
    case .classes(let array): classes = array.elements.baseAddress
    case .values(let array): values = array.elements.baseAddress
    case .none: break
    }
    state.bind(
      features: data.features.elements.baseAddress, classes: classes, values: values,
      order: order.map { UnsafePointer($0.storage.baseAddress) } ?? nil)
  }

  /// Does one update on the rows at these places of the order.
  ///
  /// - Parameter momentum: what the schedule puts in the place of the optimizer's own.
  public func step(_ places: Range<Int>, rate: Double, momentum: Double? = nil) -> StepResult {
    let (bias1, bias2) = optimizer?.corrections(update: updates, momentum: momentum) ?? (1, 1)
    state.update(updates, rate: rate, momentum: momentum, bias1: bias1, bias2: bias2)
    run(.training, places, updates: true)
    updates += 1
    return StepResult(
      lossSum: state.loss, correct: state.correct, gradientNorm: state.norm,
      penalty: state.penalty)
  }

  /// Says what the next update is.
  func begin(rate: Double, momentum: Double?) {
    let (bias1, bias2) = optimizer?.corrections(update: updates, momentum: momentum) ?? (1, 1)
    state.update(updates, rate: rate, momentum: momentum, bias1: bias1, bias2: bias2)
  }

  /// Moves the parameters by the gradients that lie in the arena.
  func finish() {
    update.run()
    updates += 1
  }

  /// The loss, summed over the rows at these places, and how many are right, in inference mode.
  public func evaluate(_ places: Range<Int>) -> (lossSum: Double, correct: Int) {
    run(.evaluation, places)
    return (state.loss, state.correct)
  }

  /// The gradients of the rows' mean loss, left in the arena, without an update.
  package func gradients(_ places: Range<Int>) -> Double {
    state.update(updates, rate: 0, bias1: 1, bias2: 1)
    run(.training, places)
    return state.loss
  }

  /// What the network puts out for the rows at these places, row-major, in inference mode.
  public func outputs(_ places: Range<Int>) -> [Scalar] {
    let width = plan.graph.output.count
    var result: [Scalar] = []
    result.reserveCapacity(places.count * width)
    var first = places.lowerBound
    while first < places.upperBound {
      let rows = min(plan.inferenceRows, places.upperBound - first)
      run(.inference, first..<first + rows)
      result += outputNumbers(rows * width)
      first += rows
    }
    return result
  }

  /// Runs a kind of pass over the rows at these places, block after block.
  ///
  /// - Parameter updates: whether the parameters are moved behind them.
  func run(_ kind: PassKind, _ places: Range<Int>, updates: Bool = false) {
    state.begin(scale: 1 / Double(places.count))
    let threads = threads(for: kind, places.count, updates: updates)
    wasShared = threads > 1
    if let team, let shared, wasShared {
      defer { team.giveBack() }
      shared.run(kind, places, updates: updates, team, threads: threads)
      return
    }
    let rows = plan.rows(of: kind)
    let left = places.count % rows
    InstructionList.run(
      full: places.count >= rows ? pass(kind, rows: rows) : nil,
      last: left > 0 ? pass(kind, rows: left) : nil, state, places, rows: rows)
    if updates { update.run() }
  }

  /// How many threads take a pass, as many as are allowed, can be made and pay; from 2 on the team is taken.
  private func threads(for kind: PassKind, _ rows: Int, updates: Bool) -> Int {
    guard let team, kind != .trace else { return 1 }
    let allowed = team.allowance
    guard allowed.count > 1 else { return 1 }
    var wanted = allowed.count
    if !allowed.isExact {
      let costs = self.costs ?? PassCosts(layout)
      self.costs = costs
      wanted = costs.threads(for: kind, rows, updates: updates, most: wanted)
    }
    guard wanted > 1, !isWithoutShared, team.take() else { return 1 }
    if shared == nil {
      shared = SharedProgram(layout, arena, state, grants: grantsMemory)
      isWithoutShared = shared == nil
    }
    let threads = shared.map { team.prepare($0.prepare(wanted)) } ?? 1
    if threads == 1 { team.giveBack() }
    return threads
  }

  /// What inference has left of a block.
  private func outputNumbers(_ count: Int) -> UnsafeMutableBufferPointer<Scalar> {
    if wasShared, let shared {
      return shared.numbers(.inference, buffer: layout.outputBuffer, count: count)
    }
    return arena.numbers(at: layout.output, count: count, as: Scalar.self)
  }

  /// What a measurement has left of a value.
  func measuredNumbers(_ value: Int, count: Int) -> UnsafeMutableBufferPointer<Scalar> {
    if wasShared, let shared {
      return shared.numbers(.measurement, buffer: layout.valueBuffers[value], count: count)
    }
    return arena.numbers(at: layout.value(value), count: count, as: Scalar.self)
  }

  private func pass(_ kind: PassKind, rows: Int) -> InstructionList {
    var index = 0
    while index < passes.count {
      if passes[index].rows == rows && passes[index].kind == kind { return passes[index].list }
      index += 1
    }
    return prepare(kind, rows: rows)
  }

  /// Lays out a pass that was not needed before: a last, smaller block, or another kind.
  @discardableResult
  private func prepare(_ kind: PassKind, rows: Int) -> InstructionList {
    let list = layout.list(
      layout.lowering(kind, rows: rows), layout.scratch(kind), arena, state, Scalar.self)
    passes.append(Pass(kind: kind, rows: rows, list: list))
    return list
  }
}
