import RunStorage
import Testing
import Tracking
import Web

/// Where the addresses lead that MLflow's client prints for pages of its own.
@Suite struct ClientLinkTests {
  @Test func addressesOfMLflowsPagesLeadToOurs() async throws {
    let site = try Site()
    let log = RunLog(site.store)
    let number = try await log.createExperiment("/Users/me/a", artifacts: nil, tags: [])
    let run = try await log.createRun(
      in: number, LoggedStart(name: "r", user: "", started: 1, tags: []))
    let model = try site.store.addModel(
      experiment: number, name: "m", kind: "", source: run, parameters: [:], tags: [:])
    let bare = try site.store.addModel(
      experiment: number, name: "b", kind: "", source: nil, parameters: [:], tags: [:])
    for (address, place) in [
      ("experiments/\(number)/runs/\(run)", "/runs/\(run)"),
      ("experiments/\(number)/runs/\(run)/artifacts/a", "/runs/\(run)"),
      ("experiments/\(number)/models/\(model.id)", "/runs/\(run)"),
      ("experiments/\(number)", "/runs?experiment=Users-me-a"),
      ("experiments/\(number)/overview", "/runs?experiment=Users-me-a"),
    ] {
      let led = try await site.get("/linked/\(address)")
      #expect(led.status == 303 && led.headers["Location"] == place, "\(address)")
      #expect(try await site.get(place).status == 200)
    }
    for address in [
      "experiments/99", "experiments/x", "experiments", "models/a",
      "experiments/\(number)/models/m-none", "experiments/\(number)/models/\(bare.id)",
    ] {
      #expect(try await site.get("/linked/\(address)").status == 404, "\(address)")
    }
    #expect(try await site.get("/linked/experiments/\(number)", .none).text == "nobody's")
  }
}
