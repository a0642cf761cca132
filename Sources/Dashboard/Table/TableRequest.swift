import RunStorage
import Web

/// What an address says of the table of runs.
///
/// It is the whole view: whoever opens the address sees the same table.
struct TableRequest: Hashable, Sendable {
  /// The condition as it was typed; empty for none.
  var filter = ""
  var experiment: String?
  var sweep: String?
  /// Also runs that the sweep's latest plan does not hold.
  var isWithFormer = false
  /// Also runs that `--fresh` replaced.
  var isWithReplaced = false
  /// A row a configuration instead of a row a run.
  var isByConfiguration = false
  /// By what it is sorted, as it was typed, without the `-` of the other way.
  var sort: String?
  var isDescending = false
  /// Under whose values the rows stand.
  var group: String?
  /// What of the metrics is shown.
  var reduction = MetricReduction.last
  /// The columns that were chosen, as they were typed.
  var columns: [String] = []
  /// Beginnings of ids, of configurations' names in a table of these.
  var pins: [String] = []
  var selected: [String] = []
  /// The first row that is shown.
  var offset = 0

  /// The most that may be pinned or selected by an address.
  static let most = 500

  init() {}

  /// Reads an address.
  ///
  /// - Throws: `TableProblem` for an item whose value is none of those that it may have.
  init(_ query: WebQuery) throws(TableProblem) {
    func text(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
    func list(_ name: String) -> [String] {
      var seen: Set<String> = []
      return Array(
        query.all(name).flatMap { $0.split(separator: ",") }.map(String.init)
          .filter { seen.insert($0).inserted }.prefix(Self.most))
    }
    filter = query["where"] ?? ""
    experiment = text("experiment")
    sweep = text("sweep")
    isWithFormer = query["former"] == "1"
    isWithReplaced = query["replaced"] == "1"
    switch query["by"] ?? "run" {
    case "run", "": isByConfiguration = false
    case "config": isByConfiguration = true
    case let other:
      throw TableProblem("by", "'\(other.prefix(100))' is neither 'run' nor 'config'")
    }
    sort = text("sort")
    if let typed = sort, typed.hasPrefix("-") {
      isDescending = true
      sort = String(typed.dropFirst())
    }
    group = text("group")
    if let value = text("value") {
      guard let known = MetricReduction(rawValue: value) else {
        throw TableProblem("value", "'\(value.prefix(100))' is none of last, best, min, max")
      }
      reduction = known
    }
    columns = Self.names(query.all("columns"))
    let taken = Set(query.all("unpin"))
    pins = list("pin").filter { !taken.contains($0) }
    selected = list("select")
    offset = max(0, query["offset"].flatMap { Int($0) } ?? 0)
  }

  /// Names of columns, between commas; a comma of a name is doubled.
  private static func names(_ texts: [String]) -> [String] {
    texts.flatMap { text in
      text.replacing(",,", with: "\0").split(separator: ",")
        .map { String($0).replacing("\0", with: ",") }
    }
  }

  /// The items of the address, without what is as it is by itself.
  var query: WebQuery {
    var items: [WebQuery.Item] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { items.append(WebQuery.Item(name, value)) }
    }
    add("experiment", experiment)
    add("sweep", sweep)
    add("where", filter)
    add("former", isWithFormer ? "1" : nil)
    add("replaced", isWithReplaced ? "1" : nil)
    add("by", isByConfiguration ? "config" : nil)
    add("group", group)
    add("sort", sort.map { isDescending ? "-" + $0 : $0 })
    add("value", reduction == .last ? nil : reduction.rawValue)
    add("columns", columns.map { $0.replacing(",", with: ",,") }.joined(separator: ","))
    add("pin", pins.joined(separator: ","))
    add("select", selected.joined(separator: ","))
    add("offset", offset == 0 ? nil : String(offset))
    return WebQuery(items)
  }

  /// The address of the same table on another path.
  func address(_ path: String = "/runs") -> String {
    let text = query.text.replacing("%2C", with: ",").replacing("%2F", with: "/")
    return text.isEmpty ? path : "\(path)?\(text)"
  }

  /// The request with something changed, from its first row on.
  func with(_ change: (inout TableRequest) -> Void) -> TableRequest {
    var copy = self
    copy.offset = 0
    change(&copy)
    return copy
  }

  /// What decides which rows there are and in which order.
  var arranging: TableRequest {
    var copy = self
    (copy.columns, copy.pins, copy.selected, copy.offset) = ([], [], [], 0)
    return copy
  }

  /// What decides which runs there are, in whatever order.
  var choosing: TableRequest {
    var copy = arranging
    (copy.sort, copy.isDescending, copy.group) = (nil, false, nil)
    (copy.reduction, copy.isByConfiguration) = (.last, false)
    return copy
  }
}
