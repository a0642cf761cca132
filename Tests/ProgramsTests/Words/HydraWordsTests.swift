import Programs
import Testing
import Tracking

struct HydraWordsTests {
  private struct Case: Decodable {
    let value: ParameterValue
    let word: String
  }

  /// Fixtures/make_hydra.py: words that Hydra's parser reads back as the values.
  @Test func wordsAreWhatHydraReadsBack() throws {
    let cases = try Fixture.json("hydra.json", [Case].self)
    try #require(cases.count > 250)
    let template = try CommandTemplate(text: "p {args:hydra}")
    for item in cases {
      let words = try template.words(
        parameters: ["x": item.value], context: CommandTemplateTests.context)
      #expect(words == ["p", item.word])
    }
  }

  @Test func whatLiesInMappings() throws {
    let template = try CommandTemplate(text: "p {args:hydra}")
    let words = try template.words(
      parameters: [
        "a": .mapping(["c": .mapping([:]), "b": .integer(1)]),
        "l": .list([.mapping(["k": .text("x y"), "j": .number(0.5)])]),
      ], context: CommandTemplateTests.context)
    #expect(words == ["p", "a.b=1", "a.c={}", "l=[{j:0.5,k:'x y'}]"])
  }
}
