import Datasets
import Foundation
import NeuralNet
import Runs
import Tracking

/// Columns far from mean 0 and deviation 1 that nothing brings there.
enum UnnormalizedInputs: LintRule {
  static let name = "unnormalized-inputs"
  static let reason =
    "the loss is steep along large columns and flat along small ones, so no one learning rate suits "
    + "all weights"

  /// Means and deviations beyond which a column is far off.
  private static let most = 10.0
  /// How much the columns' deviations may differ.
  private static let mostRatio = 30.0

  static func findings(in experiment: LintedExperiment) -> [Finding] {
    experiment.sweeps.compactMap { _, members in
      var found: String?
      var known: [DataConfiguration: String?] = [:]
      for member in members {
        let network = member.network
        let first = network.layers.first.flatMap { Layers.role($0.kind.name) }
        guard network.data.normalize == .none, first != .normalization
        else { return nil }
        let problem =
          known[network.data] ?? problem(experiment.columns(of: network))
        known[network.data] = .some(problem)
        guard let problem else { return nil }
        found = found ?? problem
      }
      return found.map {
        Finding(
          mark: experiment.mark(ofData: "normalize"), message: "\($0), and nothing normalises it",
          fix: "write data: {normalize: standard}")
      }
    }
  }

  /// What is far off, as a clause; `nil` where nothing is.
  private static func problem(_ columns: [DataSummary.Column]) -> String? {
    let far = columns.max { distance($0) < distance($1) }
    if let far, distance(far) > most {
      return String(
        format: "%@ has mean %.3g and deviation %.3g", "'\(far.name)'", far.before.mean,
        far.before.deviation)
    }
    let varying = columns.filter { $0.before.deviation > 0 }
    guard let widest = varying.max(by: { $0.before.deviation < $1.before.deviation }),
      let narrowest = varying.min(by: { $0.before.deviation < $1.before.deviation }),
      widest.before.deviation > mostRatio * narrowest.before.deviation
    else { return nil }
    return String(
      format: "%@ has deviation %.3g, %@ %.3g", "'\(widest.name)'", widest.before.deviation,
      "'\(narrowest.name)'", narrowest.before.deviation)
  }

  private static func distance(_ column: DataSummary.Column) -> Double {
    max(abs(column.before.mean), column.before.deviation)
  }
}
