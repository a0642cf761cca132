import Foundation
package import NeuralNet
import TensorKernels
package import Tracking

/// Two half circles that reach into each other: scikit-learn's `make_moons`.
///
/// With a from 0 to pi: class 0 is (cos a, sin a), class 1 is (1 - cos a, 1/2 - sin a), plus
/// noise N(0, 1) on both coordinates.
package struct MoonsSource: Generator {
  package let choice = Choice(
    "moons", settings: [.pointsPerClass(500), .noise(0.1, "deviation of both coordinates")],
    "two half circles that reach into each other")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: 2, rowsPerGroup: settings.integer("points_per_class"), features: 2, kind: .classes)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    let angle = Double.pi * place.share
    row[0] = place.group == 0 ? cos(angle) : 1 - cos(angle)
    row[1] = place.group == 0 ? sin(angle) : 1 - sin(angle) - 0.5
    draw.addNoise(settings.number("noise"), to: row, place)
    return 0
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    .classes(
      """
      a = np.linspace(0, np.pi, points)
      x = np.stack([np.cos(a), np.sin(a)] if k == 0 else [1 - np.cos(a), 0.5 - np.sin(a)], 1)
      x += noise * rng.standard_normal((points, 2))
      """, settings, data.shape)
  }
}

extension GeneratorRandom {
  /// Adds deviation N(0, 1) to every column of a row, drawn by column, class and place.
  func addNoise(
    _ deviation: Double, to row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace
  ) {
    if deviation == 0 { return }
    for column in row.indices {
      row[column] += deviation * rows(column: column).normal(place.group, place.index)
    }
  }
}
