import Testing

/// Standard output and standard error that take nothing.
struct StreamTests {
  private func shell(_ line: String, in place: Workplace) throws -> Outcome {
    try RunningTool(
      executable: "/bin/sh", ["-c", line, "sh", toolPath], folder: place.path, environment: [:]
    ).wait()
  }

  @Test func aFullDiskBehindStandardErrorTrapsNowhere() throws {
    let outcome = try shell("\"$1\" check missing.yaml 2>/dev/full", in: Workplace())
    #expect(outcome.status == 2)
  }

  @Test func resultsThatNoDiskTookAreAFailure() throws {
    for arguments in [
      "keys", "doctor --format json", "check first.yaml", "export runs", "--help", "run --help",
    ] {
      let place = try Workplace()
      _ = try place.labbook("init")
      try place.write("one.yaml", "data: {source: moons}\nmodel: [{linear: classes}]\n")
      #expect(try place.labbook("run", "one.yaml").status == 0)
      let outcome = try shell("\"$1\" \(arguments) >/dev/full", in: place)
      #expect(outcome.status == 1, "\(arguments)")
      #expect(
        outcome.errors.contains("the results could not be written to standard output"),
        "\(arguments)")
    }
  }

  @Test func closedStreamsAreNoReasonToFail() throws {
    let place = try Workplace()
    _ = try place.labbook("init")
    let outcome = try shell("\"$1\" check first.yaml <&- >&- 2>&-", in: place)
    #expect(outcome.status == 0)
    #expect(try shell("\"$1\" check missing.yaml <&- >&- 2>&-", in: place).status == 2)
  }
}
