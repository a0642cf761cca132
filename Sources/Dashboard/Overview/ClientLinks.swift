import RunStorage
import Tracking
import Web

/// `/linked/...`: where the addresses lead that MLflow's client prints for pages of its own, such as
/// `/#/experiments/3/runs/ID`.
///
/// What stands behind the `#` no server is told; the script of every page asks for it here.
struct ClientLinks: WebService {
  let store: RunStore

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET" || head.method == "HEAD", head.access.seesPages,
      head.path.first == "linked"
    else { return .other }
    let path = Array(head.path.dropFirst())
    return .reply { try await Blocking.run { try reply(path) } }
  }

  private func reply(_ path: [String]) throws -> WebReply {
    guard path.count >= 2, path[0] == "experiments", let number = Int64(path[1]) else {
      return RunChoice.missing("No page of MLflow's is led here but those of experiments.")
    }
    if path.count >= 4, path[2] == "runs" { return .see("/runs/\(WebQuery.encoded(path[3]))") }
    if path.count >= 4, path[2] == "models" {
      guard let keeper = try store.model(path[3])?.keeper else {
        return RunChoice.missing("No model has this name, or none of its files are there.")
      }
      return .see("/runs/\(keeper)")
    }
    var search = RunSearch(experiments: [number])
    (search.deleted, search.limit) = (nil, 1)
    guard let first = try store.trackedRuns(search).runs.first, let run = try store.run(first.id)
    else { return RunChoice.missing("The experiment with the number \(number) has no runs.") }
    return .see(TableRequest.of(experiment: run.sweep.experiment).address())
  }
}
