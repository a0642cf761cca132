package import NeuralNet
public import Tracking

/// The data sources that an experiment file can name.
public enum Sources {
  package static let sources: [any DataSource] = [
    SpiralSource(), MoonsSource(), CirclesSource(), XorSource(), BlobsSource(), CloudSource(),
    LinearSource(), CubicSource(), CSVSource(), IDXSource(), FashionMNISTSource(),
  ]

  /// Every source with the settings only it has, in the order of the documentation.
  public static let all: [Choice] = sources.map(\.choice)

  package static func named(_ name: String) throws(DataError) -> any DataSource {
    guard let source = sources.first(where: { $0.choice.name == name }) else {
      let near = nearestName(to: name, among: all.map(\.name))
      throw DataError(
        setting: "source", "there is no data source '\(name)'",
        hint: near.map { "Did you mean '\($0)'?" } ?? "")
    }
    return source
  }
}

/// One source of rows.
///
/// A new one is a file beside its siblings and a line in `Sources`.
package protocol DataSource: Sendable {
  /// Its name and settings.
  var choice: Choice { get }

  /// All rows, in their order.
  func load(_ request: SourceRequest) throws(DataError) -> RawData

  /// What it is in Python, for data of a shape that is known.
  func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource
}

/// What a source is asked for: equal requests give the same rows.
package struct SourceRequest: Hashable, Sendable {
  package let settings: Chosen
  package let seed: Int
  package let lossTask: DataConfiguration.Task?

  package init(_ configuration: DataConfiguration) {
    settings = configuration.source
    seed = configuration.seed
    lossTask = configuration.lossTask
  }
}

/// What a source says about its rows before making them.
package struct SourceOutline: Hashable, Sendable {
  package let rows: Int
  /// Rows of each class; `nil` where the target is no class.
  package let classCounts: [Int]?
  package let featureShape: [Int]
  package let columnNames: [String]
  package let target: DataShape.Target
  /// Rows of the test part that the source brings along; `nil` where it brings none.
  package let ownTestRows: Int?

  package init(
    rows: Int, classCounts: [Int]?, featureShape: [Int], columnNames: [String],
    target: DataShape.Target, ownTestRows: Int? = nil
  ) {
    self.rows = rows
    self.classCounts = classCounts
    self.featureShape = featureShape
    self.columnNames = columnNames
    self.target = target
    self.ownTestRows = ownTestRows
  }
}
