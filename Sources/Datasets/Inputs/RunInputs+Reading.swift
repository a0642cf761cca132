import Foundation
import TensorKernels
import Tracking

/// Rows that a run's network is asked about.
public struct InputRows: Sendable {
  /// The rows as the network gets them.
  public let dataset: Dataset
  /// What names each row, where the run's table has such a column.
  public var ids: [String]?
  /// What was filled, unknown or left out, for people.
  public var remarks: [String] = []
}

extension RunInputs {
  /// Reads rows for the run's network: a table with the run's columns, or images in IDX files.
  ///
  /// - Parameters:
  ///   - path: a CSV file with a line of names, or an IDX file, gzip or plain.
  ///   - labels: an IDX file with the images' labels.
  ///   - target: the column with the targets; where it is `nil`, the run's own column is taken if
  ///     the file has it.
  public func read(
    _ path: String, labels: String? = nil, target: String? = nil
  ) throws(DataError) -> InputRows {
    try read(FileBytes(reading: path, setting: "input"), labels: labels, target: target)
  }

  /// The same of bytes that are there already.
  package func read(
    _ file: FileBytes, labels: String? = nil, target: String? = nil
  ) throws(DataError) -> InputRows {
    let isTable = !Self.isIDX(file)
    if isTable, let labels {
      throw DataError(
        "labels are given for images, but \(file.path) is a table",
        hint: "Name the target's column instead of \(labels).")
    }
    if !isTable, target != nil {
      throw DataError("images have no columns", hint: "Name their labels' file instead.")
    }
    return isTable
      ? try InputTable(self, file, target: target).rows()
      : InputRows(dataset: try InputImages(self, file, labels: labels).dataset())
  }

  /// Whether a file begins as IDX files do, once it is unpacked.
  private static func isIDX(_ file: FileBytes) -> Bool {
    var start = [UInt8](repeating: 1, count: 2)
    let read = start.withUnsafeMutableBufferPointer { GzipReader(file).read(into: $0) }
    return read?.count == 2 && start == [0, 0]
  }

  /// What the network takes, in words.
  var shapeWords: String {
    featureShape.count == 3
      ? "images of " + featureShape.map(String.init).joined(separator: " x ")
      : "rows of " + (columnNames.count == 1 ? "1 column" : "\(columnNames.count) columns")
  }

  /// The place of each class's name; numbers may be written in any way.
  func classPlaces() -> [String: Int32] {
    Dictionary(
      (classNames ?? []).enumerated().map { ($1, Int32($0)) },
      uniquingKeysWith: { first, _ in first
      })
  }

  func unknownClass(_ name: String, at place: String) -> DataError {
    let names = classNames ?? []
    let near = nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", ..." : "")
    return DataError(
      place: place, "the run knows no class '\(name)'", hint: near ?? "Its classes are \(listed).")
  }
}
