import TensorKernels
import Tracking

/// Images and their labels from IDX files, with the source's own test part where it has one.
struct ImageFiles {
  /// One pair of files and the keys of the experiment file that name them.
  struct Pair {
    let images: String
    let labels: String
    let imagesSetting: String
    let labelsSetting: String
  }

  /// Reads all files and checks that they belong together.
  ///
  /// - Parameter names: the names of the classes; `nil` for numbers up to the greatest label.
  static func load(
    train: Pair, test: Pair?, names: [String]?, firstLabel: Int = 0, hint: String = ""
  ) throws(DataError) -> RawData {
    let trainFiles = try Files(train, hint: hint)
    let testFiles: Files?
    if let test { testFiles = try Files(test, hint: hint) } else { testFiles = nil }
    if let testFiles, testFiles.featureShape != trainFiles.featureShape {
      throw DataError(
        setting: test?.imagesSetting, place: testFiles.images.path,
        "the test images are \(testFiles.shapeWords), the training images "
          + trainFiles.shapeWords)
    }
    let classes = try LabelNames(
      [trainFiles.labels] + (testFiles.map { [$0.labels] } ?? []), first: firstLabel, names: names,
      setting: train.labelsSetting, place: train.labels)
    var digest = SHA256Digest()
    for file in trainFiles.all + (testFiles?.all ?? []) { digest.update(file.digest + "\n") }
    return trainFiles.raw(
      classes, ownTest: testFiles?.raw(classes), fingerprint: digest.hex())
  }

  private struct Files {
    let images: IDXFile
    let labelFile: IDXFile
    let labels: [Int32]

    var all: [IDXFile] { [images, labelFile] }
    var featureShape: [Int] { images.rowShape }
    var shapeWords: String { featureShape.map(String.init).joined(separator: " x ") }

    init(_ pair: Pair, hint: String) throws(DataError) {
      images = try IDXFile(
        reading: pair.images, dimensions: 2...4, what: "images", setting: pair.imagesSetting,
        hint: hint)
      labelFile = try IDXFile(
        reading: pair.labels, dimensions: 1...1, what: "labels", setting: pair.labelsSetting,
        hint: hint)
      if labelFile.sizes[0] != images.sizes[0] {
        throw DataError(
          setting: pair.labelsSetting, place: pair.labels,
          "there are \(labelFile.sizes[0]) labels for \(images.sizes[0]) images")
      }
      labels = try labelFile.labels(setting: pair.labelsSetting)
    }

    func raw(_ classes: LabelNames, ownTest: RawData? = nil, fingerprint: String = "") -> RawData {
      let labels = classes.indices(labels)
      var counts = [Int](repeating: 0, count: classes.names.count)
      for label in labels { counts[Int(label)] += 1 }
      let isTable = featureShape.count == 1
      let outline = SourceOutline(
        rows: images.sizes[0], classCounts: counts, featureShape: featureShape,
        columnNames: isTable ? (1...featureShape[0]).map { "c\($0)" } : [],
        target: .classes(names: classes.names), ownTestRows: ownTest?.rows)
      return RawData(
        outline: outline, features: images.features, targets: .classes(labels), ownTest: ownTest,
        fingerprint: fingerprint, remarks: fingerprint.isEmpty ? [] : classes.remarks)
    }
  }
}

/// The paths of a pair of IDX files as Python writes them.
struct TorchImages {
  let images: String
  let labels: String

  /// A source of one pair of unsigned bytes to train on, and one to test.
  static func bytes(_ train: TorchImages, test: TorchImages, _ shape: DataShape) -> TorchSource {
    TorchSource(
      imports: ["gzip"],
      code: [
        readBytes, train.function("load_data(rng)", shape, " / 255"),
        test.function("load_test()", shape, " / 255"),
      ].joined(separator: "\n\n\n"), hasOwnTest: true)
  }

  /// A source of one pair of any type to train on, and one to test where there is one.
  ///
  /// - Parameter firstLabel: the label of the first class.
  static func source(
    _ train: TorchImages, test: TorchImages?, firstLabel: Int, _ shape: DataShape
  ) -> TorchSource {
    let first = firstLabel == 0 ? "" : " - \(firstLabel)"
    var blocks = [readAny, train.function("load_data(rng)", shape, "", first)]
    if let test { blocks.append(test.function("load_test()", shape, "", first)) }
    return TorchSource(
      imports: ["gzip"], code: blocks.joined(separator: "\n\n\n"), hasOwnTest: test != nil)
  }

  private func function(
    _ name: String, _ shape: DataShape, _ divisor: String, _ first: String = ""
  ) -> String {
    let size = shape.featureShape.map(String.init).joined(separator: ", ")
    return """
      def \(name):
          x = read_idx(\(images)).reshape(-1, \(size))\(divisor)
          return x, read_idx(\(labels)).astype(int)\(first)
      """
  }

  private static let readBytes = """
    def read_idx(path):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            data = file.read()
        sizes = np.frombuffer(data, ">u4", data[3], 4).astype(int)
        return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)
    """

  private static let readAny = """
    def read_idx(path):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            data = file.read()
        kind = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}[data[2]]
        sizes = np.frombuffer(data, ">u4", data[3], 4).astype(int)
        numbers = np.frombuffer(data, kind, offset=4 + 4 * data[3]).reshape(sizes)
        return numbers / 255 if kind == "u1" and len(sizes) > 1 else numbers.astype(float)
    """
}
