package import NeuralNet
import TensorKernels
package import Tracking

/// Four squares around the origin, opposite ones of one class.
///
/// Points are uniform in the squares of side 1: class 0 where both coordinates have one sign,
/// class 1 where they differ, the two squares of a class in turn; plus noise N(0, 1) on both
/// coordinates.
package struct XorSource: Generator {
  package let choice = Choice(
    "xor", settings: [.pointsPerClass(500), .noise(0.1, "deviation of both coordinates")],
    "four squares around the origin, opposite ones of one class")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: 2, rowsPerGroup: settings.integer("points_per_class"), features: 2, kind: .classes)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    // Noise has the even streams of columns 0 and 1; the squares those of columns 2 and 3.
    let sign: Double = place.index % 2 == 0 ? 1 : -1
    row[0] = sign * draw.rows(column: 2).uniform(place.group, place.index)
    row[1] = sign * draw.rows(column: 3).uniform(place.group, place.index)
    if place.group == 1 { row[1] = -row[1] }
    draw.addNoise(settings.number("noise"), to: row, place)
    return 0
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    .classes(
      """
      sign = np.where(np.arange(points) % 2 == 0, 1, -1)
      x = sign[:, None] * rng.random((points, 2))
      if k == 1:
          x[:, 1] *= -1
      x += noise * rng.standard_normal((points, 2))
      """, settings, data.shape)
  }
}
