public import RunStorage
public import Web

/// The live pages of a store.
public struct DashboardService: WebService {
  /// The views, of which the first that takes a request answers it.
  private let views: [any WebService]

  /// Makes the pages of a store.
  public init(_ store: RunStore) {
    views = [AssetView(), ExperimentsView(store: store)] + ChartViews.all(of: store)
  }

  public func handling(of head: WebHead) -> WebHandling {
    for view in views {
      let handling = view.handling(of: head)
      if case .other = handling { continue }
      return handling
    }
    return .other
  }
}
