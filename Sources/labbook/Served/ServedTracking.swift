import Foundation
import Machine
import Programs
import RunStorage
import Runs
import Synchronization
import Tracking

/// MLflow's tracking API for the programs that `labbook run` starts: one server for all of its runs, started
/// with the first of them.
final class ServedTracking: ProgramTracking {
  private let store: RunStore?
  private let state = Mutex(State())

  private struct State {
    var server: StartedServer?
    var trial: TrialStore?
  }

  /// Makes the tracking of a store; `nil` for runs that no store is to have.
  ///
  /// - Throws: `LabbookError` where the server's program is missing.
  init(_ store: RunStore?) throws {
    self.store = store
    _ = try StartedServer.program()
  }

  func variables(for job: TrainingJob, in place: RunFolderPlace) throws -> [String: String] {
    try state.withLock { state in
      let (run, experiment): (RunID, String)
      if let store, let id = RunID(place.run), let record = try store.run(id) {
        (run, experiment) = (id, record.sweep.experiment)
        if case .program(let program) = job.configuration.body, !program.handling.resumes {
          try store.forgetLogged(of: id, keeping: job.request.parameters.map(\.path))
        }
        if state.server == nil { state.server = try StartedServer(store.path) }
      } else {
        let trial = try state.trial ?? TrialStore()
        state.trial = trial
        (run, experiment) = (try trial.add(job.request, at: place.path), TrialStore.experiment)
        if state.server == nil { state.server = try StartedServer(trial.path, isTrial: true) }
      }
      guard let server = state.server else { return [:] }
      return Self.variables(server.address, server.token, run, experiment)
    }
  }

  /// Ends the server.
  func close() {
    state.withLock { state in
      state.server?.close()
      state.trial?.close()
      state = State()
    }
  }

  /// What an MLflow client reads.
  ///
  /// The address has the run in it, so that the server knows whose program asks.
  private static func variables(
    _ address: String, _ token: String, _ run: RunID, _ experiment: String
  ) -> [String: String] {
    var values = [
      "MLFLOW_TRACKING_URI": "\(address)/api/run/\(run)", "MLFLOW_TRACKING_TOKEN": token,
      "MLFLOW_RUN_ID": run.description, "MLFLOW_EXPERIMENT_NAME": experiment,
    ]
    // A proxy of the site is not asked for this machine's own address.
    let environment = OutsideProgram.variables
    for name in ["no_proxy", "NO_PROXY"] {
      let others = environment[name].map { $0 + "," } ?? ""
      values[name] = others + "127.0.0.1"
    }
    return values
  }
}
