import GRDB
public import Tracking

/// Where the objective of a run that was logged through MLflow comes from: MLflow itself does not say
/// by which metric runs are judged.
public enum ObjectiveOrigin: Hashable, Sendable {
  /// The run's tag `labbook.objective`.
  case tag
  /// The tag `labbook.objective` of its experiment.
  case experimentTag
  /// A metric's name that says which way is better. `unread` is a tag of another form than
  /// `maximize val/accuracy`; `nil` where there is none.
  case name(unread: String?)

  /// The same in a word, for programs.
  public var word: String {
    switch self {
    case .tag: "tag"
    case .experimentTag: "experiment tag"
    case .name: "name"
    }
  }

  /// An objective with where it comes from, as `minimize val/loss (from its name; ...)`.
  ///
  /// An empty objective is none.
  public func sentence(_ objective: Objective) -> String {
    let name = objective.metric.name
    let shown = name.isEmpty ? "none" : "\(objective.direction.rawValue) \(name)"
    switch self {
    case .tag: return "\(shown) (from the tag labbook.objective)"
    case .experimentTag: return "\(shown) (from the tag labbook.objective of the experiment)"
    case .name(nil):
      return name.isEmpty
        ? "none (no metric's name says which way is better; a tag labbook.objective says it, such as "
          + "'maximize score')"
        : "\(shown) (from its name; a tag labbook.objective says another)"
    case .name(let unread?):
      return "\(shown) (\(name.isEmpty ? "" : "from its name; ")the tag labbook.objective is "
        + "'\(unread.prefix(100))', and is not of the form 'maximize val/accuracy')"
    }
  }
}

extension RunStore {
  /// Where the objective of a run comes from; `nil` for a run of Labbook's own, whose file says it, and
  /// for a logged one that has not ended.
  public func objectiveOrigin(of run: RunRecord) throws -> ObjectiveOrigin? {
    guard run.isLogged, run.status != .running, run.status != .planned else { return nil }
    return try read { db in
      guard let row = try Self.rowID(of: run.id, db) else { return nil }
      return try LoggedObjective(db).origin(row)
    }
  }

  /// The objectives that nobody said of those runs that were logged through MLflow, each as a sentence with how
  /// many runs have it, in the order of the sentences.
  public func guessedObjectives(
    of runs: some Sequence<RunRecord>
  ) throws -> [(sentence: String, runs: Int)] {
    let ended = runs.filter {
      $0.isLogged && $0.status != .running && $0.status != .planned
        && !$0.objective.metric.name.isEmpty
    }
    if ended.isEmpty { return [] }
    var counts: [String: Int] = [:]
    try read { db in
      let table = LoggedObjective(db)
      for run in ended {
        guard let row = try Self.rowID(of: run.id, db) else { continue }
        let origin = try table.origin(row)
        guard case .name = origin else { continue }
        counts[origin.sentence(run.objective), default: 0] += 1
      }
    }
    return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
