import Foundation
import Testing

@Suite struct PlotTests {
  private static let file = """
    title: "it's `touch canary1` $(touch canary2) ]]>"
    data: {source: spiral, points_per_class: 30, split: {val: 0.2}}
    models:
      "`touch canary3` <b>": {mlp: {hidden: [8]}}
      "'; system('touch canary4'); '": [{linear: classes}]
    train: {epochs: 2}
    notebook:
      - sweep: s
        over: {model: all, lr: [1e-3, 1e-2]}
        seeds: 2
      - plot: curves
        title: "system(\\"touch canary5\\") @m {/Bold x}"
      - plot: final
        metric: val/accuracy
        x: lr
        by: model
      - plot: boundary
        format: [svg, pdf]
    """

  private func trained() throws -> Workplace {
    let place = try Workplace()
    try place.write("h.yaml", Self.file)
    let outcome = try place.labbook("run", "h.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return place
  }

  @Test func aFileDrawsItsNotebookAndPrintsThePaths() throws {
    let place = try trained()
    try FileManager.default.removeItem(atPath: place.path + "/plots")
    let outcome = try place.labbook("plot", "h.yaml", "--keep-script")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let paths = ["s-curves.svg", "s-final.svg", "s-boundary.svg", "s-boundary.pdf"]
    #expect(outcome.output == paths.map { "plots/h/\($0)\n" }.joined())
    for path in paths + ["s-curves.gp", "s-curves.data"] {
      #expect(place.exists("plots/h/\(path)"))
    }
    #expect(!place.files().contains { $0.contains("canary") || $0.hasSuffix(".part") })
    #expect(
      try place.read("plots/h/s-curves.svg").contains("system(\"touch canary5\") @m {/Bold x}"))
    #expect(try place.read("plots/h/s-final.svg").contains("`touch canary3` &lt;b>"))
  }

  @Test func seedsAreNotToldApart() throws {
    let place = try trained()
    let outcome = try place.labbook("plot", "curves", "--sweep", "s", "--by", "seed")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("figures do not tell seeds apart"))
  }

  @Test func everyKindIsDrawnFromTheStoreAlone() throws {
    let place = try trained()
    try FileManager.default.removeItem(atPath: place.path + "/h.yaml")
    let calls = [
      ["curves", "--metric", "val/loss", "--by", "model", "--log", "y", "--axis", "time"],
      ["final", "--metric", "val/accuracy", "--x", "lr", "--by", "model", "--value", "best"],
      ["heatmap", "--metric", "val/loss", "--x", "lr", "--y", "model"],
      ["boundary", "--by", "lr"],
    ]
    for call in calls {
      let outcome = try place.labbook(["plot"] + call + ["--sweep", "s", "--out", "a/b.png"])
      #expect(outcome.status == 0, "\(call): \(outcome.errors)")
      #expect(outcome.output == "a/b.png\n" && place.exists("a/b.png"))
      let shown = try place.labbook(["plot"] + call + ["--sweep", "s", "--terminal"])
      #expect(shown.status == 0 && shown.output.count > 200, "\(call): \(shown.errors)")
      #expect(!shown.output.contains("\u{1B}"))
    }
  }

  @Test(arguments: [
    (["curves"], "needs --sweep"),
    (["curves", "--sweep", "t"], "there is no sweep 't'"),
    (["final", "--sweep", "s", "--metric", "val/loss"], "needs --x"),
    (["final", "--sweep", "s", "--metric", "val/loss", "--x", "lrr"], "did you mean 'lr'?"),
    (["fit", "--sweep", "s", "--x", "4,-4"], "ends before it begins"),
    (["curves", "--sweep", "s", "--out", "a.gif"], "a.gif"),
    (["none.yaml"], "none.yaml"),
    (["h.yaml", "--out", "a.svg"], "--out"),
    (["h.yaml", "--by", "lr"], "--by"),
  ])
  func wrongInputIsSaid(arguments: [String], expected: String) throws {
    let place = try trained()
    let before = place.files()
    let outcome = try place.labbook(["plot"] + arguments)
    #expect(outcome.status == 2, "\(outcome)")
    #expect(outcome.errors.contains(expected), "\(outcome.errors)")
    #expect(place.files() == before)
  }

  @Test func whatTheStoreLacksIsAFailure() throws {
    let place = try trained()
    let outcome = try place.labbook("plot", "curves", "--sweep", "s", "--metric", "val/los")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("did you mean 'val/loss'?"))
    try place.write("h.yaml", Self.file.replacingOccurrences(of: "epochs: 2", with: "epochs: 3"))
    let other = try place.labbook("plot", "h.yaml")
    #expect(other.status == 1 && other.errors.contains("has no runs"))
  }

  @Test func withoutGnuplotThePackageIsNamed() throws {
    let place = try trained()
    let outcome = try place.labbook(
      ["plot", "curves", "--sweep", "s", "--out", "a.svg"], environment: ["PATH": "/nowhere"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("sudo apt-get install gnuplot-nox"))
    #expect(!place.exists("a.svg"))
    // What keeps every figure of a file from being drawn is said once.
    let all = try place.labbook(
      ["plot", "h.yaml", "--plots", "new"], environment: ["PATH": "/nowhere"])
    #expect(all.status == 1)
    #expect(all.errors.ranges(of: "sudo apt-get install gnuplot-nox").count == 1)
    #expect(all.errors.contains(" figures were not drawn\n"), "\(all.errors)")
  }
}
