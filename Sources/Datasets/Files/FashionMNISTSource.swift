import Foundation
package import NeuralNet
package import Tracking

/// Zalando's pictures of clothes: 60,000 to train on and 10,000 to test, 28 x 28, ten classes.
///
/// https://github.com/zalandoresearch/fashion-mnist
package struct FashionMNISTSource: DataSource {
  /// Where Debian's package puts the four files.
  package static let standardFolder = "/usr/share/datasets/fashion-mnist"

  package let choice = Choice(
    "fashion-mnist",
    settings: [
      Setting(
        "path", .path, default: .text(standardFolder),
        "the folder of the four files"),
      Augmentation.setting,
    ], otherNames: ["mnist"],
    "pictures of clothes, 28 x 28, ten classes: Debian's package dataset-fashion-mnist")

  package static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    let folder = request.settings.text("path")
    return try ImageFiles.load(
      train: Self.pair("train", in: folder), test: Self.pair("t10k", in: folder),
      names: Self.classNames,
      hint: "Debian has the files in the package dataset-fashion-mnist: "
        + "sudo apt-get install dataset-fashion-mnist")
  }

  private static func pair(_ part: String, in folder: String) -> ImageFiles.Pair {
    ImageFiles.Pair(
      images: file("\(part)-images-idx3-ubyte", in: folder),
      labels: file("\(part)-labels-idx1-ubyte", in: folder),
      imagesSetting: "path", labelsSetting: "path")
  }

  /// The compressed file, or the plain one where only that is there.
  private static func file(_ name: String, in folder: String) -> String {
    let plain = folder + "/" + name
    let packed = plain + ".gz"
    let hasOnlyPlain =
      !FileManager.default.fileExists(atPath: packed)
      && FileManager.default.fileExists(atPath: plain)
    return hasOnlyPlain ? plain : packed
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    func files(_ part: String) -> TorchImages {
      let path = settings.text("path") + "/" + part
      return TorchImages(
        images: PythonText.quoted(path + "-images-idx3-ubyte.gz"),
        labels: PythonText.quoted(path + "-labels-idx1-ubyte.gz"))
    }
    return TorchImages.bytes(files("train"), test: files("t10k"), data.shape)
  }
}
