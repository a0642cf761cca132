public import Tracking

/// The data sources that an experiment file can name.
public enum Sources {
  package static let sources: [any DataSource] = [
    SpiralSource(), MoonsSource(), CirclesSource(), XorSource(), BlobsSource(), CloudSource(),
    LinearSource(), CubicSource(), CSVSource(), ImagesSource(), NpzSource(), IDXSource(),
    FashionMNISTSource(),
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
