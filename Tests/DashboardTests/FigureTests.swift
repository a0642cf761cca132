import Foundation
import Testing
import Tracking
import Web

struct FigureTests {
  private func measured() throws -> LiveStore {
    let live = try LiveStore()
    for (number, run) in live.runs.enumerated() {
      try live.measure(run, 1...8) { Double(number) + 1 / Double($0) }
      try live.finish(run)
    }
    return live
  }

  @Test func isDrawnAsTheCommandDraws() async throws {
    let live = try measured()
    let address = "?kind=curves&\(LiveStore.sweep)&metric=val/loss&by=model"
    let svg = try #require(try await live.service.ask("/figure.svg" + address))
    #expect(svg.status == 200)
    #expect(svg.text.contains("<svg"))
    #expect(svg.text.contains("wide") && svg.text.contains("deep"))
    let png = try #require(try await live.service.ask("/figure.png" + address + "&download=1"))
    #expect(png.data.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(
      png.reply.headers.contains {
        $0.name == "Content-Disposition" && $0.value.contains("main-curves.png")
      })
  }

  @Test func asCellIsTheCellThatDrawsIt() async throws {
    let live = try measured()
    let address =
      "?kind=curves&\(LiveStore.sweep)&metric=val/loss,train/loss&by=model&smooth=0.9&log=y"
    let cell = try #require(try await live.service.ask("/figure.yaml" + address))
    #expect(
      cell.text == """
        - plot: curves
          sweep: main
          metric: [val/loss, train/loss]
          by: model
          smooth: 0.9
          log: y

        """)
    // It is a cell of a notebook.
    let file =
      LiveStore.file.replacing("over:", with: "notebook:\n  - sweep: main\n    over:")
      .replacing("\nseeds: 3", with: "\n    seeds: 3\n")
      + cell.text.split(separator: "\n").map { "  \($0)\n" }.joined()
    #expect(throws: Never.self) { try LiveStore(file) }
  }

  /// Every kind of chart of the pages is taken as a cell that a notebook reads.
  @Test(arguments: [
    "kind=parallel&metric=val/loss", "kind=heatmap&metric=val/loss&x=model&y=lr&value=best",
    "kind=curves&metric=val/loss&by=model&rows=lr&axis=epoch&smooth=0.5&log=x,y&band=range",
    "kind=curves&by=lr&where=lr%3D0.1",
  ]) func isACellOfANotebook(query: String) async throws {
    let live = try measured()
    let cell = try #require(
      try await live.service.ask("/figure.yaml?\(query)&\(LiveStore.sweep)"))
    #expect(cell.reply.status == 200, "\(cell.text)")
    let file =
      LiveStore.file.replacing("over:", with: "notebook:\n  - sweep: main\n    over:")
      .replacing("\nseeds: 3", with: "\n    seeds: 3\n")
      + cell.text.split(separator: "\n").map { "  \($0)\n" }.joined()
    #expect(throws: Never.self) { try LiveStore(file) }
    if query.contains("where=") {
      #expect(
        cell.text.contains("- sweep: part of main\n  stored: live/main\n  where: \"lr=0.1\"\n"))
      #expect(cell.text.contains("  sweep: part of main\n"))
    }
    // The page offers it for just this chart.
    let page = try await live.service.ask("/compare?\(LiveStore.sweep)&by=model")?.text ?? ""
    let kind = query.between("kind=", "&")[0]
    if kind != "curves" { #expect(page.contains("data-figure=\"kind=\(kind)&amp;sweep=")) }
  }

  @Test(arguments: [
    ("kind=curve&sweep=live/main", 400, "did you mean 'curves'"),
    ("kind=curves&sweep=live/none", 400, "no runs"),
    ("kind=curves&sweep=live/main&color=red", 400, "color"),
    ("kind=heatmap&sweep=live/main&metric=val/loss", 400, "x"),
    ("kind=function&sweep=live/main", 400, "expected a figure of runs"),
  ]) func saysWhatIsWrong(query: String, status: Int, words: String) async throws {
    let live = try measured()
    for form in ["svg", "yaml"] {
      let answer = try #require(try await live.service.ask("/figure.\(form)?\(query)"))
      #expect(answer.status == status)
      #expect(answer.text.contains(words))
    }
  }
}
