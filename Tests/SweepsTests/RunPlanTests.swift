import Experiments
import FileLanguage
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// The errors of a plan that cannot be made, as `line:column message`.
private func problems(_ sweep: SweepSpec) -> [String] {
  do {
    _ = try Sample.plan(sweep)
    return []
  } catch let diagnostics as Diagnostics {
    return diagnostics.list.map { "\($0.mark.column) \($0.message)" }
  } catch {
    return ["another error: \(error)"]
  }
}

@Test("Variants run slowest, then axes in order, the last one fastest, seeds innermost")
func order() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      [Sample.axis("lr", ["0.1", "0.01"]), Sample.axis("batch_size", ["8", "16"])],
      variants: [Sample.variant("plain"), Sample.variant("noisy", [("data.noise", "0.5")])],
      seeds: .count(2)))
  #expect(plan.axes == ["variant", "lr", "batch_size"])
  #expect(
    plan.configurations.map(\.label) == [
      "plain, lr=0.1, batch_size=8", "plain, lr=0.1, batch_size=16",
      "plain, lr=0.01, batch_size=8", "plain, lr=0.01, batch_size=16",
      "noisy, lr=0.1, batch_size=8", "noisy, lr=0.1, batch_size=16",
      "noisy, lr=0.01, batch_size=8", "noisy, lr=0.01, batch_size=16",
    ])
  #expect(plan.runs.count == 16)
  #expect(plan.runs.prefix(4).map(\.seed) == [1, 2, 1, 2])
  #expect(plan.runs[1].configuration.train.seed == 2)
  #expect(plan.runs[1].configuration.value(at: "train.seed") == .integer(2))
  #expect(Set(plan.runs.map(\.key)).count == 16)
  #expect(plan.configurations.map(\.index) == Array(0..<8))
  #expect(plan.counts == .init(combinations: 8, excluded: 0, merged: 0))
}

@Test("Nothing to vary is one run, named after its model")
func oneRun() throws {
  let plan = try Sample.plan(Sample.sweep())
  #expect(plan.runs.count == 1 && plan.axes.isEmpty)
  #expect(plan.configurations[0].label == "hidden layer")
  #expect(plan.configurations[0].points == [SweepPoint(variant: nil, values: [], seeds: [1])])
}

@Test("Seeds count on from train.seed, or are listed")
func seeds() throws {
  let counted = try Sample.plan(Sample.sweep(with: [("seed", "7")], seeds: .count(3)))
  #expect(counted.runs.map(\.seed) == [7, 8, 9])
  let listed = try Sample.plan(Sample.sweep(seeds: .list([4, 2, 4])))
  #expect(listed.runs.map(\.seed) == [4, 2])
}

@Test("The strategy zip takes values together")
func zipStrategy() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      [Sample.axis("lr", ["0.1", "0.01"]), Sample.axis("epochs", ["5", "50"])], strategy: .zip))
  #expect(plan.configurations.map(\.label) == ["lr=0.1, epochs=5", "lr=0.01, epochs=50"])
  #expect(
    problems(
      Sample.sweep(
        [Sample.axis("lr", ["0.1", "0.01"]), Sample.axis("epochs", ["5", "50", "500"])],
        strategy: .zip))
      == ["6 the strategy zip takes axes of one length: 'lr' has 2, 'epochs' has 3"])
}

@Test("A grid beyond the limit is an error before it takes memory")
func hugeGrid() {
  let values = (0..<1000).map(String.init)
  let million = Sample.sweep([Sample.axis("lr", values), Sample.axis("epochs", values)])
  #expect(problems(million) == ["1 this sweep asks for 1000000 runs, the most is 100000"])
  let axes = (0..<30).map { _ in Sample.axis("lr", values) }
  #expect(
    problems(Sample.sweep(axes))
      == ["1 this sweep asks for more runs than can be counted, the most is 100000"])
  #expect(
    problems(Sample.sweep([Sample.axis("lr", values)], seeds: .count(.max)))
      == ["1 this sweep asks for more runs than can be counted, the most is 100000"])
}

