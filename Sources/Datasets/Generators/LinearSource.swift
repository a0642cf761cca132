package import NeuralNet
import TensorKernels
package import Tracking

/// A straight line, or a plane: y = w x + b + noise N(0, 1).
///
/// x is uniform on [-1, 1] in every column; w and b are drawn once from N(0, 1).
package struct LinearSource: Generator {
  package let choice = Choice(
    "linear", settings: [.points(100), .features(1), .noise(0.1, "deviation of the target")],
    "a straight line with noise: y = w x + b + noise N(0, 1)")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: 1, rowsPerGroup: settings.integer("points"),
      features: settings.integer("features"), kind: .values)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    // Columns 0 ..< features are the features', column `features` is the target's.
    let target = row.count
    var y = draw.structure(column: target).normal(0, 0)
    for column in row.indices {
      row[column] = 2 * draw.rows(column: column).uniform(0, place.index) - 1
      y += draw.structure(column: column).normal(0, 0) * row[column]
    }
    return y + settings.number("noise") * draw.rows(column: target).normal(0, place.index)
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    let sizes = ["points", "features", "noise"].map(settings.python).joined(separator: ", ")
    return .function(
      """
      points, features, noise = \(sizes)
      x = rng.uniform(-1, 1, (points, features))
      y = x @ rng.standard_normal(features) + rng.standard_normal()
      return x, y + noise * rng.standard_normal(points)
      """)
  }
}
