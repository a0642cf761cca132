package import Languages
package import RunStorage
import Runs
import Tracking

/// In what the combinations of one group differ beside the key that they are grouped by.
package struct FurtherAxes {
  /// The axes in the order of the sweep; `data.seed` is not among them.
  package let names: [String]
  /// What n counts.
  package let replicate: Replicate

  package init(within groups: [SweepView.Group]) {
    var axes: [String] = []
    var differing: Set<String> = []
    for group in groups {
      let held = group.points.map { point in
        Dictionary(point.axes.map { ($0.axis, $0.display) }) { first, _ in first }
      }
      var seen: Set<String> = []
      for (axis, _) in group.points.flatMap(\.axes) where seen.insert(axis).inserted {
        if !axes.contains(axis) { axes.append(axis) }
        if Set(held.map { $0[axis] }).count > 1 { differing.insert(axis) }
      }
    }
    let names = axes.filter(differing.contains)
    self.names = names.filter { $0 != Replicate.dataSeedAxis }
    // A group of one fold alone is one over seeds.
    let hasFolds = groups.contains { group in
      Set(group.points.flatMap(\.members).map(\.fold)).count > 1
    }
    replicate =
      hasFolds ? .fold : differing.contains(Replicate.dataSeedAxis) ? .dataSeed : .seed
  }

  /// What is said where all combinations of a group are taken together; `nil` where each has one.
  package func pooledSentence(_ language: Language) -> String? {
    names.isEmpty
      ? nil
      : language(
        .pooledSentence, language.keys(names), language.noun(1, replicate.noun))
  }
}

extension Replicate {
  /// The seed, or fold, that a run at a combination counts for.
  package func number(of run: RunRecord, at point: SweepView.Point) -> Int {
    if self == .fold { return run.fold ?? run.seed }
    let path = SettingPath.absolute(["data", "seed"])
    guard self == .dataSeed, case .integer(let seed)? = point.configuration.value(at: path) else {
      return run.seed
    }
    return seed
  }
}
