package import Datasets
import Experiments
import Languages
package import Results
package import RunStorage
package import Runs
package import Tracking

extension FigureMaker {
  /// The best configuration of a group, with its stored runs.
  package struct Choice {
    /// The group's name, and what else was chosen in it where there was a choice.
    package let title: String
    /// The group's name, and whether all of its runs diverged.
    package let group: String
    package let configuration: NetworkRun
    /// Those that count, in the order of the seeds; all where none does.
    package let runs: [RunRecord]
    /// Those that diverged or failed, where others did not.
    package let bad: [RunRecord]
  }

  /// The best configuration of every group, or of every model.
  ///
  /// - Parameters:
  ///   - key: a group a value of this key; `nil` means a group a model.
  ///   - metric: chooses the best configuration; `nil` means the objective.
  ///   - firstOnly: whether its first run alone is wanted.
  ///   - needsRuns: whether configurations without stored runs are left out; of a group without any
  ///     the first configuration is taken else.
  ///   - fits: which configurations are among those to choose from.
  package func chosen(
    by key: SweepKey?, best metric: Metric?, firstOnly: Bool, needsRuns: Bool = true,
    where fits: (SweepView.Point) -> Bool = { _ in true }
  ) throws -> [Choice] {
    let groups = key.map { sweep.groups(by: $0) } ?? sweep.modelGroups
    let metric = metric ?? sweep.objective.metric
    return try groups.compactMap { group in
      let points = group.points.filter(fits)
      let ranked = try sweep.ranked(points.filter { !$0.runs.isEmpty }, by: metric, .best)
      guard let best = ranked.first ?? (needsRuns ? nil : points.first) else {
        return nil
      }
      let (runs, bad) = best.askedRuns(firstOnly: firstOnly)
      return Choice(
        title: title(of: best, in: group, by: key), group: group.told(language),
        configuration: try best.configuration.network(), runs: runs, bad: bad)
    }
  }

  /// A configuration's data, ready to be asked about.
  package func prepare(_ configuration: NetworkRun) throws -> PreparedData {
    do throws(DataError) { return try library.prepare(configuration.data) } catch {
      throw LabbookError.input(error.text, hint: error.hint)
    }
  }

  /// The group's name, what else was chosen in it where there was a choice, and whether all of its
  /// runs diverged.
  package func title(
    of point: SweepView.Point, in group: SweepView.Group, by key: SweepKey?
  ) -> String {
    let own = key?.label ?? "model"
    let varying = Set(group.points.flatMap { $0.axes.map(\.axis) }).filter { axis in
      Set(group.points.map { $0.axes.first { $0.axis == axis }?.display }).count > 1
    }
    let rest = point.axes.filter { varying.contains($0.axis) && $0.axis != own }
      .map { "\(language.key($0.axis))=\($0.display)" }
    let lost = point.runs.lostWords(language).map { " (\($0))" } ?? ""
    // Of folds the first one's networks are asked.
    let fold = point.members.contains { $0.fold != nil } ? [language(.foldNumber, 1)] : []
    return ([group.name] + rest + fold).joined(separator: ", ") + lost
  }
}
