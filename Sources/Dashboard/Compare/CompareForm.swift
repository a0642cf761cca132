import Pages
import Results
import RunStorage
import Runs
import Tracking
import Web

/// The form of `/compare`: which runs, by which keys, of which metric.
struct CompareForm {
  /// The form.
  let html: String

  /// - Parameter chosen: the runs whose keys and metrics are offered; `nil` for none.
  init(_ query: WebQuery, _ chosen: ChosenRuns?, in store: RunStore) throws {
    let keys = chosen.map(Self.keys) ?? []
    let metrics = chosen?.runs.measured.map(\.name) ?? []
    func field(_ name: String, _ words: String, list: String? = nil, long: Bool = false) -> String {
      let list = list.map { " list=\"\($0)\"" } ?? ""
      return """
        <label>\(words)<input type="text" name="\(name)" value="\(escapedHTML(query[name] ?? ""))"\
        \(list)\(long ? " class=\"long\"" : "") autocomplete="off" spellcheck="false"></label>
        """
    }
    let named = query.all("runs").joined(separator: ",")
    let runs =
      named.isEmpty
      ? field("sweep", "sweep", list: "sweeps") + field("where", "where", long: true)
      : """
      <label>runs<input type="text" name="runs" value="\(escapedHTML(named))" class="long" \
      spellcheck="false"></label>
      """
    let sweeps = try store.sweepNames().suffix(500).map(\.description)
    let filter = named.isEmpty ? " data-filter" : ""
    html = """
      <form class="choose" method="get" action="/compare">
      \(runs.replacing("name=\"where\"", with: "name=\"where\"\(filter)"))
      \(field("by", "a colour for each", list: "keys"))
      \(field("rows", "rows by", list: "keys"))
      \(field("columns", "columns by", list: "keys"))
      \(field("metric", "metric", list: "metrics"))
      \(Self.select("value", "value", ["last", "best"], query["value"]))
      \(field("against", "against"))
      <button>Show</button>
      \(Self.list("keys", keys))\(Self.list("metrics", metrics))\(Self.list("sweeps", sweeps))
      </form>
      """
  }

  /// The keys by which runs can be told apart: those in which they differ first.
  static func keys(_ chosen: ChosenRuns) -> [String] {
    let differing = chosen.axes.map(\.storedName)
    let variant = chosen.variants.isEmpty ? [] : ["variant"]
    let first = chosen.runs.first?.sweep
    let others = chosen.runs.filter { $0.sweep != first }.map(\.sweep)
    var columns: [String] = []
    if others.contains(where: { $0.experiment != first?.experiment }) {
      columns.append("experiment")
    }
    if others.contains(where: { $0.sweep != first?.sweep }) { columns.append("sweep") }
    return variant + differing + columns + ["status"]
  }

  private static func select(
    _ name: String, _ words: String, _ values: [String], _ chosen: String?
  ) -> String {
    let options = values.map {
      "<option\($0 == chosen ? " selected" : "")>\(escapedHTML($0))</option>"
    }
    return "<label>\(words)<select name=\"\(name)\">\(options.joined())</select></label>"
  }

  private static func list(_ name: String, _ values: [String]) -> String {
    guard !values.isEmpty else { return "" }
    let options = values.map { "<option value=\"\(escapedHTML($0))\"></option>" }
    return "<datalist id=\"\(name)\">\(options.joined())</datalist>"
  }
}
