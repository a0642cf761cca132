import Testing
import Tracking

struct WordsTests {
  @Test func runIDsAre32HexadecimalDigitsAndDiffer() {
    let ids = (0..<100).map { _ in RunID() }
    #expect(Set(ids).count == 100)
    #expect(ids.allSatisfy { RunID($0.description) == $0 })
    #expect(
      ids.allSatisfy { $0.description.utf8.count == 32 && $0.short == $0.description.prefix(8) })
    // Digits of both halves vary.
    for place in [0, 15, 16, 31] {
      #expect(Set(ids.map { Array($0.description)[place] }).count > 8)
    }
    #expect(RunID("0123456789abcdef0123456789abcdef")?.short == "01234567")
    #expect(RunID("0123") == nil && RunID(String(repeating: "é", count: 16)) == nil)
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

  @Test func statusesAreThoseOfTheStore() {
    #expect(
      RunStatus.allCases.map(\.rawValue) == [
        "planned", "running", "completed", "diverged", "stopped", "interrupted", "failed",
      ])
    #expect(RunStatus.allCases.filter(\.isResult) == [.completed, .diverged, .stopped])
  }

  @Test func errorsHaveTheirExitStatus() {
    #expect(LabbookError.input("a").status == 2 && LabbookError.failure("a").status == 1)
    #expect(LabbookError.input("a", hint: "b").description == "a\nb")
    #expect(LabbookError.failure("a").description == "a" && LabbookError.input("a").hint == "")
    let value = Hyperparameter("train.lr", .number(0.5))
    #expect(value.path == "train.lr" && value.value == .number(0.5))
  }

  @Test func theDigestIsSHA256() {
    // FIPS 180-2, appendix B.1 and B.2, and the digest of nothing.
    var parts = SHA256Digest()
    #expect(
      parts.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    parts.update("abcdbcdecdefdefgefghfghighij")
    parts.update(Array("hijkijkljklmklmnlmnomnopnopq".utf8))
    #expect(
      parts.hex() == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256Digest.hex(of: "abc")
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
