public import Datasets
public import Machine
import NeuralNet
public import Runs
public import Tracking

/// How much memory a run takes while it is trained, beside its data.
public struct MemoryNeed: Hashable, Sendable {
  /// Bytes at its greatest, when its state is encoded and written.
  public let bytes: Int
  /// Bytes between two such moments: weights, gradients, the optimizer's vectors, activations.
  public let steadyBytes: Int
  /// Trainable numbers of the network.
  public let parameters: Int
  /// The network's name.
  public let modelName: String

  /// What a run needs on data of these sizes.
  ///
  /// - Throws: where the network does not fit the data.
  public init(_ run: NetworkRun, on shape: DataShape) throws(LabbookError) {
    let length = run.length(trainRows: shape.trainRows)
    self.init(try RunTrainer.plan(run, shape, length, cyclesMomentum: false), run.modelName)
  }

  init(_ plan: NetworkPlan, _ modelName: String) {
    parameters = plan.graph.parameterCount
    let vector = parameters.multipliedSaturating(by: 4)
    // The best weights are kept aside.
    steadyBytes = plan.memoryBytes.addedSaturating(vector)
    // As measured: copies of weights and moments, their encodings and digests. A tenth is for what a
    // written file leaves behind and the allocator does not give back, the rest for the process.
    let greatest = plan.memoryBytes.addedSaturating(
      vector.multipliedSaturating(by: 12 + 4 * plan.optimizerVectors))
    bytes = greatest.addedSaturating(greatest / 10).addedSaturating(16 << 20)
    self.modelName = modelName
  }

  /// What keeps runs from being trained `jobs` at a time; `nil` where there is memory enough.
  public static func problem(
    _ runs: some Collection<NetworkRun>, jobs: Int, library: DataLibrary,
    room: MemoryRoom = .current()
  ) throws -> LabbookError? {
    try greatest(of: runs, library: library)?.problem(jobs: max(1, min(jobs, runs.count)), room)
  }

  /// The greatest need of some runs; `nil` of none.
  ///
  /// Of very many distinct networks some are looked at, from the first to the last of them.
  public static func greatest(
    of runs: some Collection<NetworkRun>, library: DataLibrary
  ) throws -> MemoryNeed? {
    var greatest: MemoryNeed?
    for run in some(of: runs) {
      let need = try MemoryNeed(run, on: library.shape(of: run.data))
      if need.bytes > greatest?.bytes ?? 0 { greatest = need }
    }
    return greatest
  }

  /// Throws where there is too little for one run: memory that is not there ends the process without a
  /// word, so that it is asked for before.
  static func check(_ plan: NetworkPlan, _ modelName: String) throws(LabbookError) {
    guard plan.memoryBytes > 32 << 20 else { return }
    if let problem = MemoryNeed(plan, modelName).problem(jobs: 1, .current()) { throw problem }
  }

  /// Whether threads beside the first may take so many bytes of a run that has begun, beside what it is
  /// yet to take itself.
  ///
  /// What is small is not asked for.
  package func leavesRoom(for threads: Int, _ room: () -> MemoryRoom = { .current() }) -> Bool {
    threads <= 32 << 20 || threads.addedSaturating(bytes - steadyBytes) <= room().bytes
  }

  /// What keeps `jobs` such runs from being trained at a time; `nil` where there is memory enough.
  public func problem(jobs: Int, _ room: MemoryRoom = .current()) -> LabbookError? {
    let together = bytes.addedSaturating(steadyBytes.multipliedSaturating(by: jobs - 1))
    guard together > room.bytes else { return nil }
    let each =
      "a run of '\(modelName)' with \(parameters) parameters needs about "
      + "\(MemoryRoom.text(bytes)) of memory"
    let way = room.way.isEmpty ? "" : ", or \(room.way)"
    if bytes > room.bytes || jobs == 1 {
      return .input(
        "\(each), \(room.words)", hint: "make the network or its batch smaller\(way)")
    }
    return .input(
      "\(each), \(jobs) at a time need \(MemoryRoom.text(together)), \(room.words)",
      hint: "train fewer at a time: --jobs "
        + "\(1 + (room.bytes - bytes) / max(1, steadyBytes))\(way)")
  }

  private static let mostLookedAt = 200

  private static func some(of runs: some Collection<NetworkRun>) -> [NetworkRun] {
    var seen: Set<NetworkWork> = []
    var distinct: [NetworkRun] = []
    var last: NetworkWork?
    for run in runs {
      let work = NetworkWork(run)
      if work == last { continue }
      last = work
      if seen.insert(work).inserted { distinct.append(run) }
    }
    guard distinct.count > mostLookedAt else { return distinct }
    return (0..<mostLookedAt).map { distinct[$0 * (distinct.count - 1) / (mostLookedAt - 1)] }
  }
}
