import Testing

struct LogSoftmaxBeforeCrossEntropyTests {
  private let rule = "log-softmax-before-cross-entropy"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      models:
        a: [{linear: classes}]
        b:
          - {linear: classes}
          - log-softmax
      over: {model: all}
      seeds: 2
      """
    #expect(try places(of: rule, in: text) == ["6:7"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}, log-softmax]
      train: {loss: nll}
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
