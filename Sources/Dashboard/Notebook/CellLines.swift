import Experiments
import FileLanguage

/// The lines of a file in which a cell is written, to be pasted elsewhere.
enum CellLines {
  /// The lines from the `-` of the cell at a place to the next one; `nil` where none stands there.
  static func lines(at mark: Mark) -> String? {
    let first = mark.source.line(mark.line)
    let indent = first.prefix { $0 == " " }.count
    guard mark.line > 0, first.dropFirst(indent).hasPrefix("-") else { return nil }
    var lines = [first]
    var number = mark.line + 1
    while number < mark.line + most {
      let line = mark.source.line(number)
      let isBlank = line.allSatisfy { $0 == " " || $0 == "\t" }
      if !isBlank, line.prefix(while: { $0 == " " }).count <= indent { break }
      lines.append(line)
      number += 1
    }
    while lines.last?.allSatisfy({ $0 == " " || $0 == "\t" }) == true { lines.removeLast() }
    return lines.map { String($0.dropFirst(min(indent, $0.prefix { $0 == " " }.count))) }
      .joined(separator: "\n")
  }

  /// A cell has hardly more lines.
  private static let most = 200
}
