import Tracking

/// The data of all runs of a process: each source is read or drawn once, each configuration
/// prepared once, and both are shared by whoever asks, from any thread.
public final class DataLibrary: Sendable {
  private let sources: SharedCache<SourceRequest, RawData>
  private let prepared: SharedCache<DataConfiguration, PreparedData>

  /// Makes an empty library.
  ///
  /// - Parameter bytes: how much data that no run uses any more is kept in memory.
  public init(keeping bytes: Int = 512 << 20) {
    sources = SharedCache(keeping: bytes / 2)
    prepared = SharedCache(keeping: bytes / 2)
  }

  /// The data of a configuration, ready to be trained on.
  public func prepare(_ configuration: DataConfiguration) throws(DataError) -> PreparedData {
    try prepared.value(for: configuration) { () throws(DataError) in
      _ = try shape(of: configuration)  // Sizes are checked before a generator draws.
      return try Preparation(raw(configuration), configuration).run()
    }
  }

  /// Sizes and names, or what is wrong with the configuration; draws no number, reads files.
  public func shape(of configuration: DataConfiguration) throws(DataError) -> DataShape {
    if let generator = try Sources.named(configuration.source.name) as? any Generator {
      return try DataShape(generator.outline(SourceRequest(configuration)), configuration)
    }
    return try DataShape(raw(configuration).outline, configuration)
  }

  /// SHA-256 of the bytes of a source's files; empty for generators.
  public func fingerprint(of configuration: DataConfiguration) throws(DataError) -> String {
    try Sources.named(configuration.source.name) is any Generator
      ? "" : raw(configuration).fingerprint
  }

  /// What the data is, in numbers, for people.
  public func summary(of configuration: DataConfiguration) throws(DataError) -> DataSummary {
    let data = try prepare(configuration)
    return try DataSummary(data, Preparation(raw(configuration), configuration).columns())
  }

  private func raw(_ configuration: DataConfiguration) throws(DataError) -> RawData {
    let request = SourceRequest(configuration)
    return try sources.value(for: request) { () throws(DataError) in
      try Sources.named(request.settings.name).load(request)
    }
  }
}
