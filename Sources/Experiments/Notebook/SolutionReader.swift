import FileLanguage
import Languages
import Tracking

/// Reads what makes the value of an exercise right.
struct SolutionReader {
  let problems: SpecProblems
  let questions: QuestionReader

  /// What is right; `nil` where it is wrong, which is reported.
  func solution(_ node: SpecNode, of form: ValueTask.Form) -> ValueTask.Solution? {
    let items = node.items ?? [node]
    let texts = items.compactMap { $0.isNull ? nil : $0.text }.filter { !$0.isEmpty }
    guard texts.count == items.count, !texts.isEmpty else {
      problems.report(
        node.mark, ValueReader.sentence(node, "is"), ["expected the right value, or several"])
      return nil
    }
    switch form {
    case .number: return number(node, texts)
    case .text: return .texts(texts)
    case .choice(let words):
      let plain = Set(words.map(ValueTask.plain))
      for item in items where !plain.contains(ValueTask.plain(item.text ?? "")) {
        problems.report(
          item.mark, "\(Words.quoted(item.text ?? "")) is none of the answers to choose from",
          alternatives(item.text ?? "", among: words))
        return nil
      }
      if Set(texts.map(ValueTask.plain)).count == words.count {
        problems.report(node.mark, "every answer would be right")
        return nil
      }
      return .texts(texts)
    }
  }

  private func number(_ node: SpecNode, _ texts: [String]) -> ValueTask.Solution? {
    if node.items != nil {
      let ends = texts.compactMap(Scalars.number)
      guard ends.count == 2, texts.count == 2, ends[0] <= ends[1], ends.allSatisfy(\.isFinite)
      else {
        problems.report(
          node.mark, "a list says from which to which number an answer is right",
          ["expected two numbers, the smaller one first"])
        return nil
      }
      return .range(ends[0], ends[1])
    }
    if let value = Scalars.number(texts[0]) {
      guard value.isFinite else {
        problems.report(node.mark, ValueReader.sentence(node, "is"), ["expected a finite number"])
        return nil
      }
      return .number(value)
    }
    return questions.solution(texts[0], at: node.mark).map(ValueTask.Solution.holds)
  }
}

extension ValueTask {
  /// A text as answers are compared: in small letters, without blanks around it and with one between words.
  public static func plain(_ text: String) -> String {
    text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
