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
