import Testing

struct LinearAfterLinearTests {
  private let rule = "linear-after-linear"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model:
        - {linear: 100}
        - {dropout: 0.1}
        - {linear: classes}
      """
    #expect(try places(of: rule, in: text) == ["5:6"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: 100}, relu, {linear: 50}, tanh, {linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func isFoundWithinAResidual() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: 16}, relu, {residual: [{linear: 16}, {linear: 16}]}, relu, {linear: classes}]
      """
    #expect(try places(of: rule, in: text) == ["2:56"])
  }

  @Test func aBottleneckIsMeant() throws {
    let text = """
      data: {source: blobs, features: 8, classes: 6, split: {val: 0.2}}
      model: [{linear: 2}, {linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func whatIsReadTwiceIsNotJoined() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model:
        - {linear: 16, name: a}
        - {linear: 16, name: b}
        - {max: [a, b]}
        - {linear: classes}
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
