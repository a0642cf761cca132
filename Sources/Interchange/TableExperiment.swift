public import Datasets
import Foundation

/// The experiment that `labbook init FILE` writes for a table.
public struct TableExperiment {
  /// The file's name without its extension.
  public let name: String
  /// What is worth a word, a sentence each.
  public var remarks: [String] { proposal.remarks }

  private let proposal: TableProposal
  private let file: String

  /// Looks at a table.
  ///
  /// - Parameter target: the column to predict; `nil` for a guess.
  /// - Throws: an error where the file is no table, or none of its columns can be used.
  public init(_ path: String, target: String?) throws(DataError) {
    proposal = try TableProposal(path, target: target)
    if proposal.rows < Self.fewestRows {
      throw DataError(
        setting: "path", place: path,
        (proposal.rows == 1 ? "there is 1 row" : "there are \(proposal.rows) rows")
          + " with a target, too few to train on some and judge by others",
        hint:
          "At least \(Self.fewestRows) are needed, and some hundred to learn anything that holds. "
          + "Where another column than '\(proposal.target)' is meant: --target COLUMN.")
    }
    let url = URL(filePath: path)
    file = url.lastPathComponent
    let stem = file.prefix { $0 != "." }
    // The letters that names of experiments have.
    let known = stem.map { $0.isLetter || $0.isNumber || "_- ".contains($0) ? $0 : "-" }
    name = known.isEmpty ? "table" : String(known.prefix(100))
  }

  /// What the table is, in one line.
  public var summary: String {
    let columns = proposal.features == 1 ? "1 column" : "\(proposal.features) columns"
    return "\(proposal.target) from \(columns), \(proposal.rows) rows, a "
      + (proposal.isRegression ? "regression" : "classification")
  }

  /// The file.
  public var text: String {
    let data = proposal.lines.map { "  " + $0 }.joined(separator: "\n")
    return """
      # Written by labbook init for \(comment(file)). Every key, with its default: labbook keys
      title: \(quoted("\(proposal.target) of \(file)"))

      data:
        source: csv
      \(data)
        split: {\(split)}
        normalize: standard
      \(proposal.isRegression ? "  target_transform: standard   # metrics and predictions have the target's own units\n" : "")
      model:
        mlp: {hidden: \(isSmall ? "[32]" : "[64, 64]")}

      train:
        optimizer: adam
        batch_size: \(batchRows)
        epochs: \(epochs)

      over:
        lr: [1e-3, 1e-2, 1e-1]
      seeds: 3

      """
  }

  private var isSmall: Bool { proposal.rows < 1_000 }

  private var split: String {
    proposal.rows < 8 ? "val: 2" : proposal.rows < 50 ? "val: 0.25" : "val: 0.2, test: 0.2"
  }

  private var batchRows: Int { proposal.rows < 64 ? 8 : proposal.rows < 500 ? 16 : 32 }

  /// About so many updates as small networks need, however many rows there are: 3000, in at most 200
  /// epochs and at least 5.
  private var epochs: Int {
    let updates = max(1, proposal.rows * 6 / 10 / batchRows)
    return min(200, max(proposal.rows < 20_000 ? 50 : 5, 3000 / updates))
  }

  /// The fewest rows of which some can train and others judge.
  private static let fewestRows = 4

  private func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
