import Foundation
public import RunStorage
public import Web

/// MLflow's tracking API over a store.
public struct TrackingService: WebService {
  private let store: RunStore
  private let isReadOnly: Bool

  /// Makes the API of a store.
  public init(_ store: RunStore, readOnly: Bool) {
    self.store = store
    isReadOnly = readOnly
  }

  public func handling(of head: WebHead) -> WebHandling {
    guard head.path == ["version"] else { return .other }
    return .reply { .text("3.0") }
  }
}
