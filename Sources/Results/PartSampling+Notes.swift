public import Datasets
import Foundation
import Languages
import RunStorage
import Runs
public import Tracking

extension PartSampling {
  /// What a table says of its accuracies over parts of fewer than 1,000 rows, a sentence a part: half of
  /// the 95 % interval at the greatest of the means.
  ///
  /// Data that cannot be read any more says nothing here.
  public static func notes(
    of metrics: [Metric], _ which: MetricValue, in view: SweepView, _ library: DataLibrary
  ) -> [String] {
    let accuracies: [(Metric, KeyPath<DataShape, Int>)] = [
      (.trainAccuracy, \.trainRows), (.valAccuracy, \.valRows), (.testAccuracy, \.testRows),
    ]
    let asked = accuracies.filter { metrics.contains($0.0) }
    guard !asked.isEmpty else { return [] }
    var data: [DataConfiguration] = []
    for configuration in view.configurations.prefix(mostConfigurations) {
      guard let own = try? configuration.configuration().network?.data, !data.contains(own) else {
        continue
      }
      data.append(own)
    }
    let shapes = data.compactMap { try? library.shape(of: $0) }
    return asked.compactMap { metric, rows in
      let best = view.configurations.compactMap { $0.group.statistics(of: metric, which)?.mean }
        .max()
      let counts = Set(shapes.map { $0[keyPath: rows] }).filter { $0 > 0 && $0 < fewRows }.sorted()
      guard let best, best >= 0, best <= 1, let least = counts.first, let most = counts.last else {
        return nil
      }
      return sentence(metric, best, least, most, view.language)
    }
  }

  /// Of so many configurations the data is looked at.
  private static var mostConfigurations: Int { 200 }

  private static func sentence(
    _ metric: Metric, _ share: Double, _ least: Int, _ most: Int, _ language: Language
  ) -> String {
    func half(_ rows: Int) -> String {
      "± " + String(format: "%.1g", halfWidth(of: share, rows: rows))
    }
    let rows = language.counted(least, most, .nounRow)
    let halves =
      half(least) == half(most) ? half(least) : language(.range, half(least), half(most))
    return language.sentence(
      language(.partSampling, language.metric(metric), rows, halves, SeedStatistics.text(share)))
  }
}
