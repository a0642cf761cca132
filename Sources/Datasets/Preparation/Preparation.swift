import TensorKernels

/// From a source's rows to the parts a network trains on.
package final class Preparation: Sendable {
  private let raw: RawData
  private let configuration: DataConfiguration
  private let partition: Partition
  private let features: FeatureRows
  /// What the training part taught of a table's columns; `nil` where columns are numbers as they are.
  package let recipes: [ColumnRecipe]?
  package let transform: FeatureTransform
  /// What is done to numbers to be predicted.
  package let targetTransform: TargetTransform
  package let shape: DataShape
  /// Columns that have one value in the training part and are only shifted, by their place.
  package let constantColumns: [Int]

  /// Chooses the rows of every part and learns from the training rows alone.
  package init(_ raw: RawData, _ configuration: DataConfiguration) throws(DataError) {
    self.raw = raw
    self.configuration = configuration
    partition = try Partition(raw, configuration)
    var outline = raw.outline
    if case .table(let table) = raw.features {
      let learned = LearnedTable(table, rows: partition.train)
      features = .table(learned)
      recipes = learned.recipes
      outline = outline.prepared(as: learned.recipes.flatMap(\.outputs))
      if learned.columns == 0 {
        throw DataError(
          setting: "path", "no column is left to learn from",
          hint: "Every category stands in fewer training rows than min_count asks.")
      }
    } else {
      features = FeatureRows(raw)
      recipes = nil
    }
    shape = try DataShape(outline, configuration, partition)
    let learning = NormalizationLearning(
      outline: outline, features: features, train: partition.train, configuration,
      measures: recipes?.flatMap(\.measures))
    (transform, constantColumns) = (learning.transform, learning.constantColumns)
    targetTransform = try TargetTransform(raw, partition.train, configuration)
  }

  /// Makes the parts.
  package func run() -> PreparedData {
    PreparedData(
      train: part(raw, features, partition.train, labels(noisy: true)),
      val: partition.val.isEmpty
        ? nil : part(raw, features, partition.val, labels(noisy: false)),
      test: test(), shape: shape, transform: transform, recipes: recipes,
      targetTransform: targetTransform, leftOutRows: raw.leftOutRows,
      groups: raw.groups?.column, fingerprint: raw.fingerprint)
  }

  /// The numbers to predict of every part that exists, in their own units as the source has them; empty
  /// where the target is something else.
  package func ownValues() -> [(part: String, rows: [[Double]])] {
    guard case .values(let values, let columns) = raw.targets else { return [] }
    func rows(_ values: [Double], _ places: [Int32]) -> [[Double]] {
      places.map { Array(values[Int($0) * columns..<(Int($0) + 1) * columns]) }
    }
    var parts = [("train", rows(values, partition.train)), ("val", rows(values, partition.val))]
    if case .values(let own, _)? = raw.ownTest?.targets {
      parts.append(("test", rows(own, Array(0..<Int32(raw.ownTest?.rows ?? 0)))))
    } else {
      parts.append(("test", rows(values, partition.test)))
    }
    return parts
  }

  /// What the training columns look like before and after normalisation.
  package func columns() -> [(before: ColumnStatistics, after: ColumnStatistics)] {
    let before = features.statistics(
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

  /// What was found or left out on the way, for people.
  package var remarks: [String] {
    guard configuration.normalize != .none, !constantColumns.isEmpty else { return raw.remarks }
    let names = constantColumns.map {
      shape.columnNames.isEmpty ? "channel \($0)" : "'\(shape.columnNames[$0])'"
    }
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", ..." : "")
    return raw.remarks + [
      listed
        + (names.count == 1
          ? " has one value in the training part and is only shifted"
          : " have one value each in the training part and are only shifted")
    ]
  }

  /// 2 where version 0.1.0 would have trained on other numbers, else 1: it divided what is constant in
  /// the training part by 1e-8.
  package var version: Int {
    let changed = transform.divisor.indices.filter { group in
      constantColumns.contains(group) || transform.divisor[group] < 1e-8
    }
    guard !changed.isEmpty, recipes == nil else { return 1 }
    var former = transform.divisor
    for group in changed { former[group] = 1e-8 }
    let old = FeatureTransform(
      columnsPerGroup: transform.columnsPerGroup, scale: transform.scale, shift: transform.shift,
      offset: transform.offset, divisor: former)
    let rows = partition.train + partition.val + partition.test
    let differs = [(raw, rows)] + (raw.ownTest.map { [($0, Array(0..<Int32($0.rows)))] } ?? [])
    return differs.contains { data, rows in
      FeatureRows(data).differ(rows, transform, old, groups: changed)
    } ? 2 : 1
  }

  private func test() -> Dataset? {
    if let own = raw.ownTest {
      var labels: [Int32] = []
      if case .classes(let all) = own.targets { labels = all }
      return part(own, ownFeatures(own), Array(0..<Int32(own.rows)), labels)
    }
    return partition.test.isEmpty
      ? nil : part(raw, features, partition.test, labels(noisy: false))
  }

  /// A test part of its own is prepared as the training part taught.
  private func ownFeatures(_ own: RawData) -> FeatureRows {
    guard let recipes, case .table(let table) = own.features else { return FeatureRows(own) }
    return .table(
      LearnedTable(
        table.cells,
        zip(recipes, table.plans).compactMap { recipe, planned in
          table.cells.columns[planned.column].map { (recipe, $0) }
        }))
  }

  private func labels(noisy: Bool) -> [Int32] {
    guard case .classes(let labels) = raw.targets else { return [] }
    if !noisy || configuration.labelNoise == 0 { return labels }
    return LabelNoise.apply(
      configuration.labelNoise, to: labels, train: partition.train, classes: shape.classes ?? 0,
      seed: configuration.seed)
  }

  private func part(
    _ raw: RawData, _ features: FeatureRows, _ rows: [Int32], _ labels: [Int32]
  ) -> Dataset {
    let targets: Dataset.Targets =
      switch raw.targets {
      case .classes:
        .classes(SharedArray(rows.map { labels[Int($0)] }), names: shape.classNames ?? [])
      case .values(let values, let columns):
        .values(
          SharedArray(
            rows.flatMap { row in
              (0..<columns).map {
                targetTransform.apply(values[Int(row) * columns + $0], column: $0)
              }
            }), columns: columns)
      case .none: .none
      }
    return Dataset(
      rows: rows.count, featureShape: shape.featureShape, columnNames: shape.columnNames,
      features: features.prepared(rows, transform), targets: targets)
  }
}

extension Preparation: Weighed {
  package var byteCount: Int {
    4 * (partition.train.count + partition.val.count + partition.test.count)
  }
}

extension SourceOutline {
  /// Groups of columns that are scaled and normalised as one: columns, or channels of images.
  package var groups: Int { featureShape.first ?? 1 }

  /// The same rows with the columns that a table's became.
  fileprivate func prepared(as names: [String]) -> SourceOutline {
    SourceOutline(
      rows: rows, classCounts: classCounts, featureShape: [names.count], columnNames: names,
      target: target, ownTestRows: ownTestRows)
  }
}
