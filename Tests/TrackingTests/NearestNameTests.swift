import Testing
import Tracking

struct NearestNameTests {
  /// The table of two names of 100,000 letters has 1e10 places.
  @Test func longNamesAreNotCompared() {
    let long = String(repeating: "a", count: 100_000)
    let start = ContinuousClock.now
    #expect(nearestName(to: long, among: [long, "a"]) == nil)
    #expect(nearestName(to: "a", among: [long, "b"]) == "b")
    // One letter of 100,000 scalars.
    let dense = "e" + String(repeating: "\u{301}", count: 100_000)
    #expect(nearestName(to: dense, among: [dense]) == nil)
    #expect(ContinuousClock.now - start < .seconds(5))
    let most = String(repeating: "a", count: 199)
    #expect(nearestName(to: most + "b", among: [most + "c"]) == most + "c")
  }

  private let keys = ["batch_size", "epochs", "steps", "shuffle", "schedule", "lr", "l1"]

  @Test(arguments: [
    ("batchsize", "batch_size"), ("epcohs", "epochs"), ("Shuffle", "shuffle"), ("step", "steps"),
    ("shedule", "schedule"), ("lr1", "lr"),
  ])
  func findsWhatWasMeant(typed: String, meant: String) {
    #expect(nearestName(to: typed, among: keys) == meant)
  }

  /// Distances by hand: an exchange of neighbours is one edit, a third of the longer name the most.
  @Test(
    arguments: [
      ("abcdef", ["abdcef"], "abdcef"), ("abcdef", ["badcef"], "badcef"),
      ("abcdef", ["badcfe"], nil),
      ("abcdef", ["xbcdey"], "xbcdey"), ("abcdef", ["xbydez"], nil), ("ab", ["abc"], "abc"),
      ("ab", ["cd"], nil), ("a", ["b"], "b"), ("lossy", ["lssoy", "loss"], "loss"),
      ("loss", ["lass", "less"], "lass"), ("LOSS", ["loss"], "loss"), ("", ["a"], "a"),
      ("", ["ab"], nil), ("abc", [], nil),
    ] as [(String, [String], String?)])
  func theNearestIsWithinAThird(typed: String, known: [String], meant: String?) {
    #expect(nearestName(to: typed, among: known) == meant)
  }

  @Test(arguments: ["momentum", "x9", "", "a completely different thing"])
  func saysNothingWhereNothingIsNear(typed: String) {
    #expect(nearestName(to: typed, among: keys) == nil)
  }
}
