import Datasets
import Tracking

/// The keys of `data`.
enum DataKeys {
  static let all = ChoiceSet(
    "data source", nameKey: "source", Sources.all,
    common: DataConfiguration.commonSettings.map(Key.init) + [split])

  static let split = Key(
    "split", .section(DataConfiguration.splitSettings.map(Key.init)), default: "all rows train",
    "parts of the rows that are not trained on, as shares or row counts")
}
