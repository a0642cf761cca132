public import Tracking

/// The file of all parameters that `{params}` and `LABBOOK_PARAMS` name.
public enum ParameterFile {
  /// One JSON object in one line: mappings nested as they are, names by their bytes, numbers in the
  /// shortest form that reads back; what is no finite number as `NaN`, `Infinity` and `-Infinity`, as
  /// Python's `json` reads it.
  public static func text(_ parameters: [String: ParameterValue]) -> String {
    json(.mapping(parameters)) + "\n"
  }

  private static func json(_ value: ParameterValue) -> String {
    switch value {
    case .number(let number) where !number.isFinite:
      number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    case .list(let items): "[" + items.map(json).joined(separator: ", ") + "]"
    case .mapping(let values):
      "{"
        + values.byName.map { ParameterValue.json($0) + ": " + json($1) }.joined(separator: ", ")
        + "}"
    case .off, .flag, .integer, .number, .text: value.json
    }
  }
}
