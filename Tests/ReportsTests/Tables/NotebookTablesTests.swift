import Experiments
import Foundation
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Testing
import Tracking

/// Tables of what networks say about rows, against what training measured of the same rows.
struct NotebookTablesTests {
  private static let file = """
    data: {source: moons, points_per_class: 60, noise: 0.3, split: {val: 0.2, test: 0.25}}
    models:
      lines: [{linear: classes}]
      hidden: [{linear: 8, name: a}, {linear: 8, from: input, name: b}, {max: [a, b]}, {linear: 2}]
    train: {epochs: 6, lr: 0.02, batch_size: 16}
    notebook:
      - sweep: s
        over: {model: all}
        seeds: 3
      - {table: confusion, by: model}
      - {table: worst, count: 1000, by: model}
      - {table: worst, part: val, count: 2}
      - table: gradcheck
    """

  private func tables(_ file: String = file) throws -> (TrainedExperiment, [[[String: Any]]]) {
    let trained = try TrainedExperiment(file)
    let builder = try NotebookBuilder(
      trained.experiment, trained.plan, in: trained.store, library: trained.library)
    let tables = try builder.tables().map { _, block in
      let text = try #require(block.table, "\(block.problem?.text ?? "")").text(.json)
      return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
    }
    return (trained, tables)
  }

  private func mean(_ metric: String, _ model: String, _ trained: TrainedExperiment) throws
    -> Double
  {
    let results = try SweepView(trained.plan.sweeps[0], in: trained.store)
    let values = trained.plan.sweeps[0].runs.compactMap { run -> Double? in
      guard run.configuration.modelName == model else { return nil }
      return results.runs.first { $0.key == run.key }?.metrics[Metric(metric)]?.last
    }
    #expect(values.count == 3)
    return values.reduce(0, +) / Double(values.count)
  }

  @Test func theConfusionAgreesWithTheMeasuredAccuracy() throws {
    let (trained, tables) = try tables()
    defer { trained.remove() }
    #expect(tables[0].count == 6)
    for (model, rows) in [("lines", tables[0][..<3]), ("hidden", tables[0][3...])] {
      let all = try #require(rows.last)
      let right = try mean("test/accuracy", model, trained)
      #expect(abs((all["recall_mean"] as? Double ?? 0) - right) < 1e-12)
      // Three runs and 30 rows, 15 a class.
      let counts = rows.dropLast().map { [$0["0"] as? Int ?? 0, $0["1"] as? Int ?? 0] }
      #expect(counts.map { $0[0] + $0[1] } == [45, 45])
      let recalls = rows.dropLast().compactMap { $0["recall_mean"] as? Double }
      #expect(abs(recalls[0] - Double(counts[0][0]) / 45) < 1e-12)
      #expect(abs(recalls[1] - Double(counts[1][1]) / 45) < 1e-12)
    }
  }

  @Test func theLossesOfAllRowsAgreeWithTheMeasuredLoss() throws {
    let (trained, tables) = try tables()
    defer { trained.remove() }
    for (model, rows) in [("lines", tables[1][..<30]), ("hidden", tables[1][30...])] {
      let losses = rows.compactMap { $0["loss_mean"] as? Double }
      #expect(losses.count == 30 && losses == losses.sorted(by: >))
      let measured = try mean("test/loss", model, trained)
      #expect(abs(losses.reduce(0, +) / 30 - measured) < 1e-5)
      #expect(Set(rows.compactMap { $0["row"] as? Int }) == Set(1...30))
      #expect(rows.first?["true"] as? String != rows.first?["predicted"] as? String)
    }
    #expect(tables[2].count == 4)
  }

  @Test func modulesHaveTheirJacobians() throws {
    let (trained, tables) = try tables()
    defer { trained.remove() }
    let rows = tables[3]
    #expect(
      rows.compactMap { $0["kind"] as? String }
        == ["linear", "whole graph", "linear", "linear", "max", "linear", "whole graph"])
    #expect(rows[4]["dy/dx"] as? String == "(8, 8), (8, 8)")
    #expect(rows[2]["dy/dw"] as? String == "(8, 24)")
    #expect(rows.allSatisfy { ($0["difference"] as? Double ?? 1) < 1e-5 })
  }

  @Test func aNumberIsWrongByItsLoss() throws {
    let (trained, tables) = try tables(
      """
      data: {source: linear, points: 40}
      model: [{linear: 1}]
      notebook:
        - {sweep: s, seeds: 2}
        - {table: worst, count: 40}
      """)
    defer { trained.remove() }
    for row in tables[0] {
      let target = try #require(row["target"] as? Double)
      let predicted = try #require(row["predicted_mean"] as? Double)
      let deviation = try #require(row["predicted_std"] as? Double)
      // The mean of (p - y)^2 over two runs is (mean - y)^2 and half the sample variance.
      let wanted = (predicted - target) * (predicted - target) + deviation * deviation / 2
      #expect(abs((row["loss_mean"] as? Double ?? 0) - wanted) < 1e-5)
    }
  }
}
