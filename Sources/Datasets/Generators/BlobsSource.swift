package import NeuralNet
import TensorKernels
package import Tracking

/// Normal clouds around seeded centres, as scikit-learn's `make_blobs`.
///
/// Centres are uniform in [-10, 10] in every column, points are their class's centre plus
/// noise N(0, 1).
package struct BlobsSource: Generator {
  package let choice = Choice(
    "blobs",
    settings: [
      .classes(3), .pointsPerClass(500), .features(2), .noise(1, "deviation of every column"),
    ],
    "normal clouds around seeded centres, one a class")

  package func plan(_ settings: Chosen) -> GeneratorPlan {
    GeneratorPlan(
      groups: settings.integer("classes"), rowsPerGroup: settings.integer("points_per_class"),
      features: settings.integer("features"), kind: .classes)
  }

  package func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double {
    for column in row.indices {
      row[column] = 20 * draw.structure(column: column).uniform(place.group, 0) - 10
    }
    draw.addNoise(settings.number("noise"), to: row, place)
    return 0
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    .classes(
      "x = centres[k] + noise * rng.standard_normal((points, features))",
      before: """
        features = \(settings.python("features"))
        centres = rng.uniform(-10, 10, (classes, features))

        """, settings, data.shape)
  }
}
