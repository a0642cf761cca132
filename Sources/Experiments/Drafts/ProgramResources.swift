import FileLanguage
import Tracking

/// What one run of a program takes of the machine, as its file says it.
struct ProgramResources {
  /// Cores; `nil` where the file does not say.
  private(set) var cpus: Int?
  /// Graphics cards; `nil` where the file does not say.
  private(set) var gpus: Double?
  /// Memory in bytes; `nil` where the file does not say.
  private(set) var memoryBytes: Int?

  /// Reads the section; what is wrong is reported.
  init(_ node: SpecNode?, _ problems: SpecProblems) {
    guard let node,
      let found = SectionReader(problems: problems)
        .section(node, ProgramKeys.resources, of: "resources")
    else { return }
    if case .integer(let count)? = found["cpus"] { cpus = count }
    if let number = found["gpus"]?.asNumber {
      gpus = number
      if number > 1, number != number.rounded() {
        problems.report(
          node["gpus"]?.mark ?? node.mark,
          "a run takes whole graphics cards, or a share of one: gpus cannot be "
            + ParameterValue.number(number).display,
          ["expected 0, a number below 1 such as 0.5, or a whole one"])
      } else if number > 0, number < 0.001 || number > 1024 {
        problems.report(
          node["gpus"]?.mark ?? node.mark, "gpus must be 0, or from 0.001 to 1024")
      }
    }
    if case .text(let text)? = found["memory"] {
      memoryBytes = Self.bytes(text)
      if memoryBytes == nil {
        problems.report(
          node["memory"]?.mark ?? node.mark, "memory cannot be \(Words.quoted(text))",
          ["expected a size with its unit, such as 16 GB, 500 MB or 8 GiB"])
      }
    }
  }

  private static let units: [(name: String, bytes: Double)] = [
    ("kib", 1024), ("mib", 1_048_576), ("gib", 1_073_741_824), ("tib", 1_099_511_627_776),
    ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("tb", 1e12), ("k", 1e3), ("m", 1e6), ("g", 1e9),
    ("t", 1e12),
  ]

  /// `16 GB`, `8GiB`, `500M`; `nil` where a text is no size.
  static func bytes(_ text: String) -> Int? {
    let text = text.lowercased().filter { $0 != " " }
    let digits = text.prefix { "0123456789.".contains($0) }
    let unit = units.first { $0.name == text.dropFirst(digits.count) }
    guard let unit, let number = Double(digits), number > 0 else { return nil }
    return Int(exactly: (number * unit.bytes).rounded())
  }
}
