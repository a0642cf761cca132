package import Experiments
import Figures
import Foundation
import Languages
import Results
import RunStorage
import Runs
import Tracking

extension ImportancePlot: SweepPicture {
  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.importance(self, cell)
  }
}

extension FigureMaker {
  /// Permutation importance of what varies, by a forest over the runs that did not diverge.
  package func importance(_ plot: ImportancePlot, _ cell: PlotCell) throws -> Painting {
    let explaining = plot.explaining.isEmpty ? subject.axes : plot.explaining
    var seen: Set<RunID> = []
    var rows: [(values: [ParameterValue], target: Double)] = []
    var diverged = 0
    for point in sweep.points {
      for run in point.runs where run.status.isResult && seen.insert(run.id).inserted {
        if run.status == .diverged {
          diverged += 1
        } else if let value = run.value(of: plot.metric, plot.value), value.isFinite {
          rows.append((explaining.map { point.value($0) ?? .off }, value))
        }
      }
    }
    guard !rows.isEmpty || diverged > 0 else { throw try noValues([plot.metric]) }
    guard rows.count >= ImportancePlot.fewestRuns else {
      throw LabbookError.failure(
        "importance needs \(ImportancePlot.fewestRuns) runs with \(plot.metric), the sweep"
          + " '\(sweep.name)' has \(rows.count)",
        hint: diverged > 0
          ? "\(diverged) diverged and are not counted" : "give it more values or seeds")
    }
    let targets = rows.map(\.target)
    let least = targets.min() ?? 0
    let isLog = least > 0 && !plot.metric.isHigherBetter && (targets.max() ?? 0) / least >= 50
    let columns = explaining.indices.map { index in Column(rows.map { $0.values[index] }) }
    let forest = ImportanceForest(
      columns: columns.map(\.numbers), isNames: columns.map(\.isNames),
      targets: isLog ? targets.map { Foundation.log($0) } : targets)
    var options = ImportanceOptions()
    options.title = title(
      cell,
      language(
        .dependsOn,
        plot.value == .best
          ? language(.bestMetric, language.metric(plot.metric)) : language.metric(plot.metric)))
    let share = (max(0, forest.explained) * 100).rounded()
    options.notes = [
      language(
        isLog ? .importanceOfLogarithm : .importanceOf, rows.count, Int(saturating: share))
    ]
    if diverged > 0 {
      options.notes.append(
        language(.divergedLeftOut, diverged) + lostValues(explaining))
    }
    options.notes.append(sweep.objective.sentence(of: plot.value, language))
    var bars = zip(explaining, forest.shares).map {
      ImportanceBar(name: language.key($0.label), share: $1)
    }
    if let top = cell.look.top, top < bars.count {
      options.notes.append(language(.mostImportant, top, bars.count))
      bars = bars.enumerated().sorted { a, b in
        a.element.share == b.element.share ? a.offset < b.offset : a.element.share > b.element.share
      }.prefix(top).map(\.element)
    }
    return { [options, bars] style in
      var options = options
      options.style = style
      return Figure.importance(bars, options: options)
    }
  }
}

extension FigureMaker {
  /// The values of keys of which every run diverged, so that the forest knows nothing of them.
  private func lostValues(_ keys: [SweepKey]) -> String {
    let lost = keys.flatMap { key in
      sweep.groups(by: key).filter { $0.runs.lostWords(language) != nil }
        .map { "\(language.key(key.label)) = \($0.name)" }
    }
    return lost.isEmpty ? "" : " " + language(.noRunLeft, lost.joined(separator: ", "))
  }
}

/// The values of a key as numbers: its own, or the places of its names.
private struct Column {
  let numbers: [Double]
  let isNames: Bool

  init(_ values: [ParameterValue]) {
    let own = values.compactMap(\.asNumber)
    isNames = own.count < values.count
    guard isNames else {
      numbers = own
      return
    }
    var places: [ParameterValue: Int] = [:]
    numbers = values.map { value in
      let place = places[value] ?? places.count
      places[value] = place
      return Double(place)
    }
  }
}
