package import NeuralNet
package import Tracking

/// One source of rows.
///
/// A new one is a file beside its siblings and a line in `Sources`.
package protocol DataSource: Sendable {
  /// Its name and settings.
  var choice: Choice { get }

  /// Whether its rows have columns by name that say more than a network gets, such as groups.
  var hasNamedColumns: Bool { get }

  /// All rows, in their order.
  func load(_ request: SourceRequest) throws(DataError) -> RawData

  /// What it is in Python, for data of a shape that is known.
  func torch(_ settings: Chosen, _ data: PreparedData) throws(MissingForm) -> TorchSource
}

extension DataSource {
  package var hasNamedColumns: Bool { false }
}

/// A source whose files take long to decode, so that what they show is kept beside the store.
package protocol DecodingSource: DataSource {
  /// All rows, from what was kept where it is there, else decoded and offered to be kept.
  func load(
    _ request: SourceRequest, keeping kept: DecodedFolder?
  ) throws(DataError) -> RawData
}

extension Chosen {
  /// The same choice with a setting off, where it has that setting.
  func without(_ setting: Setting) -> Chosen {
    guard values[setting.name] != nil else { return self }
    return Chosen(name, values.merging([setting.name: .off]) { $1 })
  }
}

/// What a source is asked for: equal requests give the same rows.
package struct SourceRequest: Hashable, Sendable {
  package let settings: Chosen
  package let seed: Int
  package let lossTask: DataConfiguration.Task?
  /// The column that says which rows stand in one part.
  package let groups: String?

  package init(_ configuration: DataConfiguration) {
    // It changes no row: it is done while a network is trained.
    settings = configuration.source.without(Augmentation.setting)
    seed = configuration.seed
    lossTask = configuration.lossTask
    groups = configuration.split.groups
  }
}
