import TensorKernels
import Tracking

/// Where the channels of images stand in an array of four axes.
enum ArrayLayout: String, CaseIterable, Codable {
  /// (N, channels, height, width), as PyTorch has them.
  case channelsFirst = "channels-first"
  /// (N, height, width, channels), as TensorFlow and image files have them.
  case channelsLast = "channels-last"
}

/// The arrays of rows and targets of one part.
struct ArrayPart {
  private let path: String
  private let x: NumPyArray
  private let name: String
  private let setting: String
  private let axes: [Int]?
  /// The targets; `nil` for none.
  let y: (name: String, array: NumPyArray, setting: String)?
  /// The shape of one row: columns, or (channels, height, width).
  let shape: [Int]
  /// What was found, for people.
  private(set) var found: [String] = []

  var rows: Int { x.sizes[0] }
  var shapeWords: String { shape.map(String.init).joined(separator: " x ") }

  /// Reads both arrays and checks that their shapes go together.
  init(
    _ archive: NumPyArchive, _ settings: Chosen, x xSetting: String, y ySetting: String
  ) throws(DataError) {
    let name = settings.text(xSetting)
    let x = try archive.array(name, setting: xSetting)
    var layout: ArrayLayout?
    if case .text(let word) = settings.values["layout"] { layout = ArrayLayout(rawValue: word) }
    var y: (name: String, array: NumPyArray, setting: String)?
    if case .text(let target) = settings.values[ySetting] {
      y = (target, try archive.array(target, setting: ySetting), ySetting)
    }
    try self.init(x, called: name, layout: layout, path: archive.path, setting: xSetting, y: y)
  }

  /// Takes an array of rows, with its targets where it has any.
  init(
    _ x: NumPyArray, called name: String, layout: ArrayLayout?, path: String,
    setting xSetting: String,
    y: (name: String, array: NumPyArray, setting: String)? = nil
  ) throws(DataError) {
    self.path = path
    self.x = x
    self.name = name
    self.y = y
    setting = xSetting
    guard (1...4).contains(x.sizes.count) else {
      throw Self.wrong(path, name, x, xSetting)
    }
    guard x.count > 0 else {
      throw DataError(
        setting: xSetting, place: path,
        "'\(name)' has no numbers: its shape is \(NumPyArray.words(x.sizes))")
    }
    if let y, y.array.sizes.first != x.sizes[0] {
      throw DataError(
        setting: y.setting, place: path,
        "'\(y.name)' has the shape \(NumPyArray.words(y.array.sizes)), but '\(name)' has "
          + "\(x.sizes[0]) rows")
    }
    switch x.sizes.count {
    case 1: (shape, axes) = ([1], nil)
    case 2: (shape, axes) = ([x.sizes[1]], nil)
    case 3: (shape, axes) = ([1, x.sizes[1], x.sizes[2]], nil)
    default:
      let layout = try Self.layout(x, layout, path, name, xSetting)
      let isLast = layout.layout == .channelsLast
      axes = isLast ? [0, 3, 1, 2] : nil
      shape = isLast ? [x.sizes[3], x.sizes[1], x.sizes[2]] : Array(x.sizes.dropFirst())
      if layout.isFound {
        found.append("images of '\(name)' have their channels \(isLast ? "last" : "first")")
      }
    }
    if isImageBytes { found.append("bytes of '\(name)' are taken as shares of 255") }
  }

  /// Bytes of images are values from 0 to 1, as in all sources of images.
  private var isImageBytes: Bool { shape.count == 3 && x.element.isByte }

  private static func wrong(
    _ path: String, _ name: String, _ x: NumPyArray, _ setting: String
  ) -> DataError {
    DataError(
      setting: setting, place: path,
      "'\(name)' has the shape \(NumPyArray.words(x.sizes)); rows (N, columns) or images "
        + "(N, height, width) or (N, channels, height, width) are needed",
      hint: x.sizes.count > 4 ? "Make it smaller: x.reshape(len(x), -1)." : "")
  }

  /// The layout that the file names, or the only one in which there are 1 to 4 channels.
  private static func layout(
    _ x: NumPyArray, _ wanted: ArrayLayout?, _ path: String, _ name: String, _ setting: String
  ) throws(DataError) -> (layout: ArrayLayout, isFound: Bool) {
    if let wanted { return (wanted, false) }
    let (first, last) = ((1...4).contains(x.sizes[1]), (1...4).contains(x.sizes[3]))
    if first != last { return (first ? .channelsFirst : .channelsLast, true) }
    throw DataError(
      setting: setting, place: path,
      "'\(name)' has the shape \(NumPyArray.words(x.sizes)), so it is open where its channels stand",
      hint: "Write layout: channels-first for (N, channels, height, width), layout: channels-last "
        + "for (N, height, width, channels).")
  }

