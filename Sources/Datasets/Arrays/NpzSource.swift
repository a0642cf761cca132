package import NeuralNet
import TensorKernels
package import Tracking

/// Arrays of NumPy's archive: rows of columns, or images.
package struct NpzSource: DataSource {
  package let choice = Choice(
    "npz",
    settings: [
      Setting("path", .path, default: nil, "the file, as numpy.savez writes it"),
      Setting("x", .text, default: .text("x"), "the array of rows: (N, columns), or images"),
      Setting(
        "y", .orOff(.text), default: .text("y"), "the array of their targets; none for no target"),
      Setting(
        "test_x", .orOff(.text), default: .off, "rows of the test part, never trained on"),
      Setting("test_y", .orOff(.text), default: .off, "targets of the test part"),
      Setting(
        "layout", .orOff(.word(ArrayLayout.allCases.map(\.rawValue))), default: .off,
        "where channels of images of four axes stand; found where the shape says it"),
      Setting(
        "task", .orOff(.word(DataConfiguration.Task.allCases.map(\.rawValue))), default: .off,
        "what y is; by default what the loss needs, else classes where its type is whole"),
      Setting(
        "classes", .orOff(.list(.text, count: 1...LabelNames.mostClasses)), default: .off,
        "what the labels are called, from the first on; else they are called by their numbers"),
      LabelNames.setting,
      Augmentation.setting,
    ], otherNames: ["numpy", "npy"],
    "arrays of NumPy's archive: rows of columns, or images")

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    let settings = request.settings
    let archive = try NumPyArchive(reading: settings.text("path"), setting: "path")
    var parts = [try ArrayPart(archive, settings, x: "x", y: "y")]
    switch (settings.values["test_x"], settings.values["test_y"]) {
    case (.text, .text): parts.append(try ArrayPart(archive, settings, x: "test_x", y: "test_y"))
    case (.text, _) where parts[0].y == nil:
      parts.append(try ArrayPart(archive, settings, x: "test_x", y: "test_y"))
    case (.text, _): throw DataError(setting: "test_x", "test_x needs test_y beside it")
    case (_, .text): throw DataError(setting: "test_y", "test_y needs test_x beside it")
    default: break
    }
    if parts.count > 1, parts[0].shape != parts[1].shape {
      throw DataError(
        setting: "test_x", place: archive.path,
        "the rows to test are \(parts[1].shapeWords), those to train on \(parts[0].shapeWords)")
    }
    var task = request.lossTask
    if case .text(let name) = settings.values["task"] {
      task = DataConfiguration.Task(rawValue: name)
    }
    let targets = try ArrayTargets(
      parts, task: task, names: settings.list("classes")?.map(\.display),
      firstLabel: settings.integer("first_label"), path: archive.path)
    func raw(_ place: Int, test: RawData?) throws(DataError) -> RawData {
      let part = parts[place]
      let shape = part.shape
      let found = targets.parts[place]
      return RawData(
        outline: SourceOutline(
          rows: part.rows, classCounts: targets.counts(place), featureShape: shape,
          columnNames: shape.count == 1 ? (1...shape[0]).map { "c\($0)" } : [],
          target: targets.target, ownTestRows: test?.rows),
        features: try part.features(), targets: found, ownTest: test,
        fingerprint: place == 0 ? archive.digest : "",
        remarks: place == 0 ? part.found : [])
    }
    return try raw(0, test: parts.count > 1 ? raw(1, test: nil) : nil)
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    let shape = data.shape
    let size = shape.featureShape.map(String.init).joined(separator: ", ")
    let hasTest = data.test != nil && settings.values["test_x"].map { $0 != .off } ?? false
    let hasTarget = shape.target != .none
    var labels = "y"
    if shape.classes != nil {
      let both = hasTest ? "np.concatenate([arrays[y].ravel() for y in TARGETS])" : "y"
      labels = "np.searchsorted(np.unique(\(both)), y.ravel())"
      if settings.list("classes") != nil {
        labels = "y.ravel().astype(int) - \(settings.integer("first_label"))"
      }
    } else if case .values(let names) = shape.target {
      labels = names.count == 1 ? "y.reshape(-1).astype(float)" : "y.astype(float)"
    }
    let names = hasTest ? ["y", "test_y"] : ["y"]
    let targets = names.map { settings.python($0) }.joined(separator: ", ")
    func function(_ name: String, _ x: String, _ y: String) -> String {
      """
      def \(name):
          return read_arrays(\(settings.python(x)), \(hasTarget ? settings.python(y) : "None"))
      """
    }
    var blocks = [
      """
      TARGETS = [\(hasTarget ? targets : "")]


      def read_arrays(x, y):
          arrays = np.load(\(settings.python("path")))
          x = arrays[x]
          if x.ndim > 2 and x.dtype == np.uint8:
              x = x / 255
          if x.ndim == 4 and x.shape[1:] != (\(size),):
              x = x.transpose(0, 3, 1, 2)
          x = x.reshape(len(x), \(size)).astype(float)
          if y is None:
              return x, None
          y = arrays[y]
          return x, \(labels)
      """,
      function("load_data(rng)", "x", "y"),
    ]
    if hasTest { blocks.append(function("load_test()", "test_x", "test_y")) }
    return TorchSource(code: blocks.joined(separator: "\n\n\n"), hasOwnTest: hasTest)
  }
}