@Test("where keeps the combinations for which it holds")
func whereKeeps() throws {
  let axes = [Sample.axis("lr", ["0.1", "0.01"]), Sample.axis("optimizer", ["sgd", "adam"])]
  func labels(_ condition: String) throws -> [String] {
    try Sample.plan(Sample.sweep(axes, where: condition)).configurations.map(\.label)
  }
  #expect(
    try labels("lr < 0.1 or optimizer != 'sgd'")
      == ["lr=0.1, optimizer=adam", "lr=0.01, optimizer=sgd", "lr=0.01, optimizer=adam"])
  #expect(try labels("train.lr = 0.1") == ["optimizer=sgd", "optimizer=adam"])
  #expect(try labels("optimizer.momentum >= 0") == ["lr=0.1", "lr=0.01"])
  #expect(try labels("hidden = 100 and data.source = 'spiral'").count == 4)
  #expect(try labels("\"models.hidden layer.mlp.hidden\" = 100").count == 4)
  let plan = try Sample.plan(Sample.sweep(axes, where: "lr < 0.1"))
  #expect(plan.counts == .init(combinations: 4, excluded: 2, merged: 0))
}

@Test("where is checked at its place")
func whereProblems() {
  func problem(_ condition: String) -> [String] {
    problems(Sample.sweep([Sample.axis("lr", ["0.1", "0.01"])], where: condition))
  }
  #expect(problem("lr > 1") == ["7 'where' keeps none of the 2 combinations of this sweep"])
  #expect(
    problem("seed = 1") == ["7 'where' chooses combinations, and the seed is not part of them"])
  #expect(problem("fold = 2") == ["7 'where' chooses combinations, and each trains on all folds"])
  #expect(
    problem("best(val/loss) < 1")
      == ["7 'best' asks for results, which are not there before the runs"])
  #expect(problem("lr + 1") == ["7 'where' needs an expression that is true or false"])
  #expect(problem("lr <") == ["7 the expression ends where a value should follow"])
}

@Test("Errors of combinations are reported once each")
func combinationErrors() {
  let axes = [Sample.axis("optimizer", ["sgd", "adam"]), Sample.axis("batch_size", ["1", "8"])]
  #expect(problems(Sample.sweep(axes)) == ["1 a batch of one row with adam"])
}

@Test("A path that some combination uses is left out elsewhere; equal combinations are one")
func conditionalPaths() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      [
        Sample.axis("optimizer", ["sgd", "adam"]),
        Sample.axis("optimizer.momentum", ["0", "0.5", "0.9"]),
      ], seeds: .count(2)))
  #expect(
    plan.configurations.map(\.label) == [
      "optimizer=sgd, optimizer.momentum=0", "optimizer=sgd, optimizer.momentum=0.5",
      "optimizer=sgd, optimizer.momentum=0.9", "optimizer=adam",
    ])
  #expect(plan.counts == .init(combinations: 6, excluded: 0, merged: 2))
  #expect(plan.runs.count == 8)
  #expect(plan.configurations[3].points.count == 3 && plan.points.count == 6)
  #expect(plan.configurations[3].runs(of: plan.configurations[3].points[1]).count == 2)
}

@Test("A path that no combination uses is an error at its key")
func unusedPaths() {
  let momentum = Sample.axis("optimizer.momentum", ["0", "0.9"])
  #expect(
    problems(Sample.sweep([momentum])) == [
      "18 no combination of this sweep uses 'optimizer.momentum'"
    ])
  #expect(
    problems(Sample.sweep(with: [("optimizer.momentum", "0.9")]))
      == ["58 no combination of this sweep uses 'optimizer.momentum'"])
  #expect(problems(Sample.sweep([momentum], with: [("optimizer", "sgd")])).isEmpty)
}

@Test("Variants that are the same run share it, and both can be spoken of")
func equalVariants() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      variants: [Sample.variant("plain"), Sample.variant("same", [("lr", "1e-3")])],
      seeds: .count(2)))
  #expect(plan.configurations.count == 1 && plan.runs.count == 2)
  let groups = plan.groups(by: .variant)
  #expect(groups.map(\.value) == [.text("plain"), .text("same")])
  #expect(groups.allSatisfy { $0.members.count == 1 && $0.members[0].configuration.index == 0 })
}

@Test("Variants that differ in the seed alone are one configuration with the seeds of both")
func seedVariants() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      variants: [Sample.variant("a", [("seed", "1")]), Sample.variant("b", [("seed", "2")])],
      seeds: .count(2)))
  #expect(plan.configurations.count == 1 && plan.runs.map(\.seed) == [1, 2, 3])
  let configuration = plan.configurations[0]
  #expect(configuration.runs(of: configuration.points[1]).map(\.seed) == [2, 3])
}

