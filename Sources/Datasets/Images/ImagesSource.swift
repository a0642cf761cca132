package import NeuralNet
package import Tracking

/// A folder of PNG and JPEG files for each class.
package struct ImagesSource: DecodingSource {
  package let choice = Choice(
    "images",
    settings: [
      Setting("path", .path, default: nil, "a folder with a folder of PNG and JPEG files a class"),
      Setting(
        "size", .orOff(.list(.integer(1...10_000), count: 2...2)), default: .off,
        "height and width that all images are brought to; needed where theirs differ"),
      Setting(
        "color", .orOff(.word(["gray", "rgb"])), default: .off,
        "one channel or three; by default gray where no file has colours"),
      Setting(
        "test_path", .orOff(.path), default: .off,
        "such a folder for the test part, never trained on"),
      Setting(
        "classes", .orOff(.list(.text, count: 1...LabelNames.mostClasses)), default: .off,
        "the folders that are classes, in this order; all, sorted, where it is left out"),
      Augmentation.setting,
    ], otherNames: ["imagefolder", "imagedatasetfromdirectory"],
    "a folder of PNG and JPEG files for each class")

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    try load(request, keeping: nil)
  }

  package func load(
    _ request: SourceRequest, keeping kept: DecodedFolder?
  ) throws(DataError) -> RawData {
    let settings = request.settings
    let names = settings.list("classes")?.map(\.display)
    let train = try ImageFolder(settings.text("path"), setting: "path", classes: names)
    var folders = [train]
    if case .text(let path) = settings.values["test_path"] {
      folders.append(
        try ImageFolder(path, setting: "test_path", classes: train.classes, isTest: true))
    }
    var isGray: Bool?
    if case .text(let color) = settings.values["color"] { isGray = color == "gray" }
    let reading = try ImageReading(
      folders, settings: ["path", "test_path"],
      size: settings.list("size")?.compactMap(\.asNumber).map { Int($0) }, isGray: isGray)
    let pixels = try reading.pixels(kept)
    func raw(_ place: Int, test: RawData?) -> RawData {
      let labels = folders[place].files.map(\.label)
      var counts = [Int](repeating: 0, count: train.classes.count)
      for label in labels { counts[Int(label)] += 1 }
      return RawData(
        outline: SourceOutline(
          rows: labels.count, classCounts: counts, featureShape: reading.shape, columnNames: [],
          target: .classes(names: train.classes), ownTestRows: test?.rows),
        features: .bytes(pixels[place]), targets: .classes(labels), ownTest: test,
        fingerprint: place == 0 ? reading.fingerprint : "",
        remarks: place == 0 ? reading.found + folders.flatMap(\.remarks) : [])
    }
    return raw(0, test: folders.count > 1 ? raw(1, test: nil) : nil)
  }

  package func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource {
    let shape = data.shape.featureShape
    let names = PythonText.value(.list((data.classNames ?? []).map(ParameterValue.text)))
    let mode = shape[0] == 1 ? "L" : "RGB"
    var blocks = [
      """
      # JPEG is not decoded to the bit as by Labbook: pixels may differ by a few of 255 levels.
      CLASSES = \(names)


      def read_images(folder):
          x, y = [], []
          for label, name in enumerate(CLASSES):
              paths = []
              for parent, _, files in os.walk(os.path.join(folder, name)):
                  paths += [
                      os.path.join(parent, file) for file in files
                      if file.lower().endswith((".png", ".jpg", ".jpeg", ".jpe", ".jfif")) and file[0] != "."
                  ]
              for path in sorted(paths):
                  image = PIL.Image.open(path).convert("\(mode)")
                  if image.size != (\(shape[2]), \(shape[1])):
                      image = image.resize((\(shape[2]), \(shape[1])), PIL.Image.BILINEAR)
                  x.append(np.asarray(image).reshape(\(shape[1]), \(shape[2]), \(shape[0])).transpose(2, 0, 1))
                  y.append(label)
          return np.stack(x) / 255, np.array(y)
      """,
      "def load_data(rng):\n    return read_images(\(settings.python("path")))",
    ]
    let hasTest = data.test != nil && settings.values["test_path"].map { $0 != .off } ?? false
    if hasTest {
      blocks.append("def load_test():\n    return read_images(\(settings.python("test_path")))")
    }
    return TorchSource(
      imports: ["os", "PIL.Image"], code: blocks.joined(separator: "\n\n\n"), hasOwnTest: hasTest)
  }
}
