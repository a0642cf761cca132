import Foundation
import RunStorage
import Runs
import Testing
import Tracking

/// What a program prints for a terminal is shown as one would leave it.
@Suite struct TerminalOutputTests {
  @Test func coloursAndStepsOfTheCursorAreLeftOut() async throws {
    let site = try Site()
    let log = RunLog(site.store)
    try await log.ensureDefault()
    let run = try await log.createRun(
      in: 0, LoggedStart(name: "r", user: "", started: 1, tags: []))
    let e = "\u{1b}"
    let printed = """
      plain\n\(e)[31mred\(e)[0m and \(e)[1;38;5;200mbold\(e)[m\n\
      10 %\r55 %\r100 %\n\(e)[2K\(e)[1Gagain\r\n\
      \(e)]0;title\u{7}told\n\(e)]8;;http://x\(e)\\link\(e)]8;;\(e)\\ here\n\(e)(Bset\n\
      \(e)]never ends\nüñ\(e)
      """
    let aside = site.folder + "/aside"
    try Data(printed.utf8).write(to: URL(fileURLWithPath: aside))
    try site.store.keepUpload(at: aside, as: RunFile.output, of: run)
    let page = try await site.get("/runs/\(run)").text
    let shown = try #require(page.between("aria-label=\"Log\">", "</pre>").first)
    #expect(
      shown == "plain\nred and bold\n100 %\nagain\ntold\nlink here\nset\n\nüñ")
    // Who takes the whole gets it as it was.
    #expect(try await site.get("/runs/\(run)/log").text == printed)
  }
}
