import Testing

struct SoftmaxBeforeCrossEntropyTests {
  private let rule = "softmax-before-cross-entropy"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: 8}, relu, {linear: classes}, softmax]
      """
    #expect(try places(of: rule, in: text) == ["2:47"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: 8}, softmax, {linear: classes}]
      train: {loss: cross-entropy}
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func otherLossesMayHaveIt() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}, softmax]
      train: {loss: mse}
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
