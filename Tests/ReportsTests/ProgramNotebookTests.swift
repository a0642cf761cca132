import Datasets
import Experiments
import Figures
import Foundation
import Pages
import Pictures
import Results
import RunStorage
import Runner
import Runs
import Sweeps
import Terminal
import TestSupport
import Testing
import Tracking

/// A second kind of trainer through store, figures and notebook: a program whose metrics and length
/// nobody knew, beside which nothing of these rooms was written.
@Suite struct ProgramNotebookTests {
  /// The sweep of `ProgramSweep`, run in a folder of its own.
  private final class Made {
    let folder = NSTemporaryDirectory() + "labbook-test-" + UUID().uuidString
    let sweep: ProgramSweep
    let plan: RunPlan
    let store: RunStore
    let library = DataLibrary()

    init(_ executor: any Executor = ThreadExecutor([ProgramTrainer()], cores: 3)) throws {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      sweep = try ProgramSweep(in: folder)
      plan = try sweep.plan()
      store = try RunStore(at: folder + "/labbook.sqlite", .create)
      _ = try SweepRunner(store, executor).run(sweep.jobs(), experiment: "outside")
    }

    func plots() throws -> PlotsFolder {
      try PlotsFolder(folder + "/plots", experiment: plan.experiment)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The sweep of the plan, and the same as the store alone knows it.
    func views() throws -> [SweepView] {
      let name = SweepName(experiment: "outside", sweep: "programs")
      return [try SweepView(plan.sweeps[0], in: store), try SweepView(name, in: store)]
    }
  }

  /// Every run of a rate has its best score, 1, at step 3; the last one falls with rate and length.
  private static func lastScores(_ rate: Double) -> [Double] {
    ProgramSweep.seeds.map { ProgramSweep.score(rate, ProgramSweep.lastStep(seed: $0)) }
  }

  @Test func planAndStoreShowTheSameSweep() throws {
    let made = try Made()
    for view in try made.views() {
      #expect(view.objective == ProgramSweep.objective)
      #expect(view.configurations.count == 2 && view.missing == 0)
      #expect(view.axes == ["params.rate"])
      let groups = view.groups(by: ProgramSweep.rateKey)
      #expect(groups.map(\.name) == ["0.125", "0.25"])
      for (group, rate) in zip(groups, ProgramSweep.rates) {
        let values = group.points.flatMap(\.runs).compactMap {
          $0.value(of: ProgramSweep.score, .last)
        }
        #expect(values == Self.lastScores(rate))
      }
      #expect(
        try view.ranked(view.configurations, by: ProgramSweep.score, .last).map(\.label)
          == ["params.rate=0.125", "params.rate=0.25"])
      #expect(try view.configurations[0].configuration() == made.sweep.configuration(rate: 0.125))
      #expect(throws: LabbookError.self) { try view.configurations[0].network() }
    }
  }

  @Test func aMetricWithoutADirectionRanksNothing() throws {
    let made = try Made()
    for view in try made.views() {
      let cell = ProgramSweep.table(.best, by: ProgramSweep.energy)
      let error = #expect(throws: LabbookError.self) { try view.bestTable(cell) }
      #expect(error?.message == "nobody has said whether a greater or a smaller energy is better")
      #expect(error?.hint == "add to the file: directions: {maximize: [energy]}, or minimize")
    }
  }

  @Test func tablesAndComparisonsSpeakOfUnknownMetrics() throws {
    let made = try Made()
    let view = try made.views()[0]
    let table = try view.bestTable(
      ProgramSweep.table(.best, show: ["energy", "tokens"], value: .last)
    ).text(.csv)
    let lines = table.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    #expect(lines[0].hasPrefix("params.rate,score/top5"))
    // Means over seeds 1 to 3: score 1 - (4 + 9 + 16) / 3 r, energy 6 r, tokens 600.
    let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
    #expect(rows.map { $0[0] } == ["0.125", "0.25"])
    for (row, rate) in zip(rows, ProgramSweep.rates) {
      #expect(abs((Double(row[1]) ?? .nan) - (1 - 29.0 / 3 * rate)) < 1e-12)
      #expect(Double(row[4]) == 6 * rate)
      #expect(Double(row[7]) == 600)
    }
    let compared = try Comparison(
      view, by: ProgramSweep.rateKey, against: nil, metric: ProgramSweep.energy, .last)
    #expect(compared.sentences[0].contains("greater with every seed"))
    let judged = try Comparison(
      view, by: ProgramSweep.rateKey, against: nil, metric: ProgramSweep.score, .last)
    // -0.125 (4, 9, 16): -1.208 ± 0.753, and 0.753 * 4.303 / sqrt(3) = 1.872 is more.
    #expect(judged.sentences[0].contains("no difference measured"))
    #expect(judged.sentences[0].hasSuffix("is -1.208, with 95 % between -3.08 and 0.6634."))
  }

