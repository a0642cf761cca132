import Testing

struct OneSeedTests {
  private let rule = "one-seed"

  @Test func isEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      notebook:
        - sweep: rates
          over: {lr: [1e-3, 1e-2]}
      """
    #expect(try places(of: rule, in: text) == ["4:12"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      notebook:
        - sweep: rates
          over: {lr: [1e-3, 1e-2]}
          seeds: 3
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func aSingleRunComparesNothing() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