@Test("by, x and y find values of runs")
func lookups() throws {
  let plan = try Sample.plan(
    Sample.sweep([
      Sample.axis("model", ["hidden layer", "straight lines"]), Sample.axis("hidden", ["8", "16"]),
    ]))
  func groups(_ written: String) -> [ParameterValue] {
    plan.groups(by: .setting(Sample.path(written), written: written)).map(\.value)
  }
  #expect(groups("model") == [.text("hidden layer"), .text("straight lines")])
  #expect(groups("hidden") == [.integer(8), .integer(16)])
  #expect(groups("data.noise") == [.number(0.2)])
  #expect(groups("optimizer") == [.text("adam")])
  #expect(groups("nothing").isEmpty)
  #expect(
    plan.configurations.map(\.label)
      == ["model=hidden layer, hidden=8", "model=hidden layer, hidden=16", "model=straight lines"])
  #expect(plan.counts.merged == 1)
}

@Test("Values of one name are shown as they were written")
func displays() throws {
  func choice(_ momentum: String) -> SpecNode {
    let entries = [("name", "sgd"), ("momentum", momentum)].map { key, value in
      SpecNode.Entry(key, Sample.mark(1), Sample.scalar(value))
    }
    return SpecNode(.mapping(entries), Sample.mark(1))
  }
  func labels(_ values: [SpecNode]) throws -> [String] {
    let axis = SweepSpec.Axis(
      path: Sample.path("optimizer"), written: "optimizer", mark: Sample.mark(1), values: values)
    return try Sample.plan(Sample.sweep([axis])).configurations.map(\.label)
  }
  #expect(
    try labels([choice("0.5"), choice("0.9"), Sample.scalar("adam")]) == [
      "optimizer={name: sgd, momentum: 0.5}", "optimizer={name: sgd, momentum: 0.9}",
      "optimizer=adam",
    ])
  #expect(
    try labels([choice("0.5"), Sample.scalar("adam")]) == ["optimizer=sgd", "optimizer=adam"])
}

@Test("Runs that several sweeps ask for are listed once")
func sharedRuns() throws {
  let wide = Sample.sweep([Sample.axis("lr", ["0.1", "0.01"])])
  let narrow = SweepSpec(name: "again", mark: Sample.mark(1), axes: [Sample.axis("lr", ["0.01"])])
  let plan = try RunPlan(
    experiment: "sample", sweeps: [wide, narrow], facts: Sample.facts(), decode: Sample.decode)
  #expect(plan.runs.map(\.sweeps) == [["main"], ["main", "again"]])
  #expect(plan["again"]?.runs.count == 1 && plan["none"] == nil)
}

@Test("The work of a plan is its updates")
func estimates() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      [Sample.axis("batch_size", ["32", "1000"])], with: [("epochs", "10")], seeds: .count(3)))
  let work = try WorkEstimate(plan.runs, facts: Sample.facts())
  #expect(work.runs == 6 && work.updates == 3 * (4 * 10) + 3 * 10)
  // A batch of 1000 has the 100 rows there are.
  #expect(work.rows == 3 * (40 * 32) + 3 * (10 * 100))
  var counted = Sample.base().train
  for (rows, batch, updates) in [(96, 32, 3), (97, 32, 4), (1, 32, 1), (0, 32, 0), (64, 1, 64)] {
    (counted.duration, counted.batchSize) = (.epochs(1), .rows(batch))
    #expect(RunLength(counted, trainRows: rows).updates == updates)
  }
  (counted.duration, counted.batchSize) = (.epochs(7), .full)
  #expect(RunLength(counted, trainRows: 100).updates == 7)
  counted.duration = .steps(41)
  #expect(RunLength(counted, trainRows: 100).updates == 41)
  var endless = Sample.base().train
  endless.duration = .epochs(.max)
  endless.batchSize = .rows(1)
  #expect(RunLength(endless, trainRows: 100).updates == .max)
  endless.loss = nil
  #expect(RunLength(endless, trainRows: 100).updates == 0)
}

@Test("Ten thousand runs have ten thousand keys")
func manyRuns() throws {
  let plan = try Sample.plan(
    Sample.sweep(
      [
        Sample.axis("lr", (1...100).map(String.init)),
        Sample.axis("epochs", (1...20).map(String.init)),
      ], seeds: .count(5), where: "lr > 0"))
  #expect(plan.runs.count == 10_000 && Set(plan.runs.map(\.key)).count == 10_000)
  #expect(Set(plan.configurations.map(\.label)).count == 2_000)
}
