import NeuralNet
import Tracking

/// A data source as Python functions: `load_data(rng)` returns features and targets.
package struct TorchSource: Hashable, Sendable {
  /// The modules of Python that the functions need.
  package let imports: [String]
  /// The functions, one or several.
  package let code: String
  /// Whether there is a `load_test()` too, the source's own test part.
  package let hasOwnTest: Bool

  package init(imports: [String] = [], code: String, hasOwnTest: Bool = false) {
    self.imports = imports
    self.code = code
    self.hasOwnTest = hasOwnTest
  }

  /// A source that needs nothing but the body of `load_data(rng)`.
  static func function(_ body: String, imports: [String] = []) -> TorchSource {
    TorchSource(imports: imports, code: "def load_data(rng):\n" + PythonText.indented(body))
  }

  /// A source of rows that are drawn class by class.
  ///
  /// - Parameters:
  ///   - body: makes `x`, the rows of class `k` of `classes`; may use `points` and `noise`.
  ///   - before: lines before the first class.
  static func classes(
    _ body: String, before: String = "", _ settings: Chosen, _ shape: DataShape
  ) -> TorchSource {
    function(
      """
      classes, points, noise = \(shape.classes ?? 2), \(settings.python("points_per_class")), \
      \(settings.python("noise"))
      \(before)parts = []
      for k in range(classes):
      \(PythonText.indented(body))
          parts.append(x)
      return np.concatenate(parts), np.repeat(np.arange(classes), points)
      """)
  }
}

extension Chosen {
  /// A setting as Python writes it.
  func python(_ key: String) -> String { PythonText.value(values[key] ?? .off) }
}
