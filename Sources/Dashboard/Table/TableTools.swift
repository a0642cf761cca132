import Pages
import RunStorage
import Tracking

/// The forms above the table: filter, kind of rows, value of metrics, grouping, columns, selection.
struct TableTools {
  let request: TableRequest
  let names: TableNames
  let tally: RunTally
  let columns: [TableColumn]

  var markup: String {
    """
    \(filter(nil))
    <div class="tools ways">
    \(choices("rows", [("by run", !request.isByConfiguration, request.with { change(&$0, byConfiguration: false) }), ("by configuration", request.isByConfiguration, request.with { change(&$0, byConfiguration: true) })]))
    \(choices("metrics", MetricReduction.allCases.map { value in (value.rawValue, value == request.reduction, request.with { $0.reduction = value }) }))
    \(group)
    \(chooser)
    <span class="selection">
    <button name="go" value="compare" form="rows" data-compare title="Compare what is selected (c)">Compare</button>
    <button type="button" class="clear" data-clear hidden>Clear selection</button></span>
    <span class="files">\(Markup.link(request.address("/runs.csv"), ".csv", "download"))
    \(Markup.link(request.address("/runs.json"), ".json", "download"))</span>
    </div>
    """
  }

  /// The field of the filter.
  ///
  /// - Parameter problem: what is wrong with it, said right below.
  func filter(_ problem: TableProblem?) -> String {
    let isWrong = problem?.item == "where"
    let state = isWrong ? " aria-invalid=\"true\" aria-describedby=\"problem\"" : ""
    return """
      <form class="tools filter" action="/runs" method="get" role="search">
      \(TablePage.hidden(request.with { _ in }, without: ["where"]))
      <label class="faint" for="where">where</label>
      <input id="where" name="where" type="search" data-filter\(state) value="\(escapedHTML(request.filter))" \
      placeholder="lr &lt; 0.01 and val/accuracy &gt; 0.9" autocomplete="off" autocapitalize="off" \
      spellcheck="false"><button>Filter</button>
      </form>\(problem?.markup ?? "")
      """
  }

  /// What a table of the other kind has nothing of is left out of its address.
  private func change(_ request: inout TableRequest, byConfiguration: Bool) {
    if request.isByConfiguration == byConfiguration { return }
    request.isByConfiguration = byConfiguration
    (request.pins, request.selected) = ([], [])
  }

  private func choices(_ name: String, _ ways: [(String, Bool, TableRequest)]) -> String {
    let links = ways.map { words, isHere, request in
      Markup.link(request.address(), words, isHere ? "aria-current=\"true\"" : "")
    }
    return "<span class=\"choice\" role=\"group\" aria-label=\"\(name)\">\(links.joined())</span>"
  }

  private var group: String {
    let paths = tally.differing.map { names.short($0) }
    var options =
      ["status", "experiment", "sweep"].filter {
        (tally[.column($0)]?.values.count ?? 0) > 1
      } + paths
    if let group = request.group, !options.contains(group) { options.insert(group, at: 0) }
    if options.isEmpty { return "" }
    let items = options.map { name in
      let isHere = name == request.group ? " selected" : ""
      return
        "<option value=\"\(escapedHTML(name))\"\(isHere)>\(escapedHTML(String(name.prefix(60))))</option>"
    }
    return """
      <form action="/runs" method="get" data-auto>\(TablePage.hidden(request.with { _ in }, without: ["group"]))
      <label>group by <select name="group"><option value="">nothing</option>\(items.joined())</select></label>
      <button class="go">Go</button></form>
      """
  }

  private var chooser: String {
    let shown = columns.map { $0.name(among: names) }
    let differing = tally.differing.map { names.short($0) }
    let others = tally.parameters.map { names.short($0) }.filter { !differing.contains($0) }
    let parts = [
      ("shown", shown), ("parameters that differ", differing),
      ("metrics", tally.metrics.map(\.name)),
      ("of the run", TableColumn.facts + (tally.hasNames ? [RunRecord.nameColumn] : [])),
      ("other parameters", others),
    ]
    var seen: Set<String> = []
    let lists = parts.compactMap { title, options -> String? in
      let fresh = options.filter { seen.insert($0).inserted }
      if fresh.isEmpty { return nil }
      return "<fieldset><legend>\(title)</legend>"
        + fresh.map { box($0, isOn: title == "shown") }.joined() + "</fieldset>"
    }
    let back =
      request.columns.isEmpty
      ? ""
      : Markup.link(
        request.with { $0.columns = [] }.address(), "as at first")
    return """
      <details class="chooser"><summary>Columns</summary><form action="/runs" method="get">
      \(TablePage.hidden(request.with { _ in }, without: ["columns"]))
      <p><button>Show these</button> \(back)</p>
      <div class="lists">\(lists.joined())</div></form></details>
      """
  }

  private func box(_ name: String, isOn: Bool) -> String {
    "<label><input type=\"checkbox\" name=\"columns\" value=\"\(escapedHTML(name.replacing(",", with: ",,")))\""
      + "\(isOn ? " checked" : "")> \(Markup.clipped(name, to: 60))</label>"
  }
}
