import Foundation
public import Languages
import Sweeps
import Tracking

extension SweepView {
  /// Runs that were made before an edit that the user has said changes no number.
  struct AcceptedRuns: Hashable, Sendable {
    let count: Int
    let of: Int
    let files: [String]
  }

  /// What is to be said of runs whose program was edited since in a way that changes no number; `nil` where
  /// there are none.
  public var acceptedNote: String? {
    accepted.map { language(.accepted, $0.count, $0.of, $0.files.joined(separator: ", ")) }
  }

  /// What of the sweep follows from results that are not there yet, in words; `nil` where nothing does.
  public var growthRemark: String? {
    guard pending > 0 else { return nil }
    if let growsFrom { return language(.growthFromSweep, pending, growsFrom) }
    return language(.growthFromResults, configurations.count, pending)
  }

  /// The same sweep, spoken of in a language.
  public func speaking(_ language: Language) -> SweepView {
    guard language != self.language else { return self }
    let told = configurations.map { $0.labelled(in: language, axes) }
    let places = Dictionary(configurations.indices.map { (configurations[$0].key, $0) }) { a, _ in a
    }
    var view = SweepView(
      name: name, objective: objective, directions: directions, axes: axes, configurations: told,
      points: points.map { point in
        let place = places[point.configuration.key]
        return Point(
          configuration: place.map { told[$0] } ?? point.configuration, variant: point.variant,
          values: point.values, members: point.members)
      }, planned: planned, pending: pending, growsFrom: growsFrom, former: former)
    view.accepted = accepted
    view.language = language
    return view
  }
}

extension SweepView.Configuration {
  /// The same with the names of axes in its label as a language has them: `lr=0.1` as `öğrenme oranı=0.1`.
  fileprivate func labelled(in language: Language, _ axes: [String]) -> SweepView.Configuration {
    let words = label.components(separatedBy: ", ").map { word -> String in
      guard let axis = axes.first(where: { word.hasPrefix($0 + "=") }) else { return word }
      return language.key(axis) + word.dropFirst(axis.count)
    }
    return SweepView.Configuration(
      key: key, label: words.joined(separator: ", "), modelName: modelName, members: members,
      value: value, load: load)
  }
}
