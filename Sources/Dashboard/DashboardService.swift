import Foundation
import Machine
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
      switch view.handling(of: head) {
      case .other: continue
      case .answer(let limit, let answer):
        return .answer(limit: limit, Self.sparing(answer))
      case let handling: return handling
      }
    }
    return .other
  }

  /// An answer that takes longer has looked at much of the store.
  private static let long = Duration.milliseconds(200)

  /// The same answer, after which what it took is given back: the server stays for hours, and the memory of
  /// one question about 100,000 runs would stay with it.
  private static func sparing(
    _ answer: @escaping @Sendable (Data) async throws -> WebReply
  ) -> @Sendable (Data) async throws -> WebReply {
    { data in
      let begun = ContinuousClock.now
      defer { if ContinuousClock.now - begun > long { FreeMemory.giveBack() } }
      return try await answer(data)
    }
  }
}
