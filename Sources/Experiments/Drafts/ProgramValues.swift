import FileLanguage
import Foundation
import Languages
import Tracking

/// Reads what YAML says of a program's parameters and times, for which no key names a kind.
struct ProgramValues {
  let problems: SpecProblems

  /// The value of a parameter: a number, true or false, `none`, a text, or a list of these; `nil` where
  /// it is something else, which is reported.
  func parameter(_ node: SpecNode, _ name: String) -> ParameterValue? {
    if let value = Self.value(node) { return value }
    problems.report(
      node.mark, ValueReader.sentence(node, name),
      [
        "expected a number, true or false, none, a text, or a list of these",
        "what lies in a mapping has a dotted name: optimizer: {lr: 0.1} is optimizer.lr",
      ])
    return nil
  }

  private static func value(_ node: SpecNode) -> ParameterValue? {
    switch node.content {
    case .number(let value):
      return Int(exactly: value).map(ParameterValue.integer) ?? .number(value)
    case .scalar(let text, let isPlain):
      if node.isEmpty || node.isNull { return nil }
      return isPlain ? plain(text) : .text(text)
    case .list(let items):
      let values = items.compactMap { $0.items == nil ? value($0) : nil }
      return values.count == items.count ? .list(values) : nil
    case .mapping: return nil
    }
  }

  /// What a text without quotes is by itself.
  static func plain(_ text: String) -> ParameterValue {
    if text == "none" { return .off }
    if let value = Int(text) { return .integer(value) }
    if let value = Scalars.number(text), value.isFinite { return .number(value) }
    switch text {
    case "true", "True", "TRUE": return .flag(true)
    case "false", "False", "FALSE": return .flag(false)
    default: return .text(text)
    }
  }

  /// A time such as `2h`, `20 m`, `1.5s`, or seconds without a unit; `nil` where it is none, which is
  /// reported.
  func seconds(_ node: SpecNode, _ name: String) -> Double? {
    if let seconds = TimeText.seconds(node.text ?? "") { return seconds }
    problems.report(
      node.mark, ValueReader.sentence(node, name),
      ["expected a time, such as 90s, 20m or 2h"])
    return nil
  }
}
