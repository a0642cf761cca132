import Testing

struct DeepSaturationTests {
  private let rule = "deep-sigmoid"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      models:
        deep: {mlp: {hidden: [8, 8, 8], activation: sigmoid}}
      """
    #expect(try places(of: rule, in: text) == ["3:10"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      models:
        two: {mlp: {hidden: [8, 8], activation: sigmoid}}
        four: {mlp: {hidden: [8, 8, 8, 8], activation: tanh}}
        ramp: {mlp: {hidden: [8, 8, 8, 8, 8, 8], activation: relu}}
      over: {model: all}
      seeds: 2
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func tanhMayBeDeeper() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: 8}, tanh, {linear: 8}, tanh, {linear: 8}, tanh, {linear: 8}, tanh,
        {linear: 8}, tanh, {linear: classes}]
      """
    #expect(try places(of: rule, in: text) == ["3:16"])
  }

  @Test func shortcutsCureIt() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: 8}, sigmoid, {residual: [{linear: 8}, sigmoid]}, {linear: 8}, sigmoid,
        {linear: 8}, sigmoid, {linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
