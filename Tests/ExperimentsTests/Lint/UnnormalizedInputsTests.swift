import Testing

struct UnnormalizedInputsTests {
  private let rule = "unnormalized-inputs"

  @Test func isEarned() throws {
    let text = """
      data:
        source: spiral
        scale: [1, 1000]
        split: {val: 0.2}
      model: [{linear: classes}]
      """
    #expect(try places(of: rule, in: text) == ["1:1"])
    #expect(try places(of: rule, in: text + "\nlint: {allow: [\(rule)]}") == [])
  }

  @Test func isNotEarned() throws {
    let text = """
      data: {source: spiral, scale: [1, 1000], split: {val: 0.2}, normalize: standard}
      model: [{linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func columnsNearZeroAndOneNeedNothing() throws {
    let text = """
      data: {source: spiral, split: {val: 0.2}}
      model: [{linear: classes}]
      """
    #expect(try places(of: rule, in: text) == [])
  }

  @Test func aMeanFarAwayIsEnough() throws {
    let text = """
      data: {source: cubic, shift: 100, normalize: none, split: {val: 0.2}}
      model: [{linear: 1}]
      """
    #expect(try places(of: rule, in: text) == ["1:35"])
  }

  @Test func whoComparesKnows() throws {
    let text = """
      data: {source: spiral, scale: 1000, split: {val: 0.2}}
      model: [{linear: classes}]
      over: {data.normalize: [none, standard]}
      """
    #expect(try places(of: rule, in: text) == [])
  }
}
