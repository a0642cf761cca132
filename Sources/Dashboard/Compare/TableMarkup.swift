import Pages
import Terminal

/// A table as HTML.
enum TableMarkup {
  /// The table; numbers stand right, every text is escaped.
  static func html(_ table: Table) -> String {
    let head = table.columns.map { "<th scope=\"col\">\(escapedHTML($0.name))</th>" }.joined()
    let rows = table.rows.map { row in
      let cells = row.enumerated().map { place, cell in
        let text = Markup.text(cell.text)
        if place == 0 { return "<th scope=\"row\">\(text)</th>" }
        return cell.isRightAligned ? "<td class=\"number\">\(text)</td>" : "<td>\(text)</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <div class="wide" tabindex="0"><table class="numbers"><thead><tr>\(head)</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
  }
}
