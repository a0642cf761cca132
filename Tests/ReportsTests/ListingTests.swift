import Datasets
import Experiments
import FileLanguage
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Sweeps
import Terminal
import TestSupport
import Testing
import Tracking

struct ListingTests {
  private static let file = """
    data: {source: moons, points_per_class: 30}
    models:
      lines: [{linear: classes}]
      hidden: {mlp: {hidden: [4]}}
    train: {epochs: 2, batch_size: 16}
    over: {model: all, optimizer: [sgd, adam]}
    seeds: 2
    """

  @Test func peopleSeeWhatDiffersProgramsEverything() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let runs = try trained.store.runs()
    let header = RunListing(runs, for: .table).table.text(.table)
      .split(separator: "\n")[0].split(separator: " ").map(String.init)
    #expect(
      header == [
        "run", "status", "seed", "model", "optimizer", "train/loss", "train/accuracy",
        "last_epoch", "duration_s",
      ])
    let csv = RunListing(runs, for: .csv).table.text(.csv).components(separatedBy: "\r\n")
    #expect(csv.count == 8 + 2)
    for column in ["data.points_per_class", "train.optimizer.beta1", "lr", "key"] {
      #expect(csv[0].components(separatedBy: ",").contains(column))
    }
  }

  @Test func configurationsHaveTheirSeedsTogether() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let listing = RunListing(try trained.store.runs(), for: .json)
    let order = try trained.store.configurations()
    let text = listing.tableByConfiguration(order).text(.json)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(rows.count == 4)
    #expect(rows.allSatisfy { $0["runs"] as? Int == 2 && $0["train/loss_n"] as? Int == 2 })
    #expect(rows.allSatisfy { $0["train.seed"] == nil })
  }

  @Test func expressionsFilterByColumnsKeysAndMetrics() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let store = trained.store
    func count(_ text: String) throws -> Int {
      try store.runs(where: RunFilter(Formula(text), in: store)).count
    }
    #expect(try count("seed = 1") == 4)
    #expect(try count("optimizer = 'adam' and model != 'lines'") == 2)
    #expect(try count("data.points_per_class = 30") == 8)
    #expect(try count("train/loss > 0 and status = 'completed'") == 8)
    // Only adam has it; for the others it is off, and nothing is less than off.
    #expect(try count("optimizer.beta1 < 1") == 4)
    #expect(throws: FormulaError.self) { try count("optimiser = 'adam'") }
  }

  @Test func aRunIsShownWithAllItHas() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let run = try #require(try trained.store.runs().first)
    let report = try RunReport(run, in: trained.store)
    let text = report.text(TextStyle(isColored: false))
    for part in [
      run.id.description, run.key, "train.optimizer", "train/loss", "weights.safetensors",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
    #expect((object["parameters"] as? [String: Any])?["train.seed"] as? Int == run.seed)
    #expect((object["artifacts"] as? [Any])?.isEmpty == false)
  }

  @Test func checkShowsShapesAndThePlan() throws {
    let trained = try TrainedExperiment(Self.file)
    defer { trained.remove() }
    let work = CheckReport.SweepWork(new: 1, reused: 7, again: 0, updates: 8)
    let report = CheckReport(
      trained.experiment, trained.plan, library: trained.library, work: [work])
    let text = try report.text(TextStyle(isColored: false))
    #expect(text.contains("moons      60    0     0  2         2 classes"))
    #expect(text.contains("Model hidden  22 parameters"))
    #expect(text.contains("main   model, optimizer               4     8    1       7"))
  }

  @Test func dataIsDescribedInItsOwnUnitsAndNormalised() throws {
    let trained = try TrainedExperiment(
      """
      data: {source: linear, points: 50, scale: 10, normalize: standard}
      model: [{linear: 1}]
      train: {epochs: 1}
      """)
    defer { trained.remove() }
    let data = trained.plan.runs[0].run.configuration.data
    let report = try DataReport(
      name: "linear", try trained.library.prepare(data), try trained.library.summary(of: data))
    let text = report.columnTable.text(.json)
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    // Population deviation 1 and mean 0 after normalising, up to single precision.
    #expect(abs((rows[0]["normalized std"] as? Double ?? .nan) - 1) < 1e-5)
    #expect(abs(rows[0]["normalized mean"] as? Double ?? .nan) < 1e-5)
    #expect((rows[0]["max"] as? Double ?? 0) > 5)
    #expect(
      report.text(TextStyle(isColored: false)).contains("linear: 50 rows, 1 feature, a number"))
  }
}
