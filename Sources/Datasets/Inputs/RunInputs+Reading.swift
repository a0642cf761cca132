import Foundation
import TensorKernels
import Tracking

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
  ) throws(DataError) -> Dataset {
    try read(FileBytes(reading: path, setting: "input"), labels: labels, target: target)
  }

  /// The same of bytes that are there already.
  package func read(
    _ file: FileBytes, labels: String? = nil, target: String? = nil
  ) throws(DataError) -> Dataset {
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
      ? try InputTable(self, file, target: target).dataset()
      : try InputImages(self, file, labels: labels).dataset()
  }

  /// Whether a file is compressed or begins as IDX files do.
  private static func isIDX(_ file: FileBytes) -> Bool {
    let start = file.data.prefix(2)
    return start.elementsEqual([0x1F, 0x8B]) || start.elementsEqual([0, 0])
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
