import FileLanguage

/// Gives every figure a file name of its own.
struct PictureNames {
  let problems: SpecProblems
  private var taken: [String: Int] = [:]

  init(problems: SpecProblems) { self.problems = problems }

  /// The name a file gives, or `<sweep>-<kind>` with a number from the second on; without a sweep
  /// `<kind>`.
  mutating func name(_ node: SpecNode?, sweep: String?, kind: String, line: Int) -> String {
    if let node, let text = node.text, !text.isEmpty, !node.isNull {
      if Names.check(text, node.mark, "the picture", problems), let first = taken[text] {
        problems.report(
          node.mark, "there is a second picture called \(Words.quoted(text))",
          ["the first is that of the cell in line \(first)"])
      }
      taken[text] = taken[text] ?? line
      return text
    }
    let stem = (sweep.map { $0 + "-" } ?? "") + kind
    var name = stem
    var number = 2
    while taken[name] != nil {
      name = "\(stem)-\(number)"
      number += 1
    }
    taken[name] = line
    return name
  }
}
