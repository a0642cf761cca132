public import Tracking

extension Table {
  /// The table for people, as text that ends in a line break, in at most so many columns of a terminal;
  /// `nil` stands for any number.
  ///
  /// Where it is too wide, heads and texts are broken within their columns; where that is not enough,
  /// columns are left out, those of the highest rank first, and named below the table.
  ///
  /// - Parameter way: how people come to the columns that are left out, as the end of a sentence.
  public func text(within width: Int?, otherwise way: String = "") -> String {
    let layout = TableLayout(self, width: width)
    return (layout.lines + layout.notes(width, way)).map { $0 + "\n" }.joined()
  }

  /// The table with these columns alone, in this order.
  ///
  /// - Throws: `LabbookError` for a name that no column has.
  public func choosing(_ names: [String]) throws(LabbookError) -> Table {
    var chosen: [Int] = []
    for name in names {
      guard let index = columns.firstIndex(where: { $0.name == name }) else {
        let known = columns.map(\.name)
        throw .input(
          "--columns: there is no column '\(name)'",
          hint: nearestName(to: name, among: known).map { "Did you mean '\($0)'?" }
            ?? "the columns are " + known.joined(separator: ", "))
      }
      if !chosen.contains(index) { chosen.append(index) }
    }
    var table = Table(chosen.map { columns[$0] })
    for row in rows { table.append(chosen.map { row[$0] }) }
    return table
  }
}

/// Where the columns of a table stand in a terminal, and how wide each is.
private struct TableLayout {
  private let heads: [String]
  private let cells: [[String]]
  private let isRight: [Bool]
  /// The columns that are shown, with their widths.
  private var shown: [(column: Int, width: Int)]
  private var leftOut: [String] = []

  private static let gap = 2
  /// A text is not made narrower than this while there are columns that may be left out.
  private static let narrowest = 14

  init(_ table: Table, width: Int?) {
    heads = table.columns.map { printable($0.name) }
    cells = table.rows.map { row in row.map { printable($0.text) } }
    isRight = table.columns.indices.map { index in table.rows.contains { $0[index].isRightAligned }
    }
    shown = []
    let whole = table.columns.indices.map { index in
      cells.reduce(displayWidth(of: heads[index])) { max($0, displayWidth(of: $1[index])) }
    }
    shown = whole.indices.map { ($0, whole[$0]) }
    guard let width, Self.total(whole) > width else { return }
    var least = whole.indices.map { leastWidth($0, whole[$0]) }
    var kept = Array(whole.indices)
    while kept.count > 1, Self.total(kept.map { least[$0] }) > width {
      if kept.count == 2, let (column, rest) = squeezed(kept, least, width) {
        least[column] = rest
        break
      }
      let last = kept.dropFirst().max { a, b in
        (table.columns[a].rank, a) < (table.columns[b].rank, b)
      }
      kept.removeAll { $0 == last }
    }
    leftOut = whole.indices.filter { !kept.contains($0) }.map { heads[$0] }
    shown = Self.widened(
      kept.map { ($0, min(least[$0], max(1, width))) }, upTo: whole, within: width,
      first: isRight)
  }

  /// The texts of two columns broken anywhere, as either says little without the other; `nil` where
  /// that leaves too little.
  private func squeezed(_ kept: [Int], _ least: [Int], _ width: Int) -> (column: Int, rest: Int)? {
    let texts = kept.filter { !isRight[$0] }
    guard let column = texts.max(by: { least[$0] < least[$1] }) else { return nil }
    let others = kept.filter { $0 != column }.map { least[$0] + Self.gap }
    let rest = width - others.reduce(0, +)
    return rest >= Self.narrowest / 2 ? (column, rest) : nil
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// Numbers stay whole; heads and texts may be broken.
  private func leastWidth(_ column: Int, _ whole: Int) -> Int {
    let head = longestPiece(heads[column])
    if isRight[column] {
      return cells.reduce(head) { max($0, displayWidth(of: $1[column])) }
    }
    let texts = cells.reduce(head) { max($0, longestPiece($1[column])) }
    return min(whole, max(Self.narrowest, min(texts, 2 * Self.narrowest)))
  }

  private func longestPiece(_ text: String) -> Int {
    pieces(of: text).map { displayWidth(of: $0.trimmingBlanks) }.max() ?? 0
  }

  /// The columns as wide as there is room: heads of numbers whole first, as they lack little, then texts
  /// a column of the terminal each in turn.
  private static func widened(
    _ columns: [(Int, Int)], upTo whole: [Int], within width: Int, first isFirst: [Bool]
  ) -> [(column: Int, width: Int)] {
    var columns = columns.map { (column: $0, width: $1) }
    var room = width - total(columns.map(\.width))
    for isMeant in [{ isFirst[$0] }, { _ in true }] as [(Int) -> Bool] {
      func lacks(_ index: Int) -> Bool {
        isMeant(columns[index].column) && columns[index].width < whole[columns[index].column]
      }
      while room > 0, columns.indices.contains(where: lacks) {
        for index in columns.indices where room > 0 && lacks(index) {
          columns[index].width += 1
          room -= 1
        }
      }
    }
    return columns
  }

  /// The head and the rows; a row of broken cells takes several lines.
  var lines: [String] { lines(heads) + cells.flatMap { lines($0) } }

  private func lines(_ row: [String]) -> [String] {
    let broken = shown.map { brokenLines(of: row[$0.column], within: $0.width) }
    let count = max(1, broken.map(\.count).max() ?? 1)
    return (0..<count).map { number in
      var line = ""
      for (index, (column, width)) in shown.enumerated() {
        let text = broken[index].indices.contains(number) ? broken[index][number] : ""
        let padding = String(repeating: " ", count: max(0, width - displayWidth(of: text)))
        if index > 0 { line += String(repeating: " ", count: Self.gap) }
        line += isRight[column] ? padding + text : text + padding
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The sentence that names what is left out.
  func notes(_ width: Int?, _ way: String) -> [String] {
    guard let width, !leftOut.isEmpty else { return [] }
    let sentence = "Not shown, for want of room: " + leftOut.joined(separator: ", ")
    return brokenLines(of: sentence + (way.isEmpty ? "" : "; " + way), within: max(20, width))
  }
}

/// `text` in lines of at most `width` columns, broken where a reader expects it: at blanks, and within
/// a word behind a sign; a longer piece is broken anywhere, nothing is lost.
package func brokenLines(of text: String, within width: Int) -> [String] {
  guard displayWidth(of: text) > width else { return [text] }
  var lines: [String] = []
  var line = ""
  func isFitting(_ piece: String) -> Bool {
    displayWidth(of: (line + piece).trimmingBlanks) <= width
  }
  for piece in pieces(of: text) {
    if isFitting(piece) {
      line += piece
      continue
    }
    if !line.isEmpty { lines.append(line.trimmingBlanks) }
    line = ""
    for character in piece {
      if !line.isEmpty, !isFitting(String(character)) {
        lines.append(line)
        line = ""
      }
      line.append(character)
    }
  }
  if !line.trimmingBlanks.isEmpty { lines.append(line.trimmingBlanks) }
  return lines
}

/// A text in the parts between which a line may end.
private func pieces(of text: String) -> [String] {
  var pieces = [""]
  for character in text {
    pieces[pieces.count - 1].append(character)
    if " /_,;:=".contains(character) { pieces.append("") }
  }
  return pieces.filter { !$0.isEmpty }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
