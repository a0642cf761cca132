import Testing

struct CommandLineTests {
  @Test func helpGoesToStandardOutput() throws {
    let outcome = try Workplace().labbook("--help")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE: labbook"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func anUnknownCommandIsWrongInput() throws {
    let place = try Workplace()
    let outcome = try place.labbook("trian", "x.yaml")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("trian"))
    #expect(place.files().isEmpty)
  }
}
