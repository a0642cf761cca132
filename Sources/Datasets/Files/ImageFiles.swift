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
    train: Pair, test: Pair?, names: [String]?, hint: String = ""
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
    let greatest = max(trainFiles.greatestLabel, testFiles?.greatestLabel ?? 0)
    let names = names ?? (0...greatest).map(String.init)
    if greatest >= names.count {
      throw DataError(
        setting: train.labelsSetting, place: trainFiles.labels.path,
        "there is a label \(greatest), the greatest of \(names.count) classes is \(names.count - 1)"
      )
    }
    var digest = SHA256Digest()
    for file in trainFiles.all + (testFiles?.all ?? []) { digest.update(file.digest + "\n") }
    return trainFiles.raw(
      names: names, ownTest: testFiles?.raw(names: names), fingerprint: digest.hex())
  }

  private struct Files {
    let images: IDXFile
    let labels: IDXFile

    var all: [IDXFile] { [images, labels] }
    var greatestLabel: Int { Int(labels.bytes.elements.max() ?? 0) }

    /// Channels, height, width.
    var featureShape: [Int] {
      images.sizes.count == 4 ? Array(images.sizes.dropFirst()) : [1] + images.sizes.dropFirst()
    }

    var shapeWords: String { featureShape.map(String.init).joined(separator: " x ") }

    init(_ pair: Pair, hint: String) throws(DataError) {
      images = try IDXFile(
        reading: pair.images, dimensions: 3...4, what: "images", setting: pair.imagesSetting,
        hint: hint)
      labels = try IDXFile(
        reading: pair.labels, dimensions: 1...1, what: "labels", setting: pair.labelsSetting,
        hint: hint)
      if labels.sizes[0] != images.sizes[0] {
        throw DataError(
          setting: pair.labelsSetting, place: pair.labels,
          "there are \(labels.sizes[0]) labels for \(images.sizes[0]) images")
      }
    }

    func raw(names: [String], ownTest: RawData? = nil, fingerprint: String = "") -> RawData {
      var counts = [Int](repeating: 0, count: names.count)
      for label in labels.bytes.elements { counts[Int(label)] += 1 }
      let outline = SourceOutline(
        rows: images.sizes[0], classCounts: counts, featureShape: featureShape, columnNames: [],
        target: .classes(names: names), ownTestRows: ownTest?.rows)
      return RawData(
        outline: outline, features: .bytes(images.bytes),
        targets: .classes(labels.bytes.elements.map(Int32.init)), ownTest: ownTest,
        fingerprint: fingerprint)
    }
  }
}

/// The paths of a pair of IDX files as Python writes them.
struct TorchImages {
  let images: String
  let labels: String

  /// A source of one pair to train on, and one to test where there is one.
  static func source(_ train: TorchImages, test: TorchImages?, _ shape: DataShape) -> TorchSource {
    let size = shape.featureShape.map(String.init).joined(separator: ", ")
    var blocks = [readIDX, train.function("load_data(rng)", size)]
    if let test { blocks.append(test.function("load_test()", size)) }
    return TorchSource(
      imports: ["gzip"], code: blocks.joined(separator: "\n\n\n"), hasOwnTest: test != nil)
  }

  private func function(_ name: String, _ size: String) -> String {
    """
    def \(name):
        x = read_idx(\(images)).reshape(-1, \(size)) / 255
        return x, read_idx(\(labels)).astype(int)
    """
  }

  private static let readIDX = """
    def read_idx(path):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            data = file.read()
        sizes = np.frombuffer(data, ">u4", data[3], 4).astype(int)
        return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(sizes)
    """
}
