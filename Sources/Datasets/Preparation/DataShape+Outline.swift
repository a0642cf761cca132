import NeuralNet
import Tracking

extension DataShape {
  /// What a configuration makes of a source's rows; throws where it cannot be done.
  ///
  /// - Parameter partition: which rows are where, as far as it is known; else their number is counted.
  package init(
    _ outline: SourceOutline, _ configuration: DataConfiguration, _ partition: Partition? = nil
  ) throws(DataError) {
    let sizes = try PartSizes(
      rows: outline.rows, take: configuration.take, split: configuration.split,
      hasOwnTest: outline.ownTestRows != nil, fold: configuration.fold)
    try Self.checkColumns(configuration.scale, "scale", outline)
    try Self.checkColumns(configuration.shift, "shift", outline)
    try Self.checkLabelNoise(configuration.labelNoise, outline)
    try Self.checkAugmentation(configuration, outline)
    try MemoryLimit.check(
      rows: outline.rows + (outline.ownTestRows ?? 0),
      columns: outline.featureShape.reduce(1, *),
      bytes: outline.featureShape.count == 3 ? 5 : 12, setting: nil)
    self.init(
      trainRows: partition?.train.count ?? sizes.train,
      valRows: partition?.val.count ?? sizes.val,
      testRows: outline.ownTestRows ?? partition?.test.count ?? sizes.test,
      featureShape: outline.featureShape, columnNames: outline.columnNames, target: outline.target)
  }

  private static func checkColumns(
    _ numbers: DataConfiguration.PerColumn, _ key: String, _ outline: SourceOutline
  ) throws(DataError) {
    guard case .columns(let values) = numbers, values.count != outline.groups else { return }
    let what = outline.featureShape.count == 3 ? "channel" : "column"
    throw DataError(
      setting: key, "\(key) has \(values.count) numbers, the data has \(outline.groups) \(what)s",
      hint: "Give one number for all, or one for each \(what).")
  }

  private static func checkAugmentation(
    _ configuration: DataConfiguration, _ outline: SourceOutline
  ) throws(DataError) {
    let key = Augmentation.setting.name
    guard case .mapping(let entries) = configuration.source.values[key] else { return }
    for (name, value) in entries.sorted(by: { $0.key < $1.key }) {
      guard Augmentation.names.contains(name) else {
        let near = nearestName(to: name, among: Augmentation.names)
        throw DataError(
          setting: "\(key).\(name)", "there is no '\(name)' in augment",
          hint: near.map { "Did you mean '\($0)'?" } ?? "It has flip and shift.")
      }
      let isRight: Bool
      switch value {
      case .flag: isRight = name == "flip"
      default: isRight = name == "shift"
      }
      if !isRight {
        throw DataError(
          setting: "\(key).\(name)",
          name == "flip"
            ? "flip is true or false" : "shift is a number of pixels, such as 2")
      }
    }
    guard let augmentation = configuration.augmentation else { return }
    let shape = outline.featureShape
    guard shape.count == 3 else {
      throw DataError(setting: key, "augment changes images, but rows are \(shape[0]) columns")
    }
    if augmentation.shift >= min(shape[1], shape[2]) {
      throw DataError(
        setting: "\(key).shift",
        "shift: \(augmentation.shift) would move images of \(shape[1]) x \(shape[2]) out of sight")
    }
  }

  private static func checkLabelNoise(
    _ share: Double, _ outline: SourceOutline
  ) throws(DataError) {
    guard share > 0 else { return }
    guard case .classes(let names) = outline.target else {
      throw DataError(setting: "label_noise", "label_noise needs classes, the target has none")
    }
    if names.count < 2 {
      throw DataError(
        setting: "label_noise", "label_noise needs at least two classes, the data has one")
    }
  }
}
