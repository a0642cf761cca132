import Experiments
import FileLanguage
import Runs
import Testing
import Tracking

/// Options of `labbook plot KIND`, read as the keys of a cell.
struct PlotArgumentsTests {
  private let subject = PlotSubject(
    stored: "s", axes: [.setting(.absolute(["train", "lr"]), written: "lr")],
    key: { text in
      text == "none"
        ? .failure(.input("no run has 'none'", hint: "try lr"))
        : .success(.setting(.absolute(["train", text]), written: text))
    }, values: { _ in [.number(1), .number(2)] })

  private func options(_ arguments: [String], _ kind: any Plot.Type) throws -> [String] {
    try PlotArguments.options(arguments, of: kind).map { "\($0.name)=\($0.value)" }
  }

  private func problem(_ body: () throws -> Void) throws -> String {
    try #require(throws: Diagnostics.self) { try body() }.list
      .map { "\($0.mark.place): \($0.message)" }.joined(separator: "; ")
  }

  @Test func argumentsAreCut() throws {
    #expect(
      try options(
        ["--metric", "val/loss", "--x=lr", "--std-factor", "-2", "--title=a=b"], FitPlot.self)
        == ["metric=val/loss", "x=lr", "std_factor=-2", "title=a=b"])
    #expect(try options(["--parts", "--at", "end"], StretchPlot.self) == ["parts=true", "at=end"])
    #expect(try options(["--at", "end", "--parts"], StretchPlot.self) == ["at=end", "parts=true"])
    #expect(try options(["--parts", "false"], StretchPlot.self) == ["parts=false"])
    #expect(
      try problem { _ = try options(["lr"], FinalPlot.self) }
        == "lr: the plot final takes options only")
    #expect(try problem { _ = try options(["--x"], FinalPlot.self) } == "--x: --x has no value")
  }

  @Test func aCellIsMadeOfThem() throws {
    let cell = try PlotArguments.cell(
      CurvesPlot.self,
      [
        ("metric", "val/loss, lr"), ("by", "lr"), ("title", "1"), ("format", "[png,svg]"),
        ("metric", "a/b"),
      ], of: subject)
    let plot = try #require(cell.plot as? CurvesPlot)
    #expect(plot.metrics.map(\.name) == ["val/loss", "lr", "a/b"])
    #expect(plot.by?.label == "lr" && cell.title == "1" && cell.formats == [.png, .svg])
    #expect(cell.sweep == "s" && cell.name == "s-curves")
  }

  @Test func errorsStandAtTheOption() throws {
    func complain(_ kind: any Plot.Type, _ options: [(String, String)]) throws -> String {
      try problem {
        _ = try PlotArguments.cell(kind, options.map { (name: $0.0, value: $0.1) }, of: subject)
      }
    }
    #expect(
      try complain(FitPlot.self, [("std_factor", "x")]) == "--std-factor: std_factor cannot be 'x'")
    #expect(try complain(CurvesPlot.self, [("by", "none")]) == "--by: no run has 'none'")
    #expect(
      try complain(FinalPlot.self, [("x", "lr")])
        == "plot final: the plot final needs --metric")
    #expect(
      try complain(FinalPlot.self, [("metric", "lr")]) == "plot final: the plot final needs --x")
    #expect(
      try complain(FitPlot.self, [("x", "2,1")]) == "--x: the interval x ends before it begins")
    #expect(
      try complain(CurvesPlot.self, [("frames", "1")])
        == "--frames: the plot curves has no use for 'frames'")
  }

  @Test func helpHasALineAnOption() {
    let lines = PlotArguments.help.split(separator: "\n").map(String.init)
    for kind in Plots.all {
      #expect(lines.contains { $0.hasPrefix("  \(kind.kind): ") }, "\(kind.kind)")
    }
    #expect(lines.contains("  final: a metric's last or best value against a key"))
    #expect(lines.contains("    --metric METRIC --x X [--by BY] [--log LOG] [--value VALUE]"))
    // A manual page of 80 columns has room for them.
    #expect(lines.allSatisfy { $0.count <= 68 })
  }

  @Test func nextWordsFollowFromTheKindAndItsOptions() {
    #expect(PlotArguments.next(after: ["labbook", "plot"]) == .anything)
    #expect(PlotArguments.next(after: ["plot", "curves", "--metric"]) == .metric)
    #expect(PlotArguments.next(after: ["plot", "heatmap", "--x"]) == .key)
    #expect(PlotArguments.next(after: ["plot", "fit", "--x"]) == .anything)
    #expect(PlotArguments.next(after: ["plot", "curves", "--theme"]) == .words(["light", "dark"]))
    guard case .words(let options) = PlotArguments.next(after: ["plot", "final"]) else {
      Issue.record("options are words")
      return
    }
    #expect(options.contains("--metric") && options.contains("--x-range"))
  }
}
