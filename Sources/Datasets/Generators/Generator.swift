package import TensorKernels
package import Tracking

// R rows, C columns.

/// A source that draws its rows: what generators share, so that each only says its formula.
package protocol Generator: DataSource {
  /// The sizes of what it will draw.
  func plan(_ settings: Chosen) -> GeneratorPlan

  /// Sizes and names, without drawing a number.
  func outline(_ request: SourceRequest) throws(DataError) -> SourceOutline

  /// Fills `row` with the features of one row and returns the target's value, which classes ignore.
  ///
  /// - Parameters:
  ///   - place: the row's class and its place within the class.
  ///   - draw: the random numbers of the data.
  func fill(
    _ row: UnsafeMutableBufferPointer<Double>, _ place: GeneratorPlace, _ settings: Chosen,
    _ draw: GeneratorRandom
  ) -> Double
}

/// How many rows and columns a generator draws.
package struct GeneratorPlan: Sendable {
  package let groups: Int
  package let rowsPerGroup: Int
  package let features: Int
  package let kind: Kind

  package enum Kind: Sendable { case classes, values, cloud }
}

/// Which row is drawn.
package struct GeneratorPlace: Sendable {
  /// The class, from 0; 0 where there are no classes.
  package let group: Int
  /// The place within the class, from 0.
  package let index: Int
  /// Rows of the class.
  package let count: Int

  /// `index` on a scale from 0 to 1, both ends included, as `linspace` places it.
  package var share: Double { count > 1 ? Double(index) / Double(count - 1) : 0 }
}

/// The random numbers of generated data, each by its column, class and row.
package struct GeneratorRandom: Sendable {
  private let seed: Int

  package init(seed: Int) { self.seed = seed }

  /// Draws of rows, for one column.
  package func rows(column: Int) -> CounterRandom {
    CounterRandom(seed: seed, purpose: .data, stream: 2 * column)
  }

  /// Draws of what the rows have in common (centres, coefficients), for one column.
  package func structure(column: Int) -> CounterRandom {
    CounterRandom(seed: seed, purpose: .data, stream: 2 * column + 1)
  }
}

extension Generator {
  package func outline(_ request: SourceRequest) throws(DataError) -> SourceOutline {
    let plan = plan(request.settings)
    let rows = try MemoryLimit.product(
      [plan.groups, plan.rowsPerGroup], setting: plan.groups > 1 ? "points_per_class" : "points")
    let target: DataShape.Target =
      switch plan.kind {
      case .classes: .classes(names: (0..<plan.groups).map(String.init))
      case .values: .values(names: ["y"])
      case .cloud: .none
      }
    let counts = plan.kind == .classes
    return SourceOutline(
      rows: rows,
      classCounts: counts ? Array(repeating: plan.rowsPerGroup, count: plan.groups) : nil,
      featureShape: [plan.features],
      columnNames: plan.features == 1 ? ["x"] : (1...plan.features).map { "x\($0)" },
      target: target)
  }

  package func load(_ request: SourceRequest) throws(DataError) -> RawData {
    let outline = try outline(request)
    let plan = plan(request.settings)
    let draw = GeneratorRandom(seed: request.seed)
    var targets: [Double] = []
    let features = SharedArray<Double>(count: outline.rows * plan.features) { all in
      for row in 0..<outline.rows {
        let place = GeneratorPlace(
          group: row / plan.rowsPerGroup, index: row % plan.rowsPerGroup, count: plan.rowsPerGroup)
        let part = UnsafeMutableBufferPointer(
          rebasing: all[row * plan.features..<(row + 1) * plan.features])
        let value = fill(part, place, request.settings, draw)
        if plan.kind == .values { targets.append(value) }
      }
    }
    let rawTargets: RawData.Targets =
      switch plan.kind {
      case .classes: .classes((0..<outline.rows).map { Int32($0 / plan.rowsPerGroup) })
      case .values: .values(targets, columns: 1)
      case .cloud: .none
      }
    return RawData(
      outline: outline, features: .numbers(features, stride: plan.features), targets: rawTargets)
  }
}

extension Setting {
  /// How many rows of each class a generator draws.
  static func pointsPerClass(_ standard: Int) -> Setting {
    Setting(
      "points_per_class", .integer(1...100_000_000), default: .integer(standard),
      "rows of every class")
  }

  /// How many rows a generator without classes draws.
  static func points(_ standard: Int) -> Setting {
    Setting("points", .integer(1...100_000_000), default: .integer(standard), "rows")
  }

  /// How many classes a generator draws.
  static func classes(_ standard: Int) -> Setting {
    Setting("classes", .integer(2...1000), default: .integer(standard), "number of classes")
  }

  /// How many columns a generator draws.
  static func features(_ standard: Int) -> Setting {
    Setting("features", .integer(1...100_000), default: .integer(standard), "number of columns")
  }

  /// How strong a generator's noise is.
  static func noise(_ standard: Double, _ summary: String) -> Setting {
    Setting("noise", .number(.notNegative), default: .number(standard), summary)
  }
}
