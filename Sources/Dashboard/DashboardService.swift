public import RunStorage
public import Web

/// The live pages of a store.
public struct DashboardService: WebService {
  /// The views, of which the first that takes a request answers it.
  private let views: [any WebService]

  /// Makes the pages of a store.
  public init(_ store: RunStore) {
    let tables = TableCache(store)
    views =
      [
        AssetView(), ExperimentsView(store: store), RunTableView(store: store, cache: tables),
        RunExportView(store: store, cache: tables), RunView(store: store, cache: tables),
        RunEditing(store: store, cache: tables), ClientLinks(store: store),
      ] + ChartViews.all(of: store)
  }

  /// The answer of the first view that takes the request.
  public func handling(of head: WebHead) -> WebHandling {
    for view in views {
      let handling = view.handling(of: head)
      if case .other = handling { continue }
      return handling
    }
    return .other
  }
}
