import Tracking

/// The data of all runs of a process: each source is read or drawn once, each configuration
/// prepared once, and both are shared by whoever asks, from any thread.
public final class DataLibrary: Sendable {
  private let sources: SharedCache<SourceRequest, RawData>
  private let preparations: SharedCache<DataConfiguration, Preparation>
  private let prepared: SharedCache<DataConfiguration, PreparedData>
  private let decoded: DecodedFolder?

  /// Makes an empty library.
  ///
  /// - Parameter bytes: how much data that no run uses any more is kept in memory.
  public convenience init(keeping bytes: Int = 512 << 20) {
    self.init(keeping: bytes, decoded: nil)
  }

  /// The same with a folder in which decoded files are kept from run to run.
  package init(keeping bytes: Int = 512 << 20, decoded: DecodedFolder?) {
    self.decoded = decoded
    sources = SharedCache(keeping: bytes / 2)
    preparations = SharedCache(keeping: bytes / 8)
    prepared = SharedCache(keeping: bytes / 2)
  }

  /// Writes decoded files beside the store from now on, those that are there already first.
  package func keepDecoded() { decoded?.keep() }

  /// The data of a configuration, ready to be trained on.
  public func prepare(_ configuration: DataConfiguration) throws(DataError) -> PreparedData {
    if configuration.augmentation != nil {
      _ = try shape(of: configuration)
      return try prepare(configuration.withoutAugmentation)
    }
    return try prepared.value(for: configuration) { () throws(DataError) in
      _ = try shape(of: configuration)  // Sizes are checked before a generator draws.
      return try preparation(configuration).run()
    }
  }

  /// Sizes and names, or what is wrong with the configuration; draws no number, reads files.
  public func shape(of configuration: DataConfiguration) throws(DataError) -> DataShape {
    // What is learned of the training rows decides the columns of a table, and may be impossible.
    let isLearned = configuration.targetTransform != .none
    if configuration.split.groups != nil,
      !(try Sources.named(configuration.source.name).hasNamedColumns)
    {
      throw DataError(
        setting: "split.groups",
        "groups names a column of a table, and the source '\(configuration.source.name)' has none",
        hint: "Leave groups out, or read the rows from a table: source: csv.")
    }
    if let generator = try Sources.named(configuration.source.name) as? any Generator {
      let shape = try DataShape(generator.outline(SourceRequest(configuration)), configuration)
      return isLearned ? try preparation(configuration).shape : shape
    }
    let raw = try raw(configuration)
    if case .table = raw.features { return try preparation(configuration).shape }
    if raw.groups != nil { return try preparation(configuration).shape }
    return try isLearned
      ? preparation(configuration).shape : DataShape(raw.outline, configuration)
  }

  /// SHA-256 of the bytes of a source's files; empty for generators.
  public func fingerprint(of configuration: DataConfiguration) throws(DataError) -> String {
    try Sources.named(configuration.source.name) is any Generator
      ? "" : raw(configuration).fingerprint
  }

  /// What the data is, in numbers, for people.
  public func summary(of configuration: DataConfiguration) throws(DataError) -> DataSummary {
    let data = try prepare(configuration)
    let preparation = try preparation(configuration.withoutAugmentation)
    return DataSummary(data, preparation.columns(), remarks: preparation.remarks)
  }

  /// What was found in the data's files or left out of them, and columns that are constant, for people.
  public func remarks(of configuration: DataConfiguration) throws(DataError) -> [String] {
    try Sources.named(configuration.source.name) is any Generator
      ? [] : preparation(configuration).remarks
  }

  /// 2 where what is learned of the training rows gives other numbers than version 0.1.0 came to, 3 where
  /// a table's cells do, else 1; the runs' keys tell them apart by it.
  public func version(of configuration: DataConfiguration) throws(DataError) -> Int {
    let isTable = try Sources.named(configuration.source.name).hasNamedColumns
    return try max(learnedVersion(of: configuration), isTable ? raw(configuration).version : 1)
  }

  private func learnedVersion(of configuration: DataConfiguration) throws(DataError) -> Int {
    // Version 0.1.0 knew no folds.
    if configuration.normalize == .none || configuration.fold != nil { return 1 }
    // Columns that are drawn are constant only where hardly a row is.
    if try Sources.named(configuration.source.name) is any Generator,
      try shape(of: configuration).trainRows > Self.mostRowsThatMayBeEqual
    {
      return 1
    }
    return try preparation(configuration).version
  }

  /// The first number to be predicted that is trained as one outside `range`, with its row from 1 among
  /// those that have a target; `nil` where none is.
  public func firstTarget(
    of configuration: DataConfiguration, outside range: ClosedRange<Double>
  ) throws(DataError) -> (row: Int, value: Double)? {
    let raw = try raw(configuration)
    let transform = try preparation(configuration).targetTransform
    for case .values(let values, let columns) in [raw.targets, raw.ownTest?.targets ?? .none] {
      for (place, value) in values.enumerated() {
        let trained =
          transform.isNone ? value : Double(transform.apply(value, column: place % columns))
        if !range.contains(trained) { return (place / columns + 1, value) }
      }
    }
    return nil
  }

  /// The numbers to predict of every part, in their own units.
  func ownValues(
    of configuration: DataConfiguration
  ) throws(DataError) -> [(part: String, rows: [[Double]])] {
    try preparation(configuration).ownValues()
  }

  private static let mostRowsThatMayBeEqual = 16

  private func preparation(
    _ configuration: DataConfiguration
  ) throws(DataError) -> Preparation {
    try preparations.value(for: configuration) { () throws(DataError) in
      try Preparation(raw(configuration), configuration)
    }
  }

  private func raw(_ configuration: DataConfiguration) throws(DataError) -> RawData {
    let request = SourceRequest(configuration)
    return try sources.value(for: request) { () throws(DataError) in
      let source = try Sources.named(request.settings.name)
      guard let source = source as? any DecodingSource else { return try source.load(request) }
      return try source.load(request, keeping: decoded)
    }
  }
}
