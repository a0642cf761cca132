import Foundation
import Programs
import Testing

struct PatternLinesTests {
  private func read(_ pattern: String, _ line: String) throws -> (MetricReading?, [String]) {
    var kind = try PatternLines(pattern)
    var notes = MetricNotes()
    let reading = Lines.reading(line, &kind, &notes)
    return (reading, notes.take())
  }

  @Test func namedGroupsAreMetrics() throws {
    let pattern = #"step\s+(?<step>\d+)\s+energy\s+(?<energy>\S+)(?:\s+in\s+(?<seconds>\S+)s)?"#
    let kind = try PatternLines(pattern)
    #expect(kind.metricNames == ["energy", "seconds"])
    #expect(
      try read(pattern, "  step 12  energy -1.5e-3").0
        == MetricReading(values: [NamedNumber("energy", -1.5e-3)], step: 12))
    #expect(try read(pattern, "step 0 energy nan in 2s").0?.values.count == 2)
    #expect(try read(pattern, "nothing").0 == nil)
    #expect(
      try read(#"(?<epoch>\d+) (?<time>\d+) (?<x>\S+)"#, "3 1700000000 1.0D-03").0
        == MetricReading(
          values: [NamedNumber("x", 0.001)], epoch: .number(3), timeMilliseconds: 1_700_000_000_000)
    )
    #expect(try read("(?J)(?:a(?<x>\\d+)|b(?<x>\\d+))", "b5").0?.values == [NamedNumber("x", 5)])
  }

  @Test func whatIsNoNumberIsSaid() throws {
    let (reading, notes) = try read(#"(?<step>\S+) (?<loss>\S+)"#, "1.5 0.5,")
    #expect(reading == MetricReading())
    #expect(
      notes == [
        "'step' is a whole number from 0; 1.5 was ignored",
        "'loss' is no number and was ignored: 0.5,",
      ])
  }

  @Test(arguments: [
    ("loss (?<loss>\\d+", 17), ("é(?<a>x))", 9), ("(?<1a>x)", 4), ("a{2,1}(?<a>.)", 6),
  ])
  func aWrongPatternIsToldWithItsPlace(_ pattern: String, _ column: Int) throws {
    let problem = try #require(throws: PatternProblem.self) { try PatternLines(pattern) }
    #expect(problem.column == column, "\(problem)")
    #expect(problem.message.hasPrefix("the pattern is no regular expression: "))
  }

  @Test(arguments: ["loss (\\d+)", "(?<step>\\d+) (?<epoch>\\d+)", ""])
  func aPatternThatNamesNothingIsAnError(_ pattern: String) throws {
    let problem = try #require(throws: PatternProblem.self) { try PatternLines(pattern) }
    #expect(problem.message == "the pattern names no metric")
  }

  /// Patterns that would take longer than the world is old end, each line, and it is said once.
  @Test(arguments: [
    "(?<x>(a+)+)$", "(?<x>(a|aa)+)$", "(?<x>.*.*.*.*.*=.*)y", "(?<x>(?:a|b|ab)*)c$",
  ])
  func noPatternGoesBackAndForthForEver(_ pattern: String) throws {
    var kind = try PatternLines(pattern)
    var notes = MetricNotes()
    let line = String(repeating: "ab", count: 20) + String(repeating: "a", count: 5000) + "!c y="
    for _ in 0..<20 { #expect(Lines.reading(line, &kind, &notes) == nil) }
    let told = notes.take().filter {
      $0.hasPrefix("the pattern was given up in a line of 5045 bytes")
    }
    #expect(told.count == 1)
    // Others are still read.
    #expect(
      Lines.reading(
        pattern.hasSuffix("y") ? "1=y" : pattern.hasSuffix("c$") ? "ac" : "a", &kind, &notes) != nil
    )
  }

  /// Going forth again from every place is not what PCRE2 counts.
  @Test func aPatternThatIsSlowInLongLinesIsShownLess() throws {
    var kind = try PatternLines("(?:\\w+ )*\\w+:(?<x>\\d+)")
    var notes = MetricNotes()
    let line = String(repeating: "ab ", count: 2700) + ":"
    for _ in 0..<30 { #expect(Lines.reading(line, &kind, &notes) == nil) }
    #expect(
      notes.take().contains { $0.hasPrefix("the pattern takes long for lines of 8101 bytes") })
    #expect(Lines.reading("a b:5" + line, &kind, &notes)?.values == [NamedNumber("x", 5)])
  }

  /// A number that goes on where the line is cut is another one, and the end is not the line's.
  @Test(arguments: ["loss=(?<x>\\d+)", "loss=(?<x>[0-9])*$", "loss=(?<x>\\d)\\d*\\z"])
  func whatReachesTheCutIsNoMatch(_ pattern: String) throws {
    var kind = try PatternLines(pattern)
    var notes = MetricNotes()
    let start = String(repeating: " ", count: PatternLines.longest - 8) + "loss="
    #expect(Lines.reading(start + "12", &kind, &notes)?.values.count == 1)
    #expect(Lines.reading(start + "123", &kind, &notes)?.values.count == 1)
    #expect(Lines.reading(start + "1234", &kind, &notes) == nil)
  }

  @Test func bytesThatAreNoTextMatchNothing() throws {
    var kind = try PatternLines("x=(?<x>\\d+)")
    var notes = MetricNotes()
    #expect(
      Lines.reading([0xFF, 0xFE, 0x00, 0xC3] + Array("x=5".utf8) + [0x80], &kind, &notes)?.values
        == [NamedNumber("x", 5)])
    #expect(Lines.reading([UInt8](repeating: 0xFF, count: 1000), &kind, &notes) == nil)
    #expect(Lines.reading([UInt8](), &kind, &notes) == nil)
    let long = [UInt8](repeating: 0x20, count: 20_000) + Array("x=5".utf8)
    #expect(Lines.reading(long, &kind, &notes) == nil)
    #expect(notes.take().count == 1)
  }
}
