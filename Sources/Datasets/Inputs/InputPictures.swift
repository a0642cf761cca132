import Foundation
import TensorKernels

/// Image files that a network is asked about: one, or those in a folder.
struct InputPictures {
  private let inputs: RunInputs
  private let folder: ImageFolder
  /// Whether the files lie in folders of the run's classes.
  private let isLabelled: Bool
  private var remarks: [String]

  /// Whether a file begins as PNG or JPEG files do.
  static func isImage(_ file: FileBytes) -> Bool {
    file.data.starts(with: [0x89, 0x50, 0x4E, 0x47]) || file.data.starts(with: [0xFF, 0xD8, 0xFF])
  }

  init(_ inputs: RunInputs, file path: String) throws(DataError) {
    self.inputs = inputs
    try Self.check(inputs, path, "an image")
    if !FileManager.default.fileExists(atPath: path) {
      throw DataError("an image cannot come from a pipe", hint: "Give its path to --input.")
    }
    folder = ImageFolder(file: path)
    isLabelled = false
    remarks = []
  }

  /// Takes the files of a folder; where all folders in it are classes of the run, they say what the images
  /// should be.
  init(_ inputs: RunInputs, folder path: String) throws(DataError) {
    self.inputs = inputs
    try Self.check(inputs, path, "a folder, which may hold images")
    let folders = try ImageFolder.folders(in: path, setting: "input")
    let known = inputs.classNames ?? []
    isLabelled = !folders.isEmpty && folders.allSatisfy(known.contains)
    folder =
      isLabelled
      ? try ImageFolder(path, setting: "input", classes: known, isTest: true)
      : try ImageFolder(unlabelled: path, setting: "input")
    remarks = folder.remarks
    if !isLabelled, let other = folders.first(where: { !known.contains($0) }) {
      remarks.append(
        "'\(other)' is no class of the run, so that the folders do not say what the images should be"
      )
    }
  }

  private static func check(
    _ inputs: RunInputs, _ path: String, _ what: String
  ) throws(DataError) {
    guard inputs.featureShape.count == 3, [1, 3].contains(inputs.featureShape[0]) else {
      throw DataError(
        "the run's network takes \(inputs.shapeWords), but \(path) is \(what)",
        hint: inputs.featureShape.count == 1 ? "Give a table with the run's columns." : "")
    }
  }

  func rows() throws(DataError) -> InputRows {
    let shape = inputs.featureShape
    let reading = try ImageReading(
      [folder], settings: ["input"], size: Array(shape.dropFirst()), isGray: shape[0] == 1)
    let pixels = try reading.pixels(nil)[0]
    let labels = folder.files.map(\.label)
    let dataset = Dataset(
      rows: labels.count, featureShape: shape, columnNames: inputs.columnNames,
      features: inputs.features(ofBytes: pixels.elements, rows: labels.count),
      targets: isLabelled
        ? .classes(SharedArray(labels), names: inputs.classNames ?? []) : .none)
    var rows = InputRows(
      dataset: dataset, ids: folder.files.map(\.name), remarks: reading.found + remarks)
    rows.idName = "file"
    return rows
  }
}

extension RunInputs {
  /// What the network gets of bytes that stand for shares of 255, row after row.
  func features(
    ofBytes bytes: UnsafeBufferPointer<UInt8>, rows: Int
  ) -> SharedArray<Float> {
    let columns = featureShape.reduce(1, *)
    let transform = transform
    let width = transform.columnsPerGroup
    return SharedArray<Float>(count: rows * columns) { result in
      for group in 0..<columns / width {
        let table = (0..<256).map { transform.apply(Double($0) / 255, column: group * width) }
        for row in 0..<rows {
          let first = row * columns + group * width
          for place in first..<first + width { result[place] = table[Int(bytes[place])] }
        }
      }
    }
  }
}
