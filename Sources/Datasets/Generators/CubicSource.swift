package import NeuralNet
import TensorKernels
package import Tracking

/// The cube of evenly placed numbers with noise above it, as in the course's notebook 05.
///
/// x from -1 to 1, y = x^3 + noise U(0, 1).
package struct CubicSource: Generator {
  package let choice = Choice(
    "cubic", settings: [.points(100), .noise(0.3, "height of the uniform noise")],
    "x from -1 to 1, y = x^3 + noise U(0, 1)")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(groups: 1, rowsPerGroup: settings.integer("points"), features: 1, kind: .values)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    let x = 2 * place.share - 1
    row[0] = x
    return x * x * x + settings.number("noise") * draw.rows(column: 0).uniform(0, place.index)
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    .function(
      """
      points, noise = \(settings.python("points")), \(settings.python("noise"))
      x = np.linspace(-1, 1, points)
      return x[:, None], x ** 3 + noise * rng.random(points)
      """)
  }
}
