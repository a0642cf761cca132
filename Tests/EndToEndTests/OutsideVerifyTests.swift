import Foundation
import Testing

/// `labbook verify` of a program's run.
@Suite struct OutsideVerifyTests {
  private static let program = """
    echo '{"epoch": 1, "loss": 0.5, "time/x": 1}'
    echo "{\\"epoch\\": 2, \\"loss\\": 0.25, \\"noise\\": $(cat noise.txt)}"
    echo started >> starts

    """

  private func trained() throws -> (Workplace, run: String) {
    let place = try OutsideTrainingTests.place(
      Self.program,
      """
      train: {command: "sh learn.sh '{x}'", params: {x: a b}, files: [learn.sh]}
      objective: {minimize: loss}

      """)
    try place.write("noise.txt", "1\n")
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let run = try #require(try StoreReader(place.store).text("SELECT run FROM run_table"))
    return (place, run)
  }

  @Test func theCommandIsShownAndNothingStartsUnasked() throws {
    let (place, run) = try trained()
    let outcome = try place.labbook("verify", run)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("sh learn.sh 'a b'"), "\(outcome.output)")
    #expect(outcome.errors.contains("--yes"))
    #expect(try place.read("starts") == "started\n")
  }

  @Test func theSameNumbersAreTheSame() throws {
    let (place, run) = try trained()
    let outcome = try place.labbook("verify", run, "--yes")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("is the same: 3 points of 2 metrics"), "\(outcome.output)")
    #expect(try place.read("starts") == "started\nstarted\n")
    // Nothing is stored of it.
    #expect(try StoreReader(place.store).number("SELECT COUNT(*) FROM run_table") == 1)
  }

  @Test func whatDiffersIsSaidWithByHowMuch() throws {
    let (place, run) = try trained()
    try place.write("noise.txt", "1.75\n")
    let outcome = try place.labbook("verify", run, "--yes")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("differs in 1 of 2 metrics"), "\(outcome.output)")
    let row = outcome.output.split(separator: "\n").first { $0.hasPrefix("noise") } ?? ""
    #expect(
      row.split(separator: " ").map(String.init) == ["noise", "1", "1", "0.75", "2", "1", "1.75"],
      "\(row)")
  }

  @Test func anotherProgramIsRefusedWithBothFingerprints() throws {
    let (place, run) = try trained()
    try place.write("learn.sh", Self.program + "# edited\n")
    let outcome = try place.labbook("verify", run, "--yes")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("the file 'learn.sh' of run") && outcome.errors.contains("now "),
      "\(outcome.errors)")
    #expect(try place.read("starts") == "started\n")
  }
}
