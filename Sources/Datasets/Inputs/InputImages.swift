import TensorKernels

/// Images in an IDX file, with their labels where there are any.
struct InputImages {
  private let inputs: RunInputs
  private let images: IDXFile
  private let labels: IDXFile?

  init(_ inputs: RunInputs, _ file: FileBytes, labels: String?) throws(DataError) {
    let path = file.path
    self.inputs = inputs
    images = try IDXFile(file, dimensions: 3...4, what: "images", setting: "input")
    let found =
      images.sizes.count == 4 ? Array(images.sizes.dropFirst()) : [1] + images.sizes.dropFirst()
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
    self.labels = file
  }

  func dataset() throws(DataError) -> Dataset {
    let columns = inputs.featureShape.reduce(1, *)
    let transform = inputs.transform
    let width = transform.columnsPerGroup
    let bytes = images.bytes.elements
    let features = SharedArray<Float>(count: bytes.count) { result in
      for group in 0..<columns / width {
        let table = (0..<256).map { transform.apply(Double($0) / 255, column: group * width) }
        for row in 0..<images.sizes[0] {
          let first = row * columns + group * width
          for place in first..<first + width { result[place] = table[Int(bytes[place])] }
        }
      }
    }
    return Dataset(
      rows: images.sizes[0], featureShape: inputs.featureShape, columnNames: [],
      features: features, targets: try targets())
  }

  private func targets() throws(DataError) -> Dataset.Targets {
    guard let labels, let names = inputs.classNames else { return .none }
    if let wrong = labels.bytes.elements.first(where: { Int($0) >= names.count }) {
      throw DataError(
        place: labels.path,
        "there is a label \(wrong), the greatest of the run's \(names.count) classes is "
          + "\(names.count - 1)")
    }
    return .classes(SharedArray(labels.bytes.elements.map { Int32($0) }), names: names)
  }
}
