package import Datasets
import Foundation
import TensorKernels
package import Terminal

/// A look at the training rows in a terminal: points in the plane, a target against its feature, a
/// few images; nothing for other data.
package struct DataPicture {
  private let data: PreparedData

  package init(_ data: PreparedData) { self.data = data }

  package func lines(_ style: TextStyle) -> [String] {
    if data.shape.isImages { return images(within: style.room?.columns ?? 100) }
    switch data.train.targets {
    case .values(let values, 1) where data.shape.features == 1:
      return points(style) { ($0[0], Double(values[$1]), nil) }
    case .classes(let labels, _) where data.shape.features == 2:
      return points(style) { ($0[0], $0[1], Int(labels[$1])) } + legend(style)
    case .none where data.shape.features == 2:
      return points(style) { features, _ in (features[0], features[1], nil) }
    default: return []
    }
  }

  /// Every row as a dot; `place` takes the row's features in their own units and its number.
  private func points(
    _ style: TextStyle, _ place: ([Double], Int) -> (x: Double, y: Double, group: Int?)
  ) -> [String] {
    let all = (0..<data.train.rows).map { row in
      place(
        data.train.row(row).enumerated().map { data.transform.denormalized($1, column: $0) }, row)
    }
    let xs = extent(all.map(\.x)), ys = extent(all.map(\.y))
    let width = min(64, max(16, style.room?.columns ?? 64))
    var canvas = DotCanvas(width: width, height: width * 5 / 16)
    for point in all {
      canvas.dot(
        x: (point.x - xs.lowerBound) / (xs.upperBound - xs.lowerBound),
        y: (point.y - ys.lowerBound) / (ys.upperBound - ys.lowerBound), group: point.group)
    }
    return canvas.lines(style)
  }

  private func extent(_ values: [Double]) -> ClosedRange<Double> {
    let low = values.min() ?? 0, high = values.max() ?? 1
    return high > low ? low...high : low - 1...low + 1
  }

  private func legend(_ style: TextStyle) -> [String] {
    guard let names = data.classNames else { return [] }
    guard style.isColored else {
      return style.room == nil ? [] : ["Classes differ by their colour alone, which is off here."]
    }
    return [names.enumerated().map { style.series(printable($1), $0) }.joined(separator: "  ")]
  }

  /// The first image of up to six classes, or the first six images, side by side.
  private func images(within room: Int) -> [String] {
    let size = data.shape.featureShape
    let (rows, columns) = (size[1], size[2])
    guard columns <= min(80, room) else {
      return ["Images of \(columns) columns have no room here in letters."]
    }
    let shown = exampleRows(count: max(1, min(6, min(100, room + 2) / (columns + 2))))
    return stride(from: 0, to: rows, by: 2).map { row in
      shown.map { example in
        (0..<columns).map { column in
          Self.shade(brightness(example, row, column), brightness(example, row + 1, column))
        }.joined()
      }.joined(separator: "  ")
    }
  }

  private func exampleRows(count: Int) -> [Int] {
    guard case .classes(let labels, let names) = data.train.targets else {
      return Array(0..<min(count, data.train.rows))
    }
    return (0..<min(count, names.count)).compactMap { label in
      labels.elements.firstIndex(of: Int32(label))
    }
  }

  /// The mean over the channels, from 0 to 1.
  private func brightness(_ example: Int, _ row: Int, _ column: Int) -> Double {
    let size = data.shape.featureShape
    guard row < size[1] else { return 0 }
    let values = data.train.row(example)
    let channels = (0..<size[0]).map { channel in
      let index = (channel * size[1] + row) * size[2] + column
      return data.transform.denormalized(values[index], column: index)
    }
    return channels.reduce(0, +) / Double(size[0])
  }

  /// One letter for two pixels, one above the other.
  private static func shade(_ upper: Double, _ lower: Double) -> String {
    let letters = Array(" .:-=+*#%@")
    let mean = min(1, max(0, (upper + lower) / 2))
    return String(letters[Int((mean * Double(letters.count - 1)).rounded())])
  }
}
