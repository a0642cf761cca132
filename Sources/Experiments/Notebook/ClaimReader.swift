import FileLanguage
import Tracking

/// Reads a cell with a claim.
struct ClaimReader {
  private let cell: CellReader
  private var problems: SpecProblems { cell.problems }

  init(_ cell: CellReader) { self.cell = cell }

  /// The claim; `nil` where something is wrong, which is reported.
  func claim() -> Cell? {
    guard let entry = cell.item.entry("claim") else { return nil }
    cell.sections.checkKeys(
      cell.item.entries ?? [], known: CellKeys.claim.map(\.name), in: "a claim")
    let sentence = text(entry.value, "claim")
    guard let node = cell.item["that"] else {
      problems.report(
        entry.keyMark, "the claim needs the key 'that'",
        ["expected that: EXPRESSION, as in mean(val/loss) < 0.1"])
      return nil
    }
    guard let that = text(node, "that"), let sentence, let decision = rule() else { return nil }
    let reader = QuestionReader(
      problems: problems, tree: cell.tree, facts: cell.facts, above: cell.above)
    guard let question = reader.claim(that, at: node.mark, decision) else { return nil }
    return .claim(
      ClaimCell(sentence: sentence, question: question, rule: decision, mark: entry.value.mark))
  }

  /// By what it is decided; `nil` where that is wrong, which is reported.
  private func rule() -> DecisionRule? {
    guard cell.item[CellKeys.decideBy.name] != nil else { return .interval }
    guard case .text(let text)? = cell.value(CellKeys.decideBy) else { return nil }
    return DecisionRule(rawValue: text)
  }

  private func text(_ node: SpecNode, _ key: String) -> String? {
    guard let text = node.text, !text.isEmpty, !node.isNull else {
      problems.report(
        node.mark, ValueReader.sentence(node, key),
        [key == "claim" ? "expected a sentence" : "expected an expression, as in mean(lr) < 0.1"])
      return nil
    }
    return text
  }
}
