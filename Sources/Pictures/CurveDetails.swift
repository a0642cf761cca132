import Languages
import Results
import RunStorage
import Runs
import Tracking

/// What tells the configurations of one group of a figure apart.
struct CurveDetails {
  /// The axes that they differ in; empty where every group has one configuration a panel.
  let keys: [String]

  /// - Parameter told: what colours and panels tell already.
  init(_ groups: [SweepView.Group], told: [SweepKey]) {
    let known = Set(told.map(\.label))
    var differing: [String] = []
    for group in groups {
      let panels = Dictionary(grouping: group.points) { point in
        told.map { point.value($0)?.display ?? "" }
      }
      for points in panels.values where points.count > 1 {
        for axis in points.flatMap({ $0.axes.map(\.axis) })
        where !known.contains(axis) && !differing.contains(axis) {
          let values = points.map { point in point.axes.first { $0.axis == axis }?.display }
          if Set(values).count > 1 { differing.append(axis) }
        }
      }
    }
    let order = groups.flatMap(\.points).first?.axes.map(\.axis) ?? []
    keys = order.filter(differing.contains) + differing.filter { !order.contains($0) }.sorted()
  }

  /// What a combination holds of them: the value of a single one, `lr=0.1, batch_size=8` of several.
  func text(_ point: SweepView.Point, _ language: Language) -> String {
    let own = point.axes.filter { keys.contains($0.axis) }
    return own.map { keys.count == 1 ? $0.display : "\(language.key($0.axis))=\($0.display)" }
      .joined(separator: ", ")
  }
}

extension SweepView.Point {
  /// The runs whose curves are drawn: one that failed only where there is no other.
  var drawnRuns: [RunRecord] {
    let others = runs.filter { $0.status != .failed }
    return others.isEmpty ? runs : others
  }
}
