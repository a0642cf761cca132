import FileLanguage
import Runs

extension Experiment {
  /// The exercises of the notebook in order.
  public var exercises: [ExerciseCell] {
    cells.compactMap { if case .exercise(let cell) = $0 { cell } else { nil } }
  }

  /// What of the sweep of an exercise a hand-in is to set: its open axes and what the expression names of
  /// the other open keys; where there are none, every open key that it may set.
  public func openAxes(of exercise: ExerciseCell) -> [OpenKeys.Key] {
    guard let sweep = sweeps.first(where: { $0.name == exercise.sweep }) else { return [] }
    let free = open.keys.filter { isFree($0.path, for: exercise) }
    let conditions = exercise.results?.formula.calls.flatMap(\.conditions) ?? []
    let named = conditions.flatMap(\.names).compactMap { SettingPath(bare: $0.text) }
    let own = free.filter { key in
      (sweep.axes.map(\.path) + named).contains { $0.meets(key.path) }
    }
    return own.isEmpty ? free : own
  }

  /// Whether the answer to an exercise may set a path that is open: one that its sweep varies, or one that
  /// the sweep of no other exercise does and its own sweep leaves as it is.
  func isFree(_ path: SettingPath, for exercise: ExerciseCell) -> Bool {
    guard let sweep = sweeps.first(where: { $0.name == exercise.sweep }) else { return false }
    func isAxis(of sweep: SweepSpec) -> Bool { sweep.axes.contains { $0.path.meets(path) } }
    if isAxis(of: sweep) { return true }
    let set = sweep.with + sweep.variants.flatMap(\.substitutions)
    if set.contains(where: { $0.path.meets(path) }) { return false }
    let others = exercises.compactMap(\.sweep).filter { $0 != sweep.name }
    return !sweeps.contains { others.contains($0.name) && isAxis(of: $0) }
  }

  /// Whether every sweep that an exercise is of sets a path itself, so that the file's value is none of its
  /// runs'.
  func setsItself(_ path: SettingPath) -> Bool {
    func isSet(by sweep: SweepSpec) -> Bool {
      let all = sweep.with.map(\.path) + sweep.axes.map(\.path)
      return all.contains { $0.contains(path) }
        || !sweep.variants.isEmpty
          && sweep.variants.allSatisfy { $0.substitutions.contains { $0.path.contains(path) } }
    }
    let names = Set(exercises.compactMap(\.sweep))
    return !names.isEmpty
      && names.allSatisfy { name in lineage(of: name).contains(where: isSet) }
  }

  /// A sweep below those that it begins with.
  func lineage(of name: String) -> [SweepSpec] {
    var found: [SweepSpec] = []
    var next: String? = name
    while let name = next, let sweep = sweeps.first(where: { $0.name == name }),
      !found.contains(where: { $0.name == name })
    {
      found.append(sweep)
      next = sweep.from?.sweep
    }
    return found.reversed()
  }
}
