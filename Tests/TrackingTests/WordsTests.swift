import Testing
import Tracking

struct WordsTests {
  @Test func runIDsAre32HexadecimalDigitsAndDiffer() {
    let ids = (0..<100).map { _ in RunID() }
    #expect(Set(ids).count == 100)
    #expect(ids.allSatisfy { RunID($0.description) == $0 })
    #expect(RunID("0123") == nil)
    #expect(RunID(String(repeating: "G", count: 32)) == nil)
    #expect(RunID(String(repeating: "A", count: 32)) == nil)
  }

  @Test func rangesIncludeOrExcludeTheirBounds() {
    #expect(NumberRange.positive.contains(.leastNonzeroMagnitude))
    #expect(!NumberRange.positive.contains(0))
    #expect(NumberRange.shareBelowOne.contains(0))
    #expect(!NumberRange.shareBelowOne.contains(1))
    #expect(!NumberRange.any.contains(.nan))
    #expect(!NumberRange.any.contains(.infinity))
    #expect(NumberRange.shareBelowOne.description == "from 0 and below 1")
    #expect(NumberRange.positive.description == "above 0")
  }

  @Test func aBetterValueDependsOnTheDirectionAndIsNeverNaN() {
    #expect(Direction.minimize.isBetter(1, than: 2))
    #expect(!Direction.maximize.isBetter(1, than: 2))
    #expect(Direction.maximize.isBetter(1, than: .nan))
    #expect(!Direction.minimize.isBetter(.nan, than: 1))
    #expect(!Direction.minimize.isBetter(1, than: 1))
  }

  @Test func accuraciesAloneGoUpwards() {
    #expect(Metric.valAccuracy.isHigherBetter)
    #expect(!Metric.valLoss.isHigherBetter)
    #expect(Metric("time/step").isTiming)
  }

  @Test func theDigestIsSHA256() {
    // FIPS 180-2, appendix B.1.
    #expect(
      SHA256Digest.hex(of: "abc")
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
