import RunStorage
import Tracking
import Web

/// What is selected in a table, as the page that compares it wants it.
struct TableSelection {
  let request: TableRequest
  let store: RunStore

  /// So many runs are compared by their names.
  static let most = 200

  /// The address that compares what is selected.
  ///
  /// - Throws: `TableProblem` where nothing is selected, too much, or what is not there.
  func address() throws -> String {
    var runs: [RunID] = []
    for name in request.selected {
      let found = try self.runs(name)
      if found.isEmpty {
        throw TableProblem(
          "select", "no run, or more than one, is called '\(name.prefix(40))'")
      }
      runs += found
    }
    guard !runs.isEmpty else {
      throw TableProblem(
        "select", "no run is selected", hint: "Select some by their boxes, or with the space bar.")
    }
    guard runs.count <= Self.most else {
      throw TableProblem(
        "select",
        "\(runs.count) runs are selected; at most \(Self.most) are compared by their names",
        hint: "Compare them by a filter instead: /compare?where=...&by=...")
    }
    let names = try store.beginnings(of: runs)
    return "/compare?runs=" + runs.compactMap { names[$0] }.joined(separator: ",")
  }

  private func runs(_ name: String) throws -> [RunID] {
    if !request.isByConfiguration {
      let found = try store.runs(beginning: name, limit: 2)
      return found.count == 1 ? found : []
    }
    let found = try store.configurations(beginning: name, limit: 2)
    guard found.count == 1 else { return [] }
    var query = RunQuery()
    query.configurations = found
    query.limit = Self.most + 1
    return try store.runs(query).map(\.id)
  }
}
