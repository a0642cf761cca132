package import NeuralNet
package import Tracking

/// Images and labels in the format of MNIST, gzip or plain.
package struct IDXSource: DataSource {
  package let choice = Choice(
    "idx",
    settings: [
      Setting("images", .path, default: nil, "the images, an IDX file, gzip or plain"),
      Setting("labels", .path, default: nil, "their labels, an IDX file"),
      Setting(
        "test_images", .orOff(.path), default: .off, "images of the test part, never trained on"),
      Setting("test_labels", .orOff(.path), default: .off, "labels of the test part"),
      Setting(
        "classes", .orOff(.list(.text, count: 1...LabelNames.mostClasses)), default: .off,
        "what the labels are called, from the first on; else they are called by their numbers"),
      LabelNames.setting,
      Augmentation.setting,
    ],
    "images and labels in the format of MNIST, gzip or plain")

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    let settings = request.settings
    let train = ImageFiles.Pair(
      images: settings.text("images"), labels: settings.text("labels"), imagesSetting: "images",
      labelsSetting: "labels")
    let test: ImageFiles.Pair?
    switch (settings.values["test_images"], settings.values["test_labels"]) {
    case (.text(let images), .text(let labels)):
      test = ImageFiles.Pair(
        images: images, labels: labels, imagesSetting: "test_images",
        labelsSetting: "test_labels")
    case (.text, _):
      throw DataError(
        setting: "test_images", "test_images needs test_labels beside it")
    case (_, .text):
      throw DataError(
        setting: "test_labels", "test_labels needs test_images beside it")
    default: test = nil
    }
    return try ImageFiles.load(
      train: train, test: test, names: settings.list("classes")?.map(\.display),
      firstLabel: settings.integer("first_label"))
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    let train = TorchImages(
      images: settings.python("images"), labels: settings.python("labels"))
    let hasTest = settings.values["test_images"].map { $0 != .off } ?? false
    let test = TorchImages(
      images: settings.python("test_images"), labels: settings.python("test_labels"))
    return TorchImages.source(
      train, test: hasTest ? test : nil, firstLabel: settings.integer("first_label"), data.shape)
  }
}
