public import Foundation
public import Tracking

/// What was done to a run's data before its network got it, kept with the run so that inputs that
/// come later are treated alike.
public struct RunInputs: Codable, Hashable, Sendable {
  /// The shape of one row.
  public let featureShape: [Int]
  /// A name for every column; empty for images.
  public let columnNames: [String]
  /// The names of the classes in the order of the network's outputs; `nil` for other targets.
  public let classNames: [String]?
  /// The names of the predicted values; `nil` for classes or no target.
  public let valueNames: [String]?
  /// The column that a table of rows has its targets in, where its source names one.
  public let targetName: String?

  /// The column of a table that names its rows, carried through predictions; `nil` for none.
  public let id: String?

  /// What the arrays of an archive are called; `nil` for every other source.
  let arrayNames: ArrayNames?

  /// The arrays of an archive.
  struct ArrayNames: Codable, Hashable, Sendable {
    /// The rows.
    let x: String
    /// Their targets; `nil` for none.
    let y: String?
    /// Where channels of images of four axes stand, where the file says it.
    let layout: ArrayLayout?

    init?(_ source: Chosen) {
      guard source.name == NpzSource().choice.name else { return nil }
      x = source.text("x")
      if case .text(let name) = source.values["y"] { y = name } else { y = nil }
      if case .text(let word) = source.values["layout"] {
        layout = ArrayLayout(rawValue: word)
      } else {
        layout = nil
      }
    }
  }

  private let ownFirstLabel: Int?
  /// The label of the first class in files of labels.
  var firstLabel: Int { ownFirstLabel ?? 0 }

  /// How the columns of a table become features; `nil` where they are the features.
  package let recipes: [ColumnRecipe]?
  /// The words that stand for a missing value in a table, as they are written or in other case.
  package var missingWords: [String] {
    var words: [String] = []
    for word in reading?.missing ?? TableReading.standardMissing {
      for form in [word, word.lowercased(), word.uppercased(), word.capitalized]
      where !words.contains(form) { words.append(form) }
    }
    return words
  }

  /// What the run's file said of how its table is written; `nil` where it said nothing.
  let reading: TableReading?
  private let ownTargetTransform: TargetTransform?
  private let columnsPerGroup: Int
  private let scale: [Double]
  private let shift: [Double]
  private let offset: [Double]
  private let divisor: [Double]

  /// Takes what later inputs need from a run's data.
  ///
  /// - Parameter configuration: what the data was prepared from.
  public init(_ data: PreparedData, of configuration: DataConfiguration) {
    featureShape = data.shape.featureShape
    columnNames = data.shape.columnNames
    classNames = data.shape.classNames
    if case .values(let names) = data.shape.target { valueNames = names } else { valueNames = nil }
    targetName = CSVSource.names(configuration.source.values["target"]).first ?? valueNames?.first
    if case .text(let name) = configuration.source.values["id"] { id = name } else { id = nil }
    arrayNames = ArrayNames(configuration.source)
    ownFirstLabel = configuration.source.values["first_label"] == .integer(1) ? 1 : nil
    recipes = data.recipes
    let reading = TableReading(configuration.source)
    self.reading = reading.isSilent ? nil : reading
    ownTargetTransform = data.targetTransform.isNone ? nil : data.targetTransform
    columnsPerGroup = data.transform.columnsPerGroup
    scale = data.transform.scale
    shift = data.transform.shift
    offset = data.transform.offset
    divisor = data.transform.divisor
  }

  /// From a source's units to what the network gets.
  public var transform: FeatureTransform {
    FeatureTransform(
      columnsPerGroup: columnsPerGroup, scale: scale, shift: shift, offset: offset,
      divisor: divisor)
  }

  /// From a target's own units to those that were trained in.
  public var targetTransform: TargetTransform { ownTargetTransform ?? .none }

  /// The file of a run.
  public var json: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      return try encoder.encode(self)
    }
  }

  /// Reads the file of a run.
  ///
  /// - Throws: `LabbookError` where it is not one.
  public init(json: Data) throws(LabbookError) {
    do {
      self = try JSONDecoder().decode(RunInputs.self, from: json)
    } catch {
      throw .failure("what the run keeps of its data cannot be read: \(error)")
    }
  }
}
