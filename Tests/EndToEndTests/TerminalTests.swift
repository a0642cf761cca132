import Foundation
import TestSupport
import Testing

/// What a person at a terminal sees, by bash on a pseudo-terminal.
@Suite struct TerminalTests {
  /// What the terminal was sent after each text that was typed, without the echo.
  private func play(
    _ place: Workplace, rows: Int = 24, columns: Int = 80, _ steps: [String]
  ) throws -> [String] {
    let script =
      URL(filePath: #filePath).deletingLastPathComponent().path
      + "/Fixtures/terminal.py"
    let outcome = try WitnessPython.call(
      [script, String(rows), String(columns)] + steps, folder: place.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode([String].self, from: Data(outcome.output.utf8))
  }

  private func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  private func trained() throws -> Workplace {
    let place = try Workplace()
    try place.write(
      "rates.yaml",
      """
      tags: [week-2, moons]
      data: {source: moons, points_per_class: 20, split: {val: 0.5}}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 2}
      over: {lr: {log: [1e-3, 1], count: 6}, optimizer: [sgd, adam]}
      seeds: 2

      """)
    #expect(try place.labbook("run", "rates.yaml").status == 0)
    return place
  }

  /// A run that takes as long as it is let.
  private let endless = """
    data: {source: moons, points_per_class: 20}
    model: {mlp: {hidden: [4]}}
    train: {steps: 1000000000}

    """

  @Test func tablesFitAndNameWhatTheyLeaveOut() throws {
    let place = try trained()
    let shown = try play(
      place, rows: 200, columns: 60,
      ["\(toolPath) runs", "wait:chooses", "pause:0.2", "\(toolPath) runs --columns run,lr,status"])
    let table = Array(lines(shown[0]).dropFirst().dropLast())
    #expect(table.allSatisfy { $0.count <= 60 }, "\(shown[0])")
    #expect(table.first?.hasPrefix("run ") == true)
    let note = table.drop { !$0.hasPrefix("Not shown") }.joined().filter { $0 != " " }
    #expect(note.contains("duration_s") && note.contains("--columnsNAME,...chooses"), "\(note)")
    #expect(!table.prefix { !$0.hasPrefix("Not shown") }.contains { $0.contains("duration_s") })
    #expect(lines(shown[1]).contains("run               lr  status"), "\(shown[1])")
    // In a pipe the same table is whole.
    #expect(try place.labbook("runs").output.contains("duration_s"))
  }

  /// Only a list that is longer than the terminal, and only at one, is read through PAGER.
  @Test func longListsGoThroughThePager() throws {
    let place = try trained()
    let runs = "\(toolPath) runs --columns run"
    let end = "; echo e''nd"
    let shown = try play(
      place, rows: 20, columns: 100,
      [
        "export PAGER='sed s/^/page:/'", "pause:0.2", runs + end, "wait:end",
        runs + " --no-pager" + end, "wait:end", runs + " --limit 3" + end, "wait:end",
        runs + " | tail -1" + end, "wait:end", "PAGER=cat " + runs + end, "wait:end",
        "PAGER= " + runs + end, "wait:end", "PAGER=/no/such " + runs + end, "wait:end",
        "PAGER='sed -n 2p' " + runs + "; echo status $?" + end, "wait:end",
      ])
    func pages(_ index: Int) -> Int { lines(shown[index]).count { $0.hasPrefix("page:") } }
    #expect(pages(1) == 25)
    for index in 2..<shown.count { #expect(pages(index) == 0, "\(shown[index])") }
    for index in [2, 5, 6, 7] {
      #expect(lines(shown[index]).count { $0.count == 8 } == 24, "\(shown[index])")
    }
    // The pager may read what it likes; the command has done its work.
    #expect(shown[8].contains("status 0"))
  }

  /// What is known of one run is longer than many a terminal.
  @Test func aRunGoesThroughThePagerToo() throws {
    let place = try trained()
    let show = "\(toolPath) show $(\(toolPath) runs --columns run --limit 1 | tail -1)"
    // What is shown has the word "ended".
    let end = "; echo z''zz"
    let shown = try play(
      place, rows: 20, columns: 100,
      [
        "export PAGER='sed s/^/page:/'", "pause:0.2", show + end, "wait:zzz",
        show + " --no-pager" + end, "wait:zzz", show + " --format json" + end, "wait:zzz",
      ])
    func pages(_ index: Int) -> Int { lines(shown[index]).count { $0.hasPrefix("page:") } }
    #expect(pages(1) > 20, "\(shown[1])")
    #expect(pages(2) == 0 && pages(3) == 0)
    #expect(lines(shown[2]).count > 20, "\(shown[2])")
  }

  /// Sentences of results and errors end their lines at a blank, however narrow the terminal.
  @Test func sentencesAreBrokenBetweenWords() throws {
    let place = try trained()
    try place.write(
      "wrong.yaml",
      "data: {source: moons, points_per_class: 20, noise: 0.1, split: {vall: 0.5}}\n")
    let shown = try play(
      place, rows: 300, columns: 40,
      [
        "\(toolPath) compare --sweep main --by optimizer --no-pager; echo e''nd", "wait:end",
        "\(toolPath) check rates.yaml; echo e''nd", "wait:end",
        "\(toolPath) check wrong.yaml; echo e''nd", "wait:end",
        "\(toolPath) run rates.yaml --job 2; echo e''nd", "wait:end",
      ])
    for text in shown {
      // The first lines are what was typed.
      let own = lines(text).drop { !$0.hasSuffix("nd") }.dropFirst().dropLast()
      #expect(own.count > 3, "\(text)")
      for line in own where line.contains(" ") {
        // The shell's prompt may stand before what came while it was written.
        let prompt = line.hasPrefix("$ ") ? 2 : 0
        #expect(line.count - prompt <= 40, "\(line)")
      }
    }
    // The words are those of a pipe; of the file's line the part around the mark is seen.
    let piped = lines(try place.labbook("check", "wrong.yaml").errors)
    let words = lines(shown[2]).joined(separator: " ").split(separator: " ")
    for line in piped where !line.contains("data: {") && !line.contains("^") {
      for word in line.split(separator: " ") { #expect(words.contains(word), "\(word)") }
    }
    #expect(shown[2].contains("vall") && shown[2].contains("^~~~"))
  }

  /// A person reads a manual page; a program is given what `man` reads.
  @Test func manualPagesAreReadOnATerminal() throws {
    let place = try Workplace()
    let shown = try play(
      place, rows: 300, columns: 60,
      [
        "\(toolPath) manual runs", "wait:SEE ALSO", "pause:0.3",
        "\(toolPath) manual runs | head -1",
      ])
    let page = lines(shown[0]).dropFirst().dropLast()
    #expect(page.contains("NAME") && page.contains("EXIT STATUS"), "\(shown[0])")
    #expect(page.contains { $0.hasPrefix("       --where") })
    #expect(!shown[0].contains("\\f") && !shown[0].contains(".SH"))
    for line in page { #expect(line.count <= 60, "\(line)") }
    #expect(shown[1].contains(".TH \"LABBOOK\\-RUNS\""), "\(shown[1])")
  }

  /// In the background no cursor moves; what the user does in front stays.
  @Test func theDisplayStaysOutOfTheWay() throws {
    let place = try Workplace()
    try place.write("long.yaml", endless)
    let shown = try play(
      place,
      [
        "\(toolPath) run long.yaml &", "pause:1.5", "echo in front", "pause:1", "fg",
        "wait: running",
        "pause:0.5", "key:Z", "wait:Stopped", "echo while stopped", "pause:0.5", "fg",
        "wait: running", "pause:0.3", "size:6x40", "pause:0.6", "key:C", "wait:$ ",
      ])
    let up = "\u{1B}["
    for index in 0...1 { #expect(!shown[index].contains(up), "\(shown[index])") }
    #expect(shown[1].contains("in front"))
    #expect(shown[2].contains(" running"))
    // Back in front the block begins below what stands there: nothing is taken back before its first
    // line.
    for index in [2, 5] {
      let before = shown[index].components(separatedBy: " running")[0]
      #expect(!before.contains(up), "\(shown[index])")
    }
    // In a window of six lines nothing goes up by more than five.
    let moves = shown[6].matches(of: #/\u{1B}\[(\d+)A/#).compactMap { Int($0.output.1) }
    #expect(!moves.isEmpty && moves.allSatisfy { $0 <= 5 }, "\(moves)")
    #expect(shown.last?.contains("interrupted") == true, "\(shown)")
  }

  /// Of a search with many rows the best stands where one looks in the end.
  @Test func theBestIsSeenInTheEnd() throws {
    let place = try trained()
    let shown = try play(
      place, rows: 50, columns: 120, ["\(toolPath) run rates.yaml", "wait:index.ipynb"])
    let all = lines(shown[0])
    let best = try #require(all.firstIndex { $0.hasPrefix("best of 'main' by val/loss: ") })
    let first = try #require(all.firstIndex { $0.hasPrefix("plots/") })
    #expect(best < first && first - best <= 2)
    // Its words are those of the table's first row.
    let row = try #require(all.firstIndex { $0.hasSuffix("  val/accuracy") }) + 1
    let rate = try #require(all[row].split(separator: " ").first)
    #expect(all[best].contains("lr=\(rate)"))
    #expect(!(try place.labbook("run", "rates.yaml").output.contains("best of")))
  }
}
