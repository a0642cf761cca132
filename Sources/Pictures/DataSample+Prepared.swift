package import Datasets
package import Figures
import TensorKernels

extension Dataset {
  /// The rows as people look at them, in the units they had before normalisation.
  package func sample(_ data: PreparedData, valueNames: [String]) -> DataSample {
    let transform = data.transform
    let numbers = (0..<rows).map { row in
      self.row(row).enumerated().map { transform.denormalized($1, column: $0) }
    }
    let names = columnNames.isEmpty ? (0..<columns).map { "x\($0 + 1)" } : columnNames
    switch targets {
    case .classes(let labels, let classes):
      return DataSample(
        columns: names, rows: numbers,
        target: .classes(labels.elements.map { Int($0) }, names: classes))
    case .values(let values, 1):
      return DataSample(
        columns: names, rows: numbers,
        target: .values(
          values.elements.map { data.targetTransform.undone(Double($0), column: 0) },
          name: valueNames.first ?? "y"))
    case .values(let values, let width):
      // Several numbers to predict stand beside the columns.
      let all = numbers.enumerated().map { index, row in
        row
          + (0..<width).map {
            data.targetTransform.undone(Double(values[index * width + $0]), column: $0)
          }
      }
      return DataSample(columns: names + valueNames, rows: all, target: .none)
    case .none: return DataSample(columns: names, rows: numbers, target: .none)
    }
  }

  /// The image of a row as people see it, before normalisation.
  package func image(_ row: Int, _ transform: FeatureTransform) -> SampleImage {
    let (channels, height, width) = (featureShape[0], featureShape[1], featureShape[2])
    let values = self.row(row)
    func value(_ channel: Int, _ place: Int) -> Double {
      let index = channel * height * width + place
      return transform.denormalized(values[index], column: index)
    }
    let pixels = (0..<height * width).flatMap { place -> [Double] in
      if channels == 3 { return (0..<3).map { value($0, place) } }
      return [(0..<channels).reduce(0) { $0 + value($1, place) } / Double(channels)]
    }
    return SampleImage(width: width, height: height, pixels: pixels)
  }

  /// The first images of every class; of data without classes the first images.
  package func imagesByClass(_ transform: FeatureTransform, most: Int) -> [(
    name: String, images: [SampleImage]
  )] {
    guard case .classes(let labels, let names) = targets else {
      return [("", (0..<min(most, rows)).map { image($0, transform) })]
    }
    return names.enumerated().map { label, name in
      let places = labels.elements.indices.filter { labels[$0] == Int32(label) }.prefix(most)
      return (name, places.map { image($0, transform) })
    }
  }
}

extension PreparedData {
  /// A look at one part.
  package func look(at part: Dataset, title: String, style: Style = .light) -> Figure {
    if shape.isImages {
      return Figure.imageData(part.imagesByClass(transform, most: 8), title: title, style: style)
    }
    var names: [String] = []
    if case .values(let all) = shape.target { names = all }
    return Figure.data(part.sample(self, valueNames: names), title: title, style: style)
  }
}
