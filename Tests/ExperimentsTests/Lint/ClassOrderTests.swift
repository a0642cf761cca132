import Testing

struct ClassOrderTests {
  private let rule = "class-order"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {shuffle: false}
      """
    #expect(try places(of: rule, in: text) == ["3:9"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {shuffle: once}
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func oneBatchHasNoOrder() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {shuffle: false, batch_size: full}
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func whoComparesKnows() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      over: {shuffle: [true, false]}
      seeds: 2
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
