import Foundation
public import RunStorage
import Tracking
public import Web

/// The tracking API as a program under `metrics: mlflow` reaches it: at `/api/run/RUN`, so that the server
/// knows whose program asks.
///
/// Whatever experiment the program names is that of its run, and an experiment that it makes is that one:
/// `mlflow.set_experiment` in a script leads nowhere else.
public struct ProgramDoor: WebService {
  private let store: RunStore
  private let tracking: any WebService

  /// Makes the door to an API.
  public init(_ store: RunStore, to tracking: any WebService) {
    (self.store, self.tracking) = (store, tracking)
  }

  /// What is done with a request; `.other` for any that did not come through the door.
  public func handling(of head: WebHead) -> WebHandling {
    guard head.path.count >= 4, head.path[0] == "api", head.path[1] == "run",
      let run = RunID(head.path[2])
    else { return .other }
    var inner = head
    inner.path = Array(head.path.dropFirst(3))
    guard head.access.seesTracking, inner.path.count == 5, inner.path[2] == "mlflow" else {
      return tracking.handling(of: inner)
    }
    switch (head.method, inner.path[3], inner.path[4]) {
    case ("GET", "experiments", "get-by-name"):
      return experiment(of: run) { experiment in
        .object {
          $0.name("experiment")
          $0.experiment(experiment)
        }
      }
    case ("POST", "experiments", "create"):
      return experiment(of: run) { experiment in
        .object { $0.field("experiment_id", String(experiment.id)) }
      }
    default: return tracking.handling(of: inner)
    }
  }

  private func experiment(
    of run: RunID, _ reply: @escaping @Sendable (TrackedExperiment) -> WebReply
  ) -> WebHandling {
    .answer(limit: 1 << 20) { [store] _ in
      do {
        return try await Blocking.run {
          guard let found = try store.trackedRun(run),
            let experiment = try store.trackedExperiment(found.experiment)
          else { throw TrackingError(.missing, "Run with id=\(run) not found") }
          return reply(experiment)
        }
      } catch { return Endpoint.reply(to: error) }
    }
  }
}
