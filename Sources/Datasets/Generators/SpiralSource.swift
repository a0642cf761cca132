import Foundation
package import NeuralNet
import TensorKernels
package import Tracking

/// Spiral arms around the origin, one a class, as in the course's notebook 04.
///
/// Class k of K (from 1), t from 0 to 1: t (sin u, cos u), u = 2 pi/K (2 t + k - 1) + noise N(0, 1).
package struct SpiralSource: Generator {
  package let choice = Choice(
    "spiral",
    settings: [
      .classes(3), .pointsPerClass(1000), .noise(0.2, "deviation of the angle, in radians"),
    ],
    "spiral arms around the origin, one a class")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: settings.integer("classes"), rowsPerGroup: settings.integer("points_per_class"),
      features: 2, kind: .classes)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    let t = place.share
    let noise = settings.number("noise") * draw.rows(column: 0).normal(place.group, place.index)
    let turn = 2 * Double.pi / Double(settings.integer("classes"))
    let angle = turn * (2 * t + Double(place.group)) + noise
    row[0] = t * sin(angle)
    row[1] = t * cos(angle)
    return 0
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    .classes(
      """
      t = np.linspace(0, 1, points)
      u = 2 * np.pi / classes * (2 * t + k) + noise * rng.standard_normal(points)
      x = np.stack([t * np.sin(u), t * np.cos(u)], 1)
      """, settings, data.shape)
  }
}
