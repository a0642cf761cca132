import Pages
import Results
import RunStorage
import Runs
import Terminal
import Tracking
import Web

/// The page of the table of runs.
struct TablePage {
  let request: TableRequest
  let snapshot: TableSnapshot
  let columns: ShownColumns
  let store: RunStore

  /// So many rows come with the page; a script brings the others as they are scrolled to.
  static let window = 100

  /// - Throws: `LabbookError` where the store cannot be read.
  func body() throws -> String {
    let facets = Facets(request: request, names: snapshot.names, tally: snapshot.tally)
    return """
      <div class="above">
      \(heading)
      \(TableTools(request: request, names: snapshot.names, tally: snapshot.tally, columns: columns.shown).markup)
      \(facets.chips)
      </div>
      <div class="beside">\(facets.markup)
      <div class="table">\(remarks)
      \(try table())
      \(pages)</div></div>
      """
  }

  private var heading: String {
    var words = "Runs"
    if let sweep = request.sweep { words += " of \(Markup.text(sweep))" }
    if let experiment = request.experiment {
      words += request.sweep == nil ? " of " : " in "
      words += Markup.text(experiment)
    }
    let rows = snapshot.arrangement.count
    let runs = snapshot.arrangement.runs
    let count =
      request.isByConfiguration && request.group == nil
      ? "\(Quantity.count(rows)) configurations, \(Quantity.count(runs)) runs"
      : Quantity.count(runs) + (runs == 1 ? " run" : " runs")
    return "<h1>\(words) <small aria-live=\"polite\" data-count>\(count)</small></h1>"
  }

  /// What is not shown, and what was changed.
  private var remarks: String {
    var remarks: [String] = []
    if snapshot.former > 0 {
      let one = snapshot.former == 1
      let all = request.with { $0.isWithFormer = true }
      remarks.append(
        "\(Quantity.count(snapshot.former)) former \(one ? "run is" : "runs are") left out: the file no "
          + "longer asks for \(one ? "it" : "them"). "
          + Markup.link(all.address(), one ? "Show it" : "Show them"))
    } else if request.isWithFormer {
      remarks.append(
        "With former runs. "
          + Markup.link(request.with { $0.isWithFormer = false }.address(), "Leave them out"))
    }
    if columns.leftOut > 0 {
      remarks.append(
        "\(columns.leftOut) more parameters differ; choose them under “Columns”.")
    }
    if snapshot.arrangement.count == 0 {
      remarks.append(
        request.filter.isEmpty ? "There are no such runs." : "The condition holds for no run.")
    }
    return remarks.map { "<p class=\"remark\">\($0)</p>" }.joined()
  }

  private func table() throws -> String {
    let rows = TableRows(snapshot: snapshot, columns: columns, store: store)
    let start = min(request.offset, max(0, snapshot.arrangement.count - 1))
    let first = try rows.markup(start..<(start + Self.window))
    let pins = try TablePins(request: request, store: store).markup(rows)
    let width = columns.shown.count + 1
    return """
      <form id="rows" action="/runs" method="get">\(Self.hidden(request.with { $0.selected = [] }))</form>
      <div class="scroller wide" data-table="\(escapedHTML(request.address("/runs/rows")))" \
      data-snapshot="\(snapshot.number)" data-total="\(snapshot.arrangement.count)" \
      data-start="\(start)" tabindex="0" role="region" aria-label="Runs">
      <table aria-rowcount="\(snapshot.arrangement.count)"><thead><tr>\(heads)</tr></thead>
      \(pins.isEmpty ? "" : "<tbody class=\"pinned\">\(pins)</tbody>")
      <tbody class="rows" data-width="\(width)">
      \(first.joined(separator: "\n"))
      </tbody></table></div>
      """
  }

  private var heads: String {
    let corner = request.isByConfiguration ? "configuration" : "run"
    let cells = columns.shown.map { column in
      let name = column.name(among: snapshot.names)
      return head(column, name)
    }
    return "<th scope=\"col\">\(corner)</th>" + cells.joined()
  }

  private func head(_ column: TableColumn, _ name: String) -> String {
    let isHere = snapshot.names.column(request.sort ?? "", request.reduction) == column
    let isUp = isHere && !request.isDescending
    // The best comes first; a second click turns the order round.
    let next = request.with {
      $0.sort = name
      $0.isDescending = isHere ? !request.isDescending : isBestHigh(column)
    }
    let sign = isHere ? (isUp ? " ▲" : " ▼") : ""
    let state = isHere ? " aria-sort=\"\(isUp ? "ascending" : "descending")\"" : ""
    return "<th scope=\"col\"\(state)\(isNumber(column) ? " class=\"number\"" : "")>"
      + Markup.link(next.address(), Markup.clipped(name, to: 40) + sign) + "</th>"
  }

  /// Whether the column has nothing but numbers, as far as its values were counted.
  private func isNumber(_ column: TableColumn) -> Bool {
    guard case .parameter(let path) = column else { return column.isNumber }
    let values = snapshot.tally[.parameter(path)]?.values ?? []
    return !values.isEmpty && values.allSatisfy { $0.value.asNumber != nil }
  }

  private func isBestHigh(_ column: TableColumn) -> Bool {
    guard case .metric(let value) = column else { return false }
    return snapshot.direction(of: value.metric, in: store) == .maximize
  }

  /// The way to other rows without scripts.
  private var pages: String {
    let total = snapshot.arrangement.count
    guard total > Self.window else { return "" }
    let start = min(request.offset, total - 1)
    let end = min(total, start + Self.window)
    var links = [
      "rows \(Quantity.count(start + 1)) to \(Quantity.count(end)) of \(Quantity.count(total))"
    ]
    func to(_ offset: Int, _ words: String) {
      var other = request
      other.offset = offset
      links.append(Markup.link(other.address(), words))
    }
    if start > 0 { to(max(0, start - Self.window), "before") }
    if end < total { to(end, "next") }
    return "<p class=\"pages ways\">\(links.joined(separator: " "))</p>"
  }

  /// What a form keeps of the address.
  static func hidden(_ request: TableRequest, without names: Set<String> = []) -> String {
    request.query.items.filter { !names.contains($0.name) }.map {
      "<input type=\"hidden\" name=\"\($0.name)\" value=\"\(escapedHTML($0.value))\">"
    }.joined()
  }
}
