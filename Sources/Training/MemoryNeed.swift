public import Datasets
public import Machine
import NeuralNet
public import Runs
public import Tracking

/// How much memory a run takes while it is trained, beside its data.
public struct MemoryNeed: Hashable, Sendable {
  /// Bytes of weights, gradients, the optimizer's vectors, activations and the copies that are kept.
  public let bytes: Int
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
    // The best and the last weights, and these as a file.
    bytes = plan.memoryBytes.addedSaturating(parameters.multipliedSaturating(by: 12))
    self.modelName = modelName
  }

  /// What keeps runs from being trained `jobs` at a time; `nil` where there is memory enough.
  ///
  /// Of very many distinct networks some are looked at, from the first to the last of them.
  public static func problem(
    _ runs: [NetworkRun], jobs: Int, library: DataLibrary, room: MemoryRoom = .current()
  ) throws -> LabbookError? {
    var greatest: MemoryNeed?
    for run in some(of: runs) {
      let need = try MemoryNeed(run, on: library.shape(of: run.data))
      if need.bytes > greatest?.bytes ?? 0 { greatest = need }
    }
    return greatest?.problem(jobs: max(1, min(jobs, runs.count)), room)
  }

  /// What keeps `jobs` such runs from being trained at a time.
  func problem(jobs: Int, _ room: MemoryRoom) -> LabbookError? {
    guard bytes.multipliedSaturating(by: jobs) > room.bytes else { return nil }
    let each =
      "a run of '\(modelName)' with \(parameters) parameters needs about "
      + "\(MemoryRoom.text(bytes)) of memory"
    let way = room.way.isEmpty ? "" : ", or \(room.way)"
    if bytes > room.bytes || jobs == 1 {
      return .input(
        "\(each), \(room.words)", hint: "make the network or its batch smaller\(way)")
    }
    return .input(
      "\(each), \(jobs) at a time need \(MemoryRoom.text(bytes * jobs)), \(room.words)",
      hint: "train fewer at a time: --jobs \(max(1, room.bytes / max(1, bytes)))\(way)")
  }

  private static let mostLookedAt = 200

  private struct Work: Hashable {
    let data: DataConfiguration
    let layers: [LayerSpec]
    let optimizer: String
    let batch: TrainConfiguration.BatchSize
  }

  private static func some(of runs: [NetworkRun]) -> [NetworkRun] {
    var seen: Set<Work> = []
    let distinct = runs.filter {
      seen.insert(
        Work(
          data: $0.data, layers: $0.layers, optimizer: $0.train.optimizer.name,
          batch: $0.train.batchSize)
      ).inserted
    }
    guard distinct.count > mostLookedAt else { return distinct }
    return (0..<mostLookedAt).map { distinct[$0 * (distinct.count - 1) / (mostLookedAt - 1)] }
  }
}
