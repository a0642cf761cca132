import TensorKernels

/// Images in an IDX file, with their labels where there are any.
struct InputImages {
  private let inputs: RunInputs
  private let images: IDXFile
  private let labels: (path: String, values: [Int32])?

  init(_ inputs: RunInputs, _ file: FileBytes, labels: String?) throws(DataError) {
    let path = file.path
    self.inputs = inputs
    images = try IDXFile(file, dimensions: 2...4, what: "images", setting: "input")
    let found = images.rowShape
    guard found == inputs.featureShape else {
      throw DataError(
        place: path,
        "the images are \(found.map(String.init).joined(separator: " x ")), "
          + "but the run's network takes \(inputs.shapeWords)")
    }
    guard let labels else {
      self.labels = nil
      return
    }
    let file = try IDXFile(reading: labels, dimensions: 1...1, what: "labels", setting: "labels")
    if file.sizes[0] != images.sizes[0] {
      throw DataError(
        place: labels, "there are \(file.sizes[0]) labels for \(images.sizes[0]) images")
    }
    let values = try file.labels(setting: "labels")
    if inputs.firstLabel > 0, values.contains(0) {
      throw DataError(place: labels, "there is a label 0, but the run's labels begin at 1")
    }
    self.labels = (labels, values.map { $0 - Int32(inputs.firstLabel) })
  }

  func dataset() throws(DataError) -> Dataset {
    let columns = inputs.featureShape.reduce(1, *)
    let transform = inputs.transform
    let rows = images.sizes[0]
    let features: SharedArray<Float>
    switch images.numbers {
    case .bytes(let bytes):
      features = inputs.features(ofBytes: bytes.elements, rows: rows)
    case .doubles(let values, _):
      features = SharedArray(
        values.enumerated().map { transform.apply($1, column: $0 % columns) })
    }
    return Dataset(
      rows: rows, featureShape: inputs.featureShape, columnNames: inputs.columnNames,
      features: features, targets: try targets())
  }

  private func targets() throws(DataError) -> Dataset.Targets {
    guard let labels, let names = inputs.classNames else { return .none }
    if let wrong = labels.values.first(where: { Int($0) >= names.count }) {
      throw DataError(
        place: labels.path,
        "there is a label \(Int(wrong) + inputs.firstLabel), the greatest of the run's "
          + "\(names.count) classes is \(names.count - 1 + inputs.firstLabel)")
    }
    return .classes(SharedArray(labels.values), names: names)
  }
}
