import Foundation
import Tracking

/// The `data` that a table is used by, proposed from what it holds: for `labbook init FILE`.
public struct TableProposal: Sendable {
  /// The column to predict.
  public let target: String
  /// Whether it is a number.
  public let isRegression: Bool
  /// Rows with a target.
  public let rows: Int
  /// Columns that are used.
  public let features: Int
  /// What was found on the way and is worth a comment.
  public let remarks: [String]

  private let settings: [String: ParameterValue]

  /// Looks at a table.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - target: the column to predict; `nil` for the one called target, label, class or y, else the
  ///     last.
  /// - Throws: an error where it is no table, or where no column could be used.
  public init(_ path: String, target: String?) throws(DataError) {
    var draft = TableDraft(path)
    try draft.findNames(target)
    try draft.findTarget(target)
    try draft.findFeatures()
    self.target = draft.target
    isRegression = draft.isRegression
    rows = draft.rows
    features = draft.features
    remarks = draft.remarks
    settings = draft.settings
  }

  /// The lines below `data` that say what is not the default, the path first.
  public var lines: [String] {
    CSVSource().choice.settings.compactMap { setting in
      guard let value = settings[setting.name], value != setting.standard else { return nil }
      return "\(setting.name): \(Self.written(value))"
    }
  }

  private static func written(_ value: ParameterValue) -> String {
    switch value {
    case .text(let text): UnusableColumns.word(text)
    case .list(let values): "[" + values.map(written).joined(separator: ", ") + "]"
    case .mapping(let values):
      "{"
        + values.byName.map { "\(UnusableColumns.word($0)): \(written($1))" }
        .joined(separator: ", ") + "}"
    default: value.display
    }
  }
}
