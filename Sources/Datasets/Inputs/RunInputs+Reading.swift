import Foundation
import TensorKernels
import Tracking

/// Rows that a run's network is asked about.
public struct InputRows: Sendable {
  /// The rows as the network gets them; without targets where a row has none.
  public let dataset: Dataset
  /// What names each row: a column of the run's table, or files.
  public var ids: [String]?
  /// What those names are called.
  public var idName = "id"
  /// The rows that say what they should be; `nil` where none does.
  public let judged: JudgedRows?
  /// What was filled, unknown or left out, for people.
  public var remarks: [String] = []

  /// Makes rows of which all have a target, or none.
  init(dataset: Dataset, ids: [String]? = nil, remarks: [String] = []) {
    self.dataset = dataset
    self.ids = ids
    self.remarks = remarks
    if case .none = dataset.targets {
      judged = nil
    } else {
      judged = JudgedRows(places: Array(0..<dataset.rows), targets: dataset.targets, values: nil)
    }
  }

  /// Makes rows with what some of them, or all, should be.
  init(dataset: Dataset, ids: [String]?, remarks: [String], judged: JudgedRows?) {
    self.dataset = dataset
    self.ids = ids
    self.remarks = remarks
    self.judged = judged
  }
}

/// Rows that say what they should be.
public struct JudgedRows: Sendable {
  /// Which rows these are.
  public let places: [Int]
  /// What they should be, as it is trained.
  public let targets: Dataset.Targets
  /// Numbers to predict as the file has them; `nil` for classes, or where they are as they are trained.
  public let values: [[Double]]?
}

/// What holds the rows that a network is asked about.
public enum InputSource: Sendable {
  /// A table, arrays of NumPy's, an IDX file or an image.
  case file(FileBytes)
  /// A folder of images.
  case folder(String)

  /// Looks at a path: a folder, or a file whose bytes are read once; `-` is standard input.
  public init(path: String) throws(DataError) {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    self = exists && isDirectory.boolValue ? .folder(path) : .file(try FileBytes(input: path))
  }
}

extension RunInputs {
  /// Reads rows for the run's network.
  ///
  /// - Parameters:
  ///   - path: a CSV file with a line of names, an IDX file, gzip or plain, an archive or array of
  ///     NumPy's, a PNG or JPEG file, or a folder of such.
  ///   - labels: an IDX file with the images' labels.
  ///   - target: the column with the targets, or the array; where it is `nil`, the run's own is taken if
  ///     the file has it.
  public func read(
    _ path: String, labels: String? = nil, target: String? = nil
  ) throws(DataError) -> InputRows {
    try read(InputSource(path: path), labels: labels, target: target)
  }

  /// The same of what was opened already.
  public func read(
    _ source: InputSource, labels: String? = nil, target: String? = nil
  ) throws(DataError) -> InputRows {
    switch source {
    case .folder(let path):
      try Self.refuse(labels, target, "a folder of images")
      return try InputPictures(self, folder: path).rows()
    case .file(let file) where InputPictures.isImage(file):
      try Self.refuse(labels, target, "an image")
      return try InputPictures(self, file: file.path).rows()
    case .file(let file) where InputArrays.isArray(file):
      try Self.refuse(labels, nil, "a file of arrays")
      return try InputArrays(self, file, target: target).rows()
    case .file(let file): return try read(file, labels: labels, target: target)
    }
  }

  private static func refuse(
    _ labels: String?, _ target: String?, _ what: String
  ) throws(DataError) {
    if labels != nil {
      throw DataError("--labels belongs to images in IDX files, the input is \(what)")
    }
    if target != nil {
      throw DataError("--target belongs to tables and arrays, the input is \(what)")
    }
  }

  /// Rows of a table or of an IDX file.
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
