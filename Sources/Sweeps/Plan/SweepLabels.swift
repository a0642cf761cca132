import Experiments
import Runs

/// Names for a sweep's configurations, made of what varies among them.
struct SweepLabels {
  private let hasVariants: Bool
  /// Whether each axis has more than one value among the combinations.
  private let varies: [Bool]

  init(_ points: [SweepPoint]) {
    hasVariants = Set(points.map(\.variant)).count > 1
    varies = (points.first?.values ?? []).indices.map { axis in
      Set(points.map { $0.values[axis]?.display }).count > 1
    }
  }

  /// Names for configurations of which more are to come: of every axis that can vary.
  init(_ sweep: SweepSpec, origins: Int, originAxes: Int) {
    hasVariants = sweep.variants.count > 1
    varies =
      (0..<originAxes).map { _ in origins > 1 }
      + sweep.axes.map { $0.range != nil || $0.values.count > 1 }
  }

  /// The variant, then `axis=value` for every axis that varies; the model's name where nothing does.
  func label(of point: SweepPoint, _ configuration: RunConfiguration) -> String {
    var parts: [String] = []
    if hasVariants, let variant = point.variant { parts.append(variant) }
    for (value, varies) in zip(point.values, varies) where varies {
      if let value { parts.append("\(value.axis)=\(value.display)") }
    }
    return parts.isEmpty ? configuration.modelName : parts.joined(separator: ", ")
  }
}
