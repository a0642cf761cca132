import Experiments
import FileLanguage
import Languages
import Results
import Terminal
public import Tracking

/// A notebook's results for programs: claims with verdicts, values and intervals, and what every cell
/// shows.
///
/// Docs/notebook-json.md has the form.
public struct NotebookJSON {
  private let page: NotebookPage

  /// Makes it of a page.
  public init(_ page: NotebookPage) { self.page = page }

  /// The document.
  public var value: JSONValue {
    var claims: [NotebookPage.Claim] = []
    for case .claim(let claim) in page.blocks { claims.append(claim) }
    var cells: [JSONValue] = []
    var exercises: [NotebookPage.Exercise] = []
    var number = 0
    for block in page.blocks {
      if case .claim = block { number += 1 }
      if case .exercise(let exercise) = block { exercises.append(exercise) }
      cells.append(Self.cell(block, claim: number))
    }
    func count(_ words: String) -> JSONValue { .whole(claims.count { $0.verdict.words == words }) }
    return .object([
      ("format", .whole(1)), ("version", .text(labbookVersion)),
      ("experiment", .text(page.experiment)), ("file", .text(page.file)),
      ("title", .text(page.title)), ("tags", .texts(page.tags)),
      (
        "verdicts",
        .object([
          ("held", count("held")), ("not_held", count("not held")),
          ("undecided", count("undecided")),
        ])
      ),
      ("claims", .list(claims.map(Self.claim))),
      ("exercises", .list(exercises.map(\.json))), ("cells", .list(cells)),
    ])
  }

  /// A cell; a claim stands among the claims, under its number from 1.
  private static func cell(_ block: NotebookPage.Block, claim number: Int) -> JSONValue {
    switch block {
    case .prose(let prose):
      .object([("cell", .text("text")), ("values", .list(prose.values.map(value)))])
    case .sweep(let sweep):
      .object([
        ("cell", .text("sweep")), ("name", .text(sweep.name)),
        ("facts", .object(sweep.facts.map { ($0.name, .text($0.text)) })),
        ("notes", .texts(sweep.notes)),
      ])
    case .picture(let picture):
      .object([
        ("cell", .text("plot")), ("caption", .text(picture.caption)),
        ("problem", .text(of: picture.problem?.text)),
      ])
    case .table(let table): self.table(table)
    case .claim: .object([("cell", .text("claim")), ("claim", .whole(number))])
    case .exercise(let exercise):
      .object([("cell", .text("exercise")), ("exercise", .text(exercise.id))])
    }
  }

  private static func value(_ value: InlineValue) -> JSONValue {
    .object([
      ("asks", .text(value.question)), ("text", .text(value.text)),
      ("value", .number(of: value.isAnswered ? value.number : nil)),
      ("answered", .flag(value.isAnswered)), ("calls", .list(value.answers.map(answer))),
    ])
  }

  private static func table(_ block: NotebookPage.TableBlock) -> JSONValue {
    .object([
      ("cell", .text("table")), ("title", .text(block.title)),
      ("rows", block.table?.rowObjects ?? .list([])), ("note", .text(of: block.note)),
      ("problem", .text(of: block.problem?.text)),
    ])
  }

  // MARK: Claims

  private static func claim(_ claim: NotebookPage.Claim) -> JSONValue {
    .object([
      ("claim", .text(claim.sentence)),
      ("that", .text(claim.expression)), ("decide_by", .text(claim.judgement.rule.rawValue)),
      ("verdict", .text(claim.verdict.words)), ("reason", .text(of: claim.verdict.reason)),
      ("calls", .list(claim.judgement.answers.map(answer))),
      ("comparisons", .list(claim.judgement.comparisons.map(comparison))),
    ])
  }

  private static func answer(_ answer: StoreAnswer) -> JSONValue {
    .object([
      ("asks", .text(answer.text)), ("value", .number(answer.value)),
      ("std", .number(of: answer.statistics?.deviation)),
      ("n", answer.statistics.map { .whole($0.count) } ?? .null),
      ("n_counts", .text(of: answer.replicate)),
      ("low", .number(of: answer.interval?.lowerBound)),
      ("high", .number(of: answer.interval?.upperBound)),
      ("pooled_over", .texts(answer.pooled)), ("chosen", .text(answer.choice)),
      ("left_out", .text(answer.without)),
    ])
  }

  private static func comparison(_ comparison: JudgedComparison) -> JSONValue {
    .object([
      ("that", .text(comparison.text)), ("verdict", .text(comparison.verdict.words)),
      ("reason", .text(of: comparison.verdict.reason)),
      ("difference", .number(of: comparison.difference)),
      ("std", .number(of: comparison.statistics?.deviation)),
      ("standard_error", .number(of: comparison.estimate?.standardError)),
      ("degrees_of_freedom", .number(of: comparison.estimate?.freedom)),
      ("n", .list((comparison.estimate?.counts ?? []).map(JSONValue.whole))),
      ("n_counts", .text(comparison.replicate)),
      ("method", .text(of: comparison.estimate?.method.rawValue)),
      ("level", comparison.interval == nil ? .null : .number(comparison.level)),
      ("low", .number(of: comparison.interval?.lowerBound)),
      ("high", .number(of: comparison.interval?.upperBound)),
      ("seeds_needed", comparison.seedsNeeded.map(JSONValue.whole) ?? .null),
    ])
  }
}
