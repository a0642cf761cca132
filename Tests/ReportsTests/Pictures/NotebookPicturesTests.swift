import Datasets
import Experiments
import Figures
import Foundation
import Interchange
import Pages
import Pictures
import Results
import Runs
import Sweeps
import Terminal
import TerminalBackend
import Testing
import Tracking

@Suite struct NotebookPicturesTests {
  @Test func everyCellOfANotebookIsDrawn() throws {
    let trained = try TrainedExperiment(TrainedExperiment.spirals)
    defer { trained.remove() }
    let drawn = trained.pictures.draw(into: try trained.plots())
    #expect(drawn.compactMap(\.problem).isEmpty, "\(drawn.compactMap(\.problem))")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: trained.folder + "/plots/spirals")
    #expect(
      files.sorted() == [
        ".pictures.json", "rates-boundary.svg", "rates-curves-2.svg", "rates-curves.svg",
        "rates-final.png", "rates-final.svg", "rates-heatmap.svg",
      ])
  }

  @Test func whatHasNotChangedIsNotDrawnAgain() throws {
    let trained = try TrainedExperiment(TrainedExperiment.spirals)
    defer { trained.remove() }
    func inode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
    let paths = trained.pictures.draw(into: try trained.plots()).flatMap(\.paths)
    let before = try paths.map(inode)
    try Data("<svg></svg>".utf8).write(to: URL(fileURLWithPath: paths[0]))
    _ = trained.pictures.draw(into: try trained.plots())
    // A picture that somebody changed is drawn anew, the others keep their files.
    #expect(try String(contentsOfFile: paths[0], encoding: .utf8).count > 1_000)
    #expect(try paths.dropFirst().map(inode) == Array(before.dropFirst()))
  }

  @Test func figuresShowWhatTheStoreHolds() throws {
    let trained = try TrainedExperiment(TrainedExperiment.spirals)
    defer { trained.remove() }
    let figures = try trained.pictures.figures().map { try $0.figure.get() }

    let curves = figures[0]
    #expect(curves.title == "rates: train/loss, val/loss, train/accuracy, val/accuracy")
    #expect(curves.panels.joined().map(\.y.name) == ["loss", "accuracy"])
    #expect(curves.legend.map(\.label).contains("model=hidden layer, lr=0.01"))
    #expect(curves.notes.first?.hasPrefix("4 of 12 runs diverged") == true)
    #expect(
      figures[1].legend.map(\.label) == [
        "model", "straight lines", "hidden layer", "lr", "0.01", "0.1", "1e+30",
      ])
    #expect(
      figures[1].subtitle == "a line is one configuration, mean ± one deviation over 2 seeds")
    #expect(
      figures[1].notes.first?.hasSuffix(
        "; of model straight lines, lr=1e+30; model hidden layer, lr=1e+30 all did: a cross ends "
          + "their line.") == true, "\(figures[1].notes)")
    #expect(figures[1].panels[0][0].x.label == "time (s)")

    let final = figures[2]
    #expect(final.panels[0][0].x.scale == .log)
    #expect(final.notes[0] == "Values are the final ones.")
    #expect(final.notes[1].hasPrefix("4 of 12 runs diverged"))

    for case .heatMap(let map) in figures[3].panels[0][0].layers {
      #expect(
        map.rows.map { $0.map(\.isHatched) } == [[false, false, true], [false, false, true]])
    }

    let boundary = figures[4]
    #expect(
      boundary.panels.joined().map(\.title).map { $0.prefix(12) } == [
        "straight lin", "hidden layer",
      ])
    for case .regions(let regions) in boundary.panels[0][0].layers {
      #expect(Set(regions.classes).isSubset(of: [0, 1, 2]) && regions.classes.count == 240 * 240)
    }
  }

  @Test func aFitShowsEveryNetworkBeyondTheData() throws {
    let trained = try TrainedExperiment(TrainedExperiment.cubic)
    defer { trained.remove() }
    let figure = try #require(try trained.pictures.figures().first?.figure.get())
    #expect(figure.panels.joined().map(\.title) == ["relu", "tanh"])
    for panel in figure.panels.joined() {
      let lines = panel.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
      #expect(lines.count == 4)
      #expect(lines.allSatisfy { $0.xs.first == -4 && $0.xs.last == 4 })
    }
  }

  @Test func theStoreAloneIsEnough() throws {
    let trained = try TrainedExperiment(TrainedExperiment.spirals)
    defer { trained.remove() }
    let view = try SweepView(sweep: "rates", experiment: nil, in: trained.store)
    let maker = FigureMaker(view, in: trained.store, library: DataLibrary())
    for cell in trained.cells where cell.kind != "curves" {
      let own = try maker.figure(cell)
      let planned = try #require(
        try trained.pictures.figures().first { $0.cell == cell }?.figure.get())
      #expect(
        own.panels.joined().map(\.layers.count) == planned.panels.joined().map(\.layers.count))
      #expect(own.panels.joined().map(\.x) == planned.panels.joined().map(\.x))
    }
    #expect(try view.key("model").label == "model")
    #expect(throws: LabbookError.self) { try view.key("modle") }
    #expect(throws: LabbookError.self) {
      try SweepView(sweep: "rate", experiment: nil, in: trained.store)
    }
  }

  @Test func whatIsNotTrainedIsSaidInItsPlace() throws {
    let trained = try TrainedExperiment(TrainedExperiment.cubic)
    defer { trained.remove() }
    let text = TrainedExperiment.cubic.replacing("steps: 50", with: "steps: 60")
    let other = try Experiment.parse(text, name: "spirals.yaml", library: trained.library)
    let pictures = NotebookPictures(
      other, try RunPlan(other, facts: PlanFacts(library: trained.library)), in: trained.store,
      library: trained.library)
    let drawn = pictures.draw(into: try trained.plots())
    #expect(drawn.map(\.paths) == [[]])
    #expect(drawn.first?.problem?.message.contains("has no runs") == true)
  }

  @Test func figuresFitATerminal() throws {
    let trained = try TrainedExperiment(TrainedExperiment.spirals)
    defer { trained.remove() }
    for item in trained.pictures.figures() {
      for width in [40, 80, 120] {
        let lines = TerminalFigure(
          try item.figure.get(), width: width, TextStyle(isColored: false)
        ).lines
        #expect(lines.count > 8)
        let widest = lines.map { displayWidth(of: $0) }.max() ?? 0
        #expect(widest <= width, "\(item.cell.kind) at \(width): \(widest)")
      }
    }
  }
}
