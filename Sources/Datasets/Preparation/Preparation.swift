import TensorKernels

/// From a source's rows to the parts a network trains on.
package struct Preparation {
  private let raw: RawData
  private let configuration: DataConfiguration
  private let partition: Partition
  package let transform: FeatureTransform
  private let shape: DataShape

  /// Chooses the rows of every part and learns the normalisation from the training rows.
  package init(_ raw: RawData, _ configuration: DataConfiguration) throws(DataError) {
    self.raw = raw
    self.configuration = configuration
    shape = try DataShape(raw.outline, configuration)
    let sizes = try PartSizes(
      rows: raw.rows, take: configuration.take, split: configuration.split,
      hasOwnTest: raw.ownTest != nil)
    var classes: [Int32]?
    if case .classes(let labels) = raw.targets { classes = labels }
    partition = Partition(
      rows: raw.rows, classes: classes, sizes: sizes, seed: configuration.seed)
    transform = Self.transform(raw, partition.train, configuration)
  }

  /// Makes the parts.
  package func run() -> PreparedData {
    PreparedData(
      train: part(raw, partition.train, labels(noisy: true)),
      val: partition.val.isEmpty ? nil : part(raw, partition.val, labels(noisy: false)),
      test: test(),
      shape: shape, transform: transform, fingerprint: raw.fingerprint)
  }

  /// What the training columns look like before and after normalisation.
  package func columns() -> [(before: ColumnStatistics, after: ColumnStatistics)] {
    let before = raw.statistics(
      rows: partition.train, columnsPerGroup: transform.columnsPerGroup,
      scale: transform.scale, shift: transform.shift)
    return zip(before, zip(transform.offset, transform.divisor)).map { column, map in
      func moved(_ value: Double) -> Double { (value - map.0) / map.1 }
      return (
        column,
        ColumnStatistics(
          minimum: moved(column.minimum), maximum: moved(column.maximum),
          mean: moved(column.mean), deviation: column.deviation / map.1)
      )
    }
  }

  private func test() -> Dataset? {
    if let own = raw.ownTest, case .classes(let labels) = own.targets {
      return part(own, Array(0..<Int32(own.rows)), labels)
    }
    return partition.test.isEmpty ? nil : part(raw, partition.test, labels(noisy: false))
  }

  private func labels(noisy: Bool) -> [Int32] {
    guard case .classes(let labels) = raw.targets else { return [] }
    if !noisy || configuration.labelNoise == 0 { return labels }
    return LabelNoise.apply(
      configuration.labelNoise, to: labels, train: partition.train, classes: shape.classes ?? 0,
      seed: configuration.seed)
  }

  private func part(_ raw: RawData, _ rows: [Int32], _ labels: [Int32]) -> Dataset {
    let targets: Dataset.Targets =
      switch raw.targets {
      case .classes:
        .classes(SharedArray(rows.map { labels[Int($0)] }), names: shape.classNames ?? [])
      case .values(let values):
        .values(SharedArray(rows.map { Float(values[Int($0)]) }), columns: 1)
      case .none: .none
      }
    return Dataset(
      rows: rows.count, featureShape: shape.featureShape, columnNames: shape.columnNames,
      features: features(raw, rows), targets: targets)
  }

  private func features(_ raw: RawData, _ rows: [Int32]) -> SharedArray<Float> {
    let (columns, width) = (raw.columns, transform.columnsPerGroup)
    return SharedArray(count: rows.count * columns) { result in
      switch raw.features {
      case .numbers(let numbers):
        let all = numbers.elements
        for (place, row) in rows.enumerated() {
          for column in 0..<columns {
            result[place * columns + column] = transform.apply(
              all[Int(row) * columns + column], column: column)
          }
        }
      case .bytes(let bytes):
        let all = bytes.elements
        for group in transform.scale.indices {
          let table = (0..<256).map { transform.apply(Double($0) / 255, column: group * width) }
          for (place, row) in rows.enumerated() {
            let (from, to) = (Int(row) * columns + group * width, place * columns + group * width)
            for pixel in 0..<width { result[to + pixel] = table[Int(all[from + pixel])] }
          }
        }
      }
    }
  }

  private static func transform(
    _ raw: RawData, _ train: [Int32], _ configuration: DataConfiguration
  ) -> FeatureTransform {
    let groups = raw.outline.groups
    let width = raw.columns / groups
    let scale = (0..<groups).map(configuration.scale.value)
    let shift = (0..<groups).map(configuration.shift.value)
    var (offset, divisor) = (
      [Double](repeating: 0, count: groups), [Double](repeating: 1, count: groups)
    )
    if configuration.normalize != .none {
      let statistics = raw.statistics(
        rows: train, columnsPerGroup: width, scale: scale, shift: shift)
      let standard = configuration.normalize == .standard
      offset = statistics.map { standard ? $0.mean : $0.minimum }
      divisor = statistics.map {
        max(standard ? $0.deviation : $0.maximum - $0.minimum, 1e-8)
      }
    }
    return FeatureTransform(
      columnsPerGroup: width, scale: scale, shift: shift, offset: offset, divisor: divisor)
  }
}

extension SourceOutline {
  /// Groups of columns that are scaled and normalised as one: columns, or channels of images.
  package var groups: Int { featureShape.first ?? 1 }
}
