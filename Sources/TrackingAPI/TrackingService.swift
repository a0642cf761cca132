import Foundation
public import RunStorage
public import Web

/// MLflow's tracking API over a store.
///
/// A path is `/api/2.0/mlflow/...`; `ajax-api` and 3.0 lead to the same, as in MLflow. What is not
/// served is answered with 404 and `ENDPOINT_NOT_FOUND`.
public struct TrackingService: WebService {
  private let endpoints: [String: Endpoint]
  private let others: [any WebService]

  /// Makes the API of a store.
  ///
  /// - Parameters:
  ///   - readOnly: whether nothing is written.
  ///   - forwarder: who takes the points of runs that Labbook trains; `nil` for nobody.
  public init(
    _ store: RunStore, readOnly: Bool, forwarder: (any PointForwarder)? = nil
  ) {
    let log = readOnly ? nil : RunLog(store, forwarder: forwarder)
    var context = TrackingContext(store: store, log: log)
    context.additions = [LinksAddition(store: store)]
    let all =
      ExperimentEndpoints(context).all + ExperimentTagEndpoints(context).all
      + RunEndpoints(context).all + LoggingEndpoints(context).all
      + RunSearchEndpoints(context).all + HistoryEndpoints(context).all + ServerEndpoints().all
    endpoints = Dictionary(all.map { ("\($0.method) \($0.path)", $0) }) { first, _ in first }
    others = [ArtifactService(context), ModelService(context)]
  }

  /// What is done with a request: those below `/api` and `/ajax-api` are MLflow's.
  public func handling(of head: WebHead) -> WebHandling {
    if head.path == ["version"] { return .reply { .text(ServerEndpoints.version) } }
    if head.path == ["get-artifact"], head.access.seesTracking {
      return others[0].handling(of: head)
    }
    guard let first = head.path.first, ["api", "ajax-api"].contains(first) else { return .other }
    guard head.access.seesTracking else {
      return refusal(
        .unauthenticated,
        "A token is asked for: set MLFLOW_TRACKING_TOKEN to the one that `labbook serve` printed.")
    }
    for service in others {
      let handling = service.handling(of: head)
      if case .other = handling { continue }
      return handling
    }
    return handling(head, head.path.dropFirst())
  }

  private func handling(_ head: WebHead, _ path: ArraySlice<String>) -> WebHandling {
    let parts = Array(path)
    guard parts.count >= 3, ["2.0", "3.0"].contains(parts[0]), parts[1] == "mlflow",
      let endpoint = endpoints["\(head.method) \(parts[2...].joined(separator: "/"))"]
    else {
      return refusal(
        .noEndpoint, "No API found for '\(head.method) /\(head.path.joined(separator: "/"))'.")
    }
    guard !endpoint.isWriting || head.access.mayLog else {
      return refusal(.denied, "This token only reads.")
    }
    return .answer(limit: endpoint.limit) { body in await endpoint.answer(head, body) }
  }

  private func refusal(_ code: TrackingError.Code, _ message: String) -> WebHandling {
    // A body is read that is not too long, so that the client gets its answer.
    .answer(limit: 1 << 20) { _ in TrackingError(code, message).reply }
  }
}
