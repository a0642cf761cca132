import Foundation
package import NeuralNet
import TensorKernels
package import Tracking

/// A circle within a circle: scikit-learn's `make_circles`.
///
/// With a from 0 to 2 pi, its end left out: class 0 is (cos a, sin a), class 1 is factor times
/// that, plus noise N(0, 1) on both coordinates.
package struct CirclesSource: Generator {
  package let choice = Choice(
    "circles",
    settings: [
      .pointsPerClass(500), .noise(0.1, "deviation of both coordinates"),
      Setting(
        "factor", .number(.shareBelowOne), default: .number(0.5), "radius of the inner circle"),
    ],
    "a circle within a circle")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: 2, rowsPerGroup: settings.integer("points_per_class"), features: 2, kind: .classes)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    let angle = 2 * Double.pi * Double(place.index) / Double(place.count)
    let radius = place.group == 0 ? 1 : settings.number("factor")
    row[0] = radius * cos(angle)
    row[1] = radius * sin(angle)
    draw.addNoise(settings.number("noise"), to: row, place)
    return 0
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    .classes(
      """
      a = np.linspace(0, 2 * np.pi, points, endpoint=False)
      x = (1 if k == 0 else \(settings.python("factor"))) * np.stack([np.cos(a), np.sin(a)], 1)
      x += noise * rng.standard_normal((points, 2))
      """, settings, data.shape)
  }
}
