import TensorKernels

/// What a pass is for.
enum PassKind {
  /// Forward, loss and backward.
  case training
  /// Forward and loss in inference mode.
  case evaluation
  /// Forward in inference mode.
  case inference
  /// Forward in inference mode, every value kept.
  case measurement
  /// Forward, loss and backward, every value and gradient kept.
  case trace
}

/// Where everything lies in a program's arena: the state, the flat vectors, the scratch memory,
/// which all passes share, and the outputs of inference.
struct ArenaLayout {
  private let plan: NetworkPlan
  private let bytesPerNumber: Int
  private let parameters: Int
  private let gradients: Int
  private let optimizer: Int
  /// What the loss reads beside outputs and targets.
  let constants: Vector
  private let scratch: Int
  private let layouts: [PassKind: ScratchLayout]
  /// The instructions of full blocks, by which the scratch memory was laid out.
  private let lowerings: [PassKind: Lowering]
  /// The buffer of inference's outputs.
  let outputBuffer: Int
  /// The outputs of an epoch's rows as they were trained, by place; empty where none are kept.
  let trainedOutputs: Vector
  /// The buffer of every value, where layers are measured.
  let valueBuffers: [Int]
  /// The buffers of every value and of their gradients, where an update is traced.
  private let tracedBuffers: (values: [Int], gradients: [Int: Int])
  /// The whole arena.
  let byteCount: Int

  init(_ plan: NetworkPlan, bytesPerNumber: Int) {
    self.plan = plan
    self.bytesPerNumber = bytesPerNumber
    let vector = plan.parameterCount * bytesPerNumber
    let weights = plan.weightCount * bytesPerNumber
    let isTrained = plan.optimizer != nil
    parameters = RunState.byteCount
    gradients = parameters + weights
    optimizer = gradients + (isTrained ? vector : 0)
    constants = Vector(
      offset: optimizer + (plan.optimizer?.slots ?? 0) * vector,
      count: plan.loss?.constants.count ?? 0)
    scratch = constants.offset + Arena.rounded(constants.count * bytesPerNumber)
    var kinds: [PassKind] = [.inference]
    if isTrained { kinds.append(.training) }
    if plan.loss != nil { kinds.append(.evaluation) }
    if plan.measuresLayers { kinds.append(.measurement) }
    var traced: (values: [Int], gradients: [Int: Int]) = ([], [:])
    if plan.isTraced, isTrained {
      kinds.append(.trace)
      traced = ArenaLayout.tracedBuffers(plan)
    }
    tracedBuffers = traced
    var lowerings: [PassKind: Lowering] = [:]
    for kind in kinds {
      lowerings[kind] = ArenaLayout.lower(plan, kind, rows: plan.rows(of: kind))
    }
    self.lowerings = lowerings
    layouts = lowerings.mapValues { ScratchLayout($0) }
    outputBuffer = ArenaLayout.buffers(plan, .inference).last ?? 0
    valueBuffers = plan.measuresLayers ? ArenaLayout.buffers(plan, .measurement) : []
    trainedOutputs = Vector(
      offset: scratch
        + Arena.rounded((layouts.values.map(\.count).max() ?? 0) * bytesPerNumber),
      count: plan.keptRows * plan.graph.output.count)
    byteCount = trainedOutputs.offset + trainedOutputs.count * bytesPerNumber
  }

  /// The kinds of passes that threads may share.
  var sharedKinds: [PassKind] { lowerings.keys.filter { $0 != .trace } }

  /// The most bytes that blocks of a batch may take where each thread has whole ones: as many as the
  /// activations of a batch, or what is next to nothing.
  var mostBlockBytes: Int { max(plan.activationBytes, 1 << 20) }

  /// Rows of a full block of a kind of pass.
  func rows(of kind: PassKind) -> Int { plan.rows(of: kind) }

  /// The instructions of a pass over a block of so many rows.
  func lowering(_ kind: PassKind, rows: Int) -> Lowering {
    if rows == plan.rows(of: kind), let known = lowerings[kind] { return known }
    return ArenaLayout.lower(plan, kind, rows: rows)
  }

  private static func lower(_ plan: NetworkPlan, _ kind: PassKind, rows: Int) -> Lowering {
    var builder = PassBuilder(
      plan, rows: rows, isTraining: kind == .training || kind == .trace,
      isTraced: kind == .measurement || kind == .trace)
    builder.forward()
    if kind == .training, plan.keptRows > 0 { builder.keepOutputs() }
    switch kind {
    case .training, .trace: builder.backward()
    case .evaluation: builder.evaluate()
    case .inference, .measurement: break
    }
    return Fusion.fuse(builder.lowering)
  }

  /// The number of the scratch buffer of every value.
  private static func buffers(_ plan: NetworkPlan, _ kind: PassKind) -> [Int] {
    var builder = PassBuilder(
      plan, rows: plan.rows(of: kind), isTraining: kind == .training,
      isTraced: kind == .measurement)
    builder.forward()
    return builder.values.map(index)
  }

