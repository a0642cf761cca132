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
        batch_size: \(proposal.rows < 64 ? 8 : 32)
        epochs: \(epochs)

      over:
        lr: [3e-4, 1e-3, 3e-3]
      seeds: 3

      """
  }

  private var isSmall: Bool { proposal.rows < 1_000 }

  private var split: String {
    proposal.rows < 50 ? "val: 0.25" : "val: 0.2, test: 0.2"
  }

  /// About so many updates as small networks need, however many rows there are.
  private var epochs: Int { min(100, max(5, 100_000 / max(1, proposal.rows))) }

  private func comment(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
  }
}
