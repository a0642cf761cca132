import Testing

struct ConstantRateTests {
  private let rule = "constant-rate"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      train:
        epochs: 100
      """
    #expect(try places(of: rule, in: text) == ["3:1"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {epochs: 100, schedule: cosine}
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func aShortRunNeedsNoSchedule() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {steps: 1000, batch_size: full}
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