  private static func tracedBuffers(_ plan: NetworkPlan) -> (values: [Int], gradients: [Int: Int]) {
    var builder = PassBuilder(
      plan, rows: plan.rows(of: .trace), isTraining: true, isTraced: true)
    builder.forward()
    builder.backward()
    return (builder.values.map(index), builder.gradients.mapValues(index))
  }

  private static func index(_ buffer: Buffer) -> Int {
    if case .scratch(let index) = buffer.section { index } else { 0 }
  }

  /// How many numbers the gradient of a parameter has that begins at an offset.
  func gradientCount(from offset: Int) -> Int {
    guard let index = plan.offsets.firstIndex(of: offset) else { return 0 }
    return plan.graph.parameters[index].shape.count
  }

  /// The pass that follows a batch's last block: measures, clips, moves the parameters.
  var update: Lowering {
    var lowering = Lowering(rows: 0, isTraining: true, seed: plan.seed)
    guard let optimizer = plan.optimizer, plan.parameterCount > 0 else { return lowering }
    let context = UpdateContext(
      count: plan.parameterCount, weightDecay: plan.weightDecay, l1: plan.l1)
    if plan.hasPenalty {
      lowering.emit(
        .penalty, [context.parameters], sizes: [context.count],
        scalars: [plan.penalizedDecay, plan.l1])
    }
    if plan.measuresNorm || plan.clipNorm != nil {
      lowering.emit(
        .norm, [context.gradients], sizes: [context.count], scalars: [plan.clipNorm ?? 0])
    }
    optimizer.lower(context, &lowering)
    return lowering
  }

  /// Where the scratch buffers of a kind of pass lie, whatever its rows: those of a full block.
  func scratch(_ kind: PassKind) -> ScratchLayout { layouts[kind] ?? .none }

  /// Where inference leaves its outputs.
  var output: Int { scratch + scratch(.inference).offsets[outputBuffer] * bytesPerNumber }

  /// Where a measurement leaves a value.
  func value(_ index: Int) -> Int {
    scratch + scratch(.measurement).offsets[valueBuffers[index]] * bytesPerNumber
  }

  /// Where a traced update leaves a value.
  func tracedValue(_ index: Int) -> Int {
    scratch + scratch(.trace).offsets[tracedBuffers.values[index]] * bytesPerNumber
  }

  /// Where a traced update leaves the gradient of a value; `nil` where it has none.
  func tracedGradient(_ index: Int) -> Int? {
    tracedBuffers.gradients[index].map {
      scratch + scratch(.trace).offsets[$0] * bytesPerNumber
    }
  }

  /// A flat vector of the arena.
  struct Vector {
    /// Where it begins, in bytes.
    let offset: Int
    let count: Int
  }

  /// Parameters with the graph's buffers behind them.
  var weights: Vector { Vector(offset: parameters, count: plan.weightCount) }

  /// The flat vectors that a run consists of: the weights, then the optimizer's.
  var vectors: [Vector] {
    let size = plan.parameterCount * bytesPerNumber
    return [weights]
      + (0..<(plan.optimizer?.slots ?? 0)).map {
        Vector(offset: optimizer + $0 * size, count: plan.parameterCount)
      }
  }

  /// The gradients of the parameters.
  var gradientVector: Vector { Vector(offset: gradients, count: plan.parameterCount) }

  /// The instructions of a pass with addresses in place of buffers.
  func list<Scalar: KernelScalar>(
    _ lowering: Lowering, _ layout: ScratchLayout, _ arena: Arena, _ state: RunState,
    _ scalar: Scalar.Type
  ) -> InstructionList {
    let entries = lowering.steps.map { step in
      InstructionList.Entry(
        step.kernel,
        step.operands.map { operand in
          operand.flatMap { arena.bytes.baseAddress?.advanced(by: offset(of: $0, layout)) }
        },
        sizes: step.sizes, scalars: step.scalars)
    }
    return InstructionList(entries, state: state, as: scalar)
  }

  /// Where a buffer lies, scratch buffers in an arena of their own.
  func address(
    of buffer: Buffer, _ layout: ScratchLayout, _ arena: Arena, scratch: Arena
  ) -> UnsafeMutableRawPointer? {
    if case .scratch(let index) = buffer.section {
      return scratch.bytes.baseAddress?.advanced(by: layout.offsets[index] * bytesPerNumber)
    }
    return arena.bytes.baseAddress?.advanced(by: offset(of: buffer, layout))
  }

  private func offset(of buffer: Buffer, _ layout: ScratchLayout) -> Int {
    switch buffer.section {
    case .parameters(let first): parameters + first * bytesPerNumber
    case .gradients(let first): gradients + first * bytesPerNumber
    case .optimizer(let index): optimizer + index * plan.parameterCount * bytesPerNumber
    case .constants: constants.offset
    case .outputs: trainedOutputs.offset
    case .scratch(let index): scratch + layout.offsets[index] * bytesPerNumber
    }
  }
}
