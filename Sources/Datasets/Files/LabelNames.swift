import Tracking

/// The classes that the numbers of labels stand for.
struct LabelNames {
  /// The most classes that data may have.
  static let mostClasses = 10_000

  /// The key that says whether labels begin at 0 or at 1.
  static let setting = Setting(
    "first_label", .integer(0...1), default: .integer(0), "the label of the first class: 0 or 1")

  let names: [String]
  /// What was found, for people.
  private(set) var remarks: [String] = []
  /// The label of the first class.
  private let first: Int32

  /// Finds the classes of all labels.
  ///
  /// - Parameters:
  ///   - labels: of every part, none below 0.
  ///   - names: what the classes are called; `nil` for the numbers from `first` to the greatest label.
  ///   - setting: the key of the labels; `place` is their file.
  /// - Throws: an error where a label has no class.
  init(
    _ labels: [[Int32]], first: Int, names: [String]?, setting: String, place: String
  ) throws(DataError) {
    self.first = Int32(first)
    let greatest = Int(labels.compactMap { $0.max() }.max() ?? 0)
    let least = Int(labels.compactMap { $0.min() }.min() ?? 0)
    if least < first {
      throw DataError(
        setting: setting, place: place, "there is a label 0, but first_label says 1")
    }
    self.names = names ?? (first...max(first, greatest)).map(String.init)
    let last = self.names.count - 1 + first
    if greatest > last {
      throw DataError(
        setting: setting, place: place,
        "there is a label \(greatest), the greatest of \(self.names.count) classes is \(last)",
        hint: least == 1 && first == 0 && greatest == last + 1
          ? "Labels begin at 1: write first_label: 1 under data." : "")
    }
    if least == 1, first == 0 {
      remarks.append(
        "labels begin at 1, so that class '\(self.names[0])' has no row; first_label: 1 says that the "
          + "first class is 1")
    }
  }

  /// The places of the classes that labels stand for.
  func indices(_ labels: [Int32]) -> [Int32] {
    first == 0 ? labels : labels.map { $0 - first }
  }
}
