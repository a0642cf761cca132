package import Datasets
package import Tracking

/// A data source as a Python function `load_data(rng)`, which returns features and targets: a case a
/// source.
package struct TorchSource {
  package let configuration: DataConfiguration
  package let shape: DataShape

  private var settings: Chosen { configuration.source }

  private func setting(_ key: String) -> String {
    PythonText.value(settings.values[key] ?? .off)
  }

  /// The modules of Python that the function needs.
  package var imports: [String] {
    switch settings.name {
    case "csv": ["csv"]
    case "idx", "fashion-mnist": ["gzip"]
    default: []
    }
  }

  /// Whether the source brings its own test part, from `load_test()`.
  package var hasOwnTest: Bool {
    settings.name == "fashion-mnist" || settings.values["test_images"].map { $0 != .off } ?? false
  }

  /// The function, and what it needs.
  package func code() throws(LabbookError) -> String {
    switch settings.name {
    case "spiral", "moons", "circles", "xor": classes(curve)
    case "blobs":
      classes(
        """
        x = centres[k] + noise * rng.standard_normal((points, features))
        """,
        before: """
          features = \(setting("features"))
          centres = rng.uniform(-10, 10, (classes, features))

          """)
    case "cloud":
      function("return rng.standard_normal((\(setting("points")), \(setting("features")))), None")
    case "linear":
      function(
        """
        points, features, noise = \(setting("points")), \(setting("features")), \(setting("noise"))
        x = rng.uniform(-1, 1, (points, features))
        y = x @ rng.standard_normal(features) + rng.standard_normal()
        return x, y + noise * rng.standard_normal(points)
        """)
    case "cubic":
      function(
        """
        points, noise = \(setting("points")), \(setting("noise"))
        x = np.linspace(-1, 1, points)
        return x[:, None], x ** 3 + noise * rng.random(points)
        """)
    case "csv": table
    case "idx", "fashion-mnist": images
    default:
      throw .input("the data source '\(settings.name)' cannot be written for PyTorch")
    }
  }

  private func function(_ body: String) -> String {
    "def load_data(rng):\n" + PythonText.indented(body)
  }

  /// Rows that are drawn class by class.
  private func classes(_ body: String, before: String = "") -> String {
    function(
      """
      classes, points, noise = \(shape.classes ?? 2), \(setting("points_per_class")), \
      \(setting("noise"))
      \(before)parts = []
      for k in range(classes):
      \(PythonText.indented(body))
          parts.append(x)
      return np.concatenate(parts), np.repeat(np.arange(classes), points)
      """)
  }

  private var curve: String {
    let noisy = "x += noise * rng.standard_normal((points, 2))"
    return switch settings.name {
    case "moons":
      """
      a = np.linspace(0, np.pi, points)
      x = np.stack([np.cos(a), np.sin(a)] if k == 0 else [1 - np.cos(a), 0.5 - np.sin(a)], 1)
      \(noisy)
      """
    case "circles":
      """
      a = np.linspace(0, 2 * np.pi, points, endpoint=False)
      x = (1 if k == 0 else \(setting("factor"))) * np.stack([np.cos(a), np.sin(a)], 1)
      \(noisy)
      """
    case "xor":
      """
      sign = np.where(np.arange(points) % 2 == 0, 1, -1)
      x = sign[:, None] * rng.random((points, 2))
      if k == 1:
          x[:, 1] *= -1
      \(noisy)
      """
    default:
      """
      t = np.linspace(0, 1, points)
      u = 2 * np.pi / classes * (2 * t + k) + noise * rng.standard_normal(points)
      x = np.stack([t * np.sin(u), t * np.cos(u)], 1)
      """
    }
  }

  private var table: String {
    let names = shape.columnNames.map(PythonText.quoted).joined(separator: ", ")
    var lines = [
      "with open(\(setting("path")), newline=\"\", encoding=\"utf-8-sig\") as file:",
      "    rows = list(csv.DictReader(file))",
      "features = [\(names)]",
      "x = np.array([[float(row[name]) for name in features] for row in rows])",
    ]
    switch shape.target {
    case .none: lines.append("return x, None")
    case .values:
      lines.append("return x, np.array([float(row[\(setting("target"))]) for row in rows])")
    case .classes(let classes):
      let isNumeric = classes.allSatisfy { Double($0) != nil }
      let listed = classes.map { isNumeric ? $0 : PythonText.quoted($0) }.joined(separator: ", ")
      let cell = "row[\(setting("target"))]"
      lines.append("classes = [\(listed)]")
      lines.append(
        "return x, np.array([classes.index(\(isNumeric ? "float(\(cell))" : cell)) for row in rows])"
      )
    }
    return function(lines.joined(separator: "\n"))
  }

  private var images: String {
    let size = shape.featureShape.map(String.init).joined(separator: ", ")
    func paths(_ part: String, _ images: String, _ labels: String) -> (String, String) {
      guard settings.name == "fashion-mnist" else { return (setting(images), setting(labels)) }
      let folder = settings.text("path")
      return (
        PythonText.quoted("\(folder)/\(part)-images-idx3-ubyte.gz"),
        PythonText.quoted("\(folder)/\(part)-labels-idx1-ubyte.gz")
      )
    }
    func load(_ name: String, _ paths: (String, String)) -> String {
      """
      def \(name):
          x = read_idx(\(paths.0)).reshape(-1, \(size)) / 255
          return x, read_idx(\(paths.1)).astype(int)
      """
    }
    var blocks = [
      """
      def read_idx(path):
          with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
              data = file.read()
          sizes = np.frombuffer(data, ">u4", data[3], 4).astype(int)
          return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)
      """, load("load_data(rng)", paths("train", "images", "labels")),
    ]
    if hasOwnTest {
      blocks.append(load("load_test()", paths("t10k", "test_images", "test_labels")))
    }
    return blocks.joined(separator: "\n\n\n")
  }
}
