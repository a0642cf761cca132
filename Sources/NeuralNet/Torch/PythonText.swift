package import Tracking

/// Values as Python writes them.
package enum PythonText {
  /// A text in quotes.
  package static func quoted(_ text: String) -> String {
    HiddenCharacters.escapedInPython(ParameterValue.json(text))
  }

  /// A number in its shortest form.
  package static func number(_ value: Double) -> String {
    if value.isInfinite { return value < 0 ? "-math.inf" : "math.inf" }
    return ParameterValue.number(value).json
  }

  /// A number that is a float to Python also where it is whole.
  package static func float(_ value: Double) -> String {
    let text = number(value)
    return text.allSatisfy { $0.isNumber || $0 == "-" } ? text + ".0" : text
  }

  /// A value; texts in quotes, none where it is off.
  package static func value(_ value: ParameterValue) -> String {
    switch value {
    case .off: "None"
    case .flag(let flag): flag ? "True" : "False"
    case .integer(let number): String(number)
    case .number(let value): number(value)
    case .text(let text): quoted(text)
    case .list(let values): "[" + values.map(self.value).joined(separator: ", ") + "]"
    }
  }

  /// Lines further in.
  package static func indented(_ text: String, by spaces: Int = 4) -> String {
    let room = String(repeating: " ", count: spaces)
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : room + $0 }.joined(separator: "\n")
  }
}