  /// The rows.
  ///
  /// - Throws: an error at numbers that are not finite in single precision.
  func features() throws(DataError) -> RawData.Features {
    try MemoryLimit.check(
      rows: rows, columns: x.count / rows, bytes: isImageBytes ? 7 : 28, setting: setting,
      place: path)
    if isImageBytes { return .bytes(SharedArray(x.unsignedBytes(axes: axes))) }
    let values = x.doubles(axes: axes)
    let sizes = axes.map { $0.map { x.sizes[$0] } } ?? x.sizes
    let problem = DataError.notFinite(
      values, sizes: sizes, called: name, setting: setting, place: path)
    if let problem { throw problem }
    return .numbers(SharedArray(values), stride: x.count / rows)
  }
}

/// What the targets of all parts say: classes or numbers.
struct ArrayTargets {
  let parts: [RawData.Targets]
  let target: DataShape.Target

  /// - Parameters:
  ///   - task: what they are; `nil` for what their type says.
  ///   - names: what classes are called, from `firstLabel` on; `nil` for their numbers.
  init(
    _ parts: [ArrayPart], task: DataConfiguration.Task?, names: [String]?, firstLabel: Int,
    path: String
  ) throws(DataError) {
    let arrays = parts.compactMap(\.y)
    guard let first = arrays.first else {
      self.parts = parts.map { _ in .none }
      target = .none
      return
    }
    var values: [[Double]] = []
    var width = 1
    for (place, y) in arrays.enumerated() {
      let sizes = y.array.sizes
      let columns = sizes.dropFirst().reduce(1, *)
      guard (1...2).contains(sizes.count), columns > 0, place == 0 || columns == width else {
        throw DataError(
          setting: y.setting, place: path,
          "'\(y.name)' has the shape \(NumPyArray.words(sizes)); one target a row, or some (N, targets), is needed"
        )
      }
      width = columns
      let numbers = y.array.doubles()
      let problem = DataError.notFinite(
        numbers, sizes: sizes, called: y.name, setting: y.setting, place: path)
      if let problem { throw problem }
      values.append(numbers)
    }
    let isClasses = task.map { $0 == .classification } ?? (first.array.element.isWhole)
    guard isClasses else {
      self.parts = values.map { .values($0, columns: width) }
      target = .values(names: width == 1 ? ["y"] : (1...width).map { "y\($0)" })
      return
    }
    let labels = try Self.labels(values, first, width, path)
    let known = try Self.classes(labels, names, firstLabel, first, path)
    self.parts = labels.map { part in .classes(part.map { known.places[$0] ?? 0 }) }
    target = .classes(names: known.names)
  }

  /// Rows of every class in a part; `nil` where the target is no class.
  func counts(_ place: Int) -> [Int]? {
    guard case .classes(let labels) = parts[place], case .classes(let names) = target else {
      return nil
    }
    var counts = [Int](repeating: 0, count: names.count)
    for label in labels { counts[Int(label)] += 1 }
    return counts
  }

  private static func labels(
    _ values: [[Double]], _ y: (name: String, array: NumPyArray, setting: String), _ width: Int,
    _ path: String
  ) throws(DataError) -> [[Double]] {
    if width > 1 {
      let areTurns = values.allSatisfy { $0.allSatisfy { $0 == 0 || $0 == 1 } }
      throw DataError(
        setting: y.setting, place: path,
        "'\(y.name)' has \(width) columns, classes need one label a row",
        hint: areTurns
          ? "Where they say which class it is, make labels of them: y.argmax(1)."
          : "Where they are numbers to predict, write task: regression.")
    }
    for (row, value) in values.joined().enumerated() where value != value.rounded() {
      throw DataError(
        setting: y.setting, place: path,
        "'\(y.name)' has \(ParameterValue.number(value).json) in row \(row), classes need whole numbers",
        hint: "Where it is a number to predict, write task: regression.")
    }
    return values
  }

  private static func classes(
    _ labels: [[Double]], _ names: [String]?, _ first: Int,
    _ y: (name: String, array: NumPyArray, setting: String), _ path: String
  ) throws(DataError) -> (names: [String], places: [Double: Int32]) {
    let seen = Set(labels.joined()).sorted()
    guard seen.count <= LabelNames.mostClasses else {
      throw DataError(
        setting: y.setting, place: path,
        "'\(y.name)' has \(seen.count) classes, at most \(LabelNames.mostClasses) can be learned",
        hint: "Where it is a number to predict, write task: regression.")
    }
    guard let names else {
      return (
        seen.map { ParameterValue.number($0).json },
        Dictionary(uniqueKeysWithValues: seen.enumerated().map { ($1, Int32($0)) })
      )
    }
    let last = names.count - 1 + first
    if let other = seen.first(where: { $0 < Double(first) || $0 > Double(last) }) {
      throw DataError(
        setting: "classes", place: path,
        "'\(y.name)' has a label \(ParameterValue.number(other).json), the \(names.count) classes are "
          + "those from \(first) to \(last)",
        hint: first == 0 && seen[0] == 1
          ? "Labels begin at 1: write first_label: 1 under data." : "")
    }
    return (
      names,
      Dictionary(uniqueKeysWithValues: names.indices.map { (Double($0 + first), Int32($0)) })
    )
  }
}
