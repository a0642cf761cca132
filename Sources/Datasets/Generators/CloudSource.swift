package import NeuralNet
import TensorKernels
package import Tracking

/// Points from N(0, 1) without a target, to look at networks that are not trained.
package struct CloudSource: Generator {
  package let choice = Choice(
    "cloud", settings: [.points(1000), .features(2)],
    "points from N(0, 1) without a target, for looking at untrained networks")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: 1, rowsPerGroup: settings.integer("points"),
      features: settings.integer("features"), kind: .cloud)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    for column in row.indices {
      row[column] = draw.rows(column: column).normal(place.group, place.index)
    }
    return 0
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    let (points, features) = (settings.python("points"), settings.python("features"))
    return .function("return rng.standard_normal((\(points), \(features))), None")
  }
}