  @Test func theNotebookHasFiguresTablesAndValues() throws {
    let made = try Made()
    let cells: [Cell] = [
      .sweep("programs"),
      .plot(ProgramSweep.plot(CurvesPlot(metrics: []), name: "curves")),
      .plot(
        ProgramSweep.plot(
          FinalPlot(metric: ProgramSweep.energy, x: ProgramSweep.rateKey, by: nil), name: "final")),
      .table(ProgramSweep.table(.best)), .table(ProgramSweep.table(.compare, value: .last)),
      .text(try ProgramSweep.text("mean(energy, params.rate = 0.25)")),
    ]
    let experiment = made.sweep.experiment(cells)
    let pictures = NotebookPictures(experiment, made.plan, in: made.store, library: made.library)
    let drawn = pictures.draw(into: try made.plots())
    #expect(drawn.allSatisfy { $0.problem == nil && $0.paths.count == 1 })
    let figures = try pictures.figures().map { try $0.figure.get() }
    let described = String(describing: figures[0])
    // Without metrics the objective comes first, and curves run along steps, as no epoch was told.
    #expect(described.contains("score/top5") && described.contains("\"step\""))
    let builder = try NotebookBuilder(
      experiment, made.plan, in: made.store, library: made.library)
    let (page, problems) = builder.page(pictures.pagePictures(drawn))
    #expect(problems.isEmpty, "\(problems)")
    for format in PageFormat.allCases {
      let path = try format.write(page, into: made.plots())
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("score/top5") && text.contains("1.5"))
    }
  }

  /// Figures and tables of networks refuse with a sentence, each in its own place.
  @Test func whatNeedsANetworkSaysSo() throws {
    let made = try Made()
    let view = try made.views()[1]
    let subject = FigureMaker(view, in: made.store, library: made.library).subject
    let kinds: [any Plot.Type] = [BoundaryPlot.self, NetworkPlot.self, DataPlot.self]
    let cells =
      try kinds.map { kind in
        Cell.plot(
          ProgramSweep.plot(try PlotArguments.cell(kind, [], of: subject).plot, name: kind.kind))
      } + [.table(ProgramSweep.table(.confusion))]
    let experiment = made.sweep.experiment(cells)
    let pictures = NotebookPictures(experiment, made.plan, in: made.store, library: made.library)
    let drawn = pictures.draw(into: try made.plots())
    let said = "a figure of networks needs a network, and this run is a program's"
    #expect(drawn.allSatisfy { $0.problem?.message == said })
    let builder = try NotebookBuilder(
      experiment, made.plan, in: made.store, library: made.library)
    #expect(
      builder.page(pictures.pagePictures(drawn)).problems.map(\.message) == cells.map { _ in said })
  }

  @Test func listingsShowWhatProgramsMeasure() throws {
    let made = try Made()
    let runs = try made.store.runs()
    let listing = RunListing(runs, for: .table).table.text(.table)
    #expect(listing.contains("score/top5") && listing.contains("energy"))
    #expect(listing.contains("params.rate"))
    let shown = try RunReport(runs[0], in: made.store).text(TextStyle(isColored: false))
    #expect(shown.contains("score/top5, to update 5"))
    #expect(shown.contains("5 updates, best at update 3"))
  }

  /// The same through an executor that trains in other processes.
  @Test func anotherExecutorMakesTheSamePage() throws {
    let cells: [Cell] = [.table(ProgramSweep.table(.best, show: ["energy", "tokens"]))]
    let pages = try [nil, ProcessExecutor(slots: 3)].map { executor in
      let made = try executor.map { try Made($0) } ?? Made()
      let builder = try NotebookBuilder(
        made.sweep.experiment(cells), made.plan, in: made.store, library: made.library)
      return builder.tables().map { $0.table.table?.text(.csv) }
    }
    #expect(pages[0] == pages[1])
    #expect(pages[0].count == 1 && pages[0][0] != nil)
  }
}
