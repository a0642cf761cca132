import Drawing
import Figures

/// The numbers of a figure as one binary file, which the script reads in pieces.
///
/// Numbers never stand between the commands: where a plot command fails, gnuplot would go on and
/// read them as commands.
package struct FigureData: Hashable, Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  /// Appends columns of equal length as rows of doubles; returns the words by which a plot command
  /// reads them.
  mutating func append(_ columns: [[Double]]) -> String {
    let offset = bytes.count
    let count = columns.first?.count ?? 0
    bytes.reserveCapacity(offset + 8 * columns.count * count)
    for row in 0..<count {
      for column in columns {
        withUnsafeBytes(of: column[row].bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }
    let format = String(repeating: "%double", count: columns.count)
    return "data binary skip=\(offset) endian=little record=(\(count)) format=\"\(format)\""
  }

  /// Appends a picture, row by row from the bottom.
  mutating func append(_ regions: Regions) -> String {
    let offset = bytes.count
    bytes.reserveCapacity(offset + 3 * regions.colors.count)
    for color in regions.colors {
      bytes.append(color.red)
      bytes.append(color.green)
      bytes.append(color.blue)
    }
    let dx =
      (regions.xRange.upperBound - regions.xRange.lowerBound) / Double(max(1, regions.width - 1))
    let dy =
      (regions.yRange.upperBound - regions.yRange.lowerBound) / Double(max(1, regions.height - 1))
    return "data binary skip=\(offset) array=(\(regions.width),\(regions.height))"
      + " origin=(\(regions.xRange.lowerBound),\(regions.yRange.lowerBound)) dx=\(dx) dy=\(dy)"
      + " format=\"%uchar%uchar%uchar\""
  }
}
