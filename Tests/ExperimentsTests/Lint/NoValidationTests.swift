import Testing

struct NoValidationTests {
  private let rule = "no-validation"

  @Test func isEarned() throws {
    let text = """
      model: [{linear: classes}]
      data: {source: spiral}
      """
    #expect(try places(of: rule, in: text) == ["2:1"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      model: [{linear: classes}]
      data: {source: spiral, split: {val: 10}}
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func nothingIsTrainedWithoutATarget() throws {
    let text = """
      data: {source: cloud}
      model: [{linear: 2}]
      train: {epochs: 0}
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
