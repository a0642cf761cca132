import Experiments
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

  /// Combinations that come out as the same runs are one configuration, with the seeds of all: a
  /// layer list has no dropout, and variants may set the seed.
  @Test func duplicatesAreCountedOnce() throws {
    let head = """
      data: {source: spiral, split: {val: 0.2}}
      models: {lines: [{linear: classes}], same: [{linear: classes}], deep: {mlp: {hidden: [4]}}}

      """
    let three = head + "over: {model: [lines, deep], dropout: [0, 0.5]}"
    let found = try advice(three).filter { $0.rule == rule }
    #expect(found.map(\.message) == ["3 configurations are compared by one seed each"])
    #expect(try places(of: rule, in: head + "over: {model: [lines, same]}") == [])
    let seeds =
      head + """
        train: {model: lines}
        variants: {first: {seed: 1}, second: {seed: 2}}
        over: {lr: [0.1, 0.2]}
        """
    #expect(try places(of: rule, in: seeds) == [])
  }

  @Test func aSingleRunComparesNothing() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
