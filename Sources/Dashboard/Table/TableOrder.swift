import RunStorage
import Terminal
import Tracking

/// What an address asks the store for.
struct TableOrder {
  let query: RunQuery
  /// Under whose values the rows stand.
  let field: RunFilter.Field?

  /// - Throws: `TableProblem` for names that nothing has.
  init(_ request: TableRequest, _ names: TableNames, _ store: RunStore) throws {
    var query = RunQuery()
    try Self.check(request, store)
    query.experiment = request.experiment
    query.sweep = request.sweep
    query.includesFormer = request.isWithFormer
    query.includesReplaced = request.isWithReplaced
    query.order = try Self.order(request, names)
    self.query = query
    field = try request.group.map { name in
      switch names.column(name) {
      case .fact(let fact): return .column(fact)
      case .parameter(let path): return .parameter(path)
      case .metric:
        throw TableProblem(
          "group", "'\(name)' is a metric: rows are grouped by a parameter or a column",
          hint: "Sort by it instead.")
      case nil: throw TableProblem("group", unknown: name, among: names.all)
      }
    }
  }

  /// A name that the store does not know is a slip, not an empty answer.
  private static func check(_ request: TableRequest, _ store: RunStore) throws {
    if request.experiment == nil, request.sweep == nil { return }
    let known = try store.sweepNames()
    if let experiment = request.experiment,
      !known.contains(where: { $0.experiment == experiment })
    {
      throw TableProblem(
        "experiment", "there is no experiment '\(experiment.prefix(200))'",
        hint: hint(experiment, known.map(\.experiment)))
    }
    let sweeps = known.filter { $0.experiment == request.experiment ?? $0.experiment }
      .map(\.sweep)
    if let sweep = request.sweep, !sweeps.contains(sweep) {
      throw TableProblem(
        "sweep", "there is no sweep '\(sweep.prefix(200))'", hint: hint(sweep, sweeps))
    }
  }

  private static func hint(_ name: String, _ names: [String]) -> String {
    nearestName(to: name, among: names).map { "Did you mean '\($0)'?" }
      ?? "The first page lists them."
  }

  private static func order(
    _ request: TableRequest, _ names: TableNames
  ) throws(TableProblem) -> RunOrder {
    guard let sort = request.sort else { return .created }
    let descending = request.isDescending
    switch names.column(sort, request.reduction) {
    case .fact(let name):
      return RunColumn(rawValue: name).map { .column($0, descending: descending) }
        ?? .named(name, descending: descending)
    case .parameter(let path): return .parameter(path, descending: descending)
    case .metric(let value):
      switch value.reduction {
      case .last: return .metric(value.metric, .last, descending: descending)
      case .best: return .metric(value.metric, .best, descending: descending)
      case .min, .max:
        return .reduced(value.metric, value.reduction, descending: descending)
      }
    case nil: throw TableProblem("sort", unknown: sort, among: names.all)
    }
  }
}
