import Testing

struct InitTests {
  @Test func writesAnExperimentAndNeverOverwritesOne() throws {
    let place = try Workplace()
    let first = try place.labbook("init", "deep/er")
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("deep/er/first.yaml\n"))
    try place.write("deep/er/first.yaml", "mine")
    let second = try place.labbook("init", "deep/er")
    #expect(second.status == 2)
    #expect(second.errors.contains("is there already"))
    #expect(try place.read("deep/er/first.yaml") == "mine")
  }

  @Test func saysWhereItCannotWrite() throws {
    let place = try Workplace()
    try place.write("file", "")
    let outcome = try place.labbook("init", "file/below")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("file/below/first.yaml cannot be written"))
  }
}
