public import Tracking

/// The variables `LABBOOK_PARAM_NAME` in which a program finds its parameters.
public enum ParameterVariables {
  /// The variables by name.
  ///
  /// Letters, digits and `_` of a name stay, every other character is `_`; what lies in a mapping is
  /// `outer_inner`. Values are written as `{name}` puts them into a word; null has no variable.
  public static func values(_ parameters: [String: ParameterValue]) -> [String: String] {
    var values: [String: String] = [:]
    for (name, value) in ParameterNames(parameters).leaves where value != .off {
      values[variable(name)] = ParameterWords.text(value)
    }
    return values
  }

  /// The parameters whose variables would have the same name.
  public static func problems(with parameters: [String: ParameterValue]) -> [CommandProblem] {
    let names = ParameterNames(parameters).leaves.map(\.name)
    return Dictionary(grouping: names, by: variable).filter { $1.count > 1 }
      .sorted { $0.key < $1.key }.map { variable, names in
        CommandProblem(
          "the parameters \(names.sorted().map { "'\($0)'" }.joined(separator: " and ")) would "
            + "both be the variable \(variable)",
          hint: "call one of them otherwise", parameter: names[0])
      }
  }

  private static func variable(_ name: String) -> String {
    "LABBOOK_PARAM_"
      + String(
        String.UnicodeScalarView(
          name.unicodeScalars.map {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
              ? $0 : "_"
          }))
  }
}
