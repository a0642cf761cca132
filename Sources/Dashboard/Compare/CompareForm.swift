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
    let metrics = try chosen.map { try store.metrics(of: $0.runs.map(\.id)).map(\.name) } ?? []
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
    let differing = chosen.runs.axes.map(\.storedName)
    let variant = chosen.variants.isEmpty ? [] : ["variant"]
    let columns = ["experiment", "sweep"].filter { name in
      Set(chosen.runs.map { $0.value(ofColumn: name) }).count > 1
    }
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
