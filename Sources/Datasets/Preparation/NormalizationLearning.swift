/// What the training rows teach of normalisation.
struct NormalizationLearning {
  let transform: FeatureTransform
  /// Groups that have one value in the training rows.
  let constantColumns: [Int]

  /// - Parameter measures: which columns are measures; the others, which say yes or no, stay as they
  ///   are. `nil` for all.
  init(
    outline: SourceOutline, features: FeatureRows, train: [Int32],
    _ configuration: DataConfiguration, measures: [Bool]?
  ) {
    let groups = outline.groups
    let width = outline.featureShape.reduce(1, *) / groups
    let scale = (0..<groups).map(configuration.scale.value)
    let shift = (0..<groups).map(configuration.shift.value)
    var (offset, divisor) = (
      [Double](repeating: 0, count: groups), [Double](repeating: 1, count: groups)
    )
    var constant: [Int] = []
    if configuration.normalize != .none {
      let statistics = features.statistics(
        rows: train, columnsPerGroup: width, scale: scale, shift: shift)
      let isStandard = configuration.normalize == .standard
      for (group, column) in statistics.enumerated() where measures?[group] != false {
        offset[group] = isStandard ? column.mean : column.minimum
        if column.isConstant(rows: train.count * width) {
          constant.append(group)
        } else {
          divisor[group] = isStandard ? column.deviation : column.maximum - column.minimum
        }
      }
    }
    transform = FeatureTransform(
      columnsPerGroup: width, scale: scale, shift: shift, offset: offset, divisor: divisor)
    constantColumns = constant
  }
}

extension ColumnStatistics {
  /// Whether there is no spread beyond what rounding makes, by scikit-learn's bound on the variance.
  func isConstant(rows: Int) -> Bool {
    if minimum == maximum { return true }
    let epsilon = 2.220446049250313e-16
    let count = Double(rows)
    let variance = deviation * deviation
    let bound = count * mean * epsilon
    return variance <= count * epsilon * variance + bound * bound
  }
}
