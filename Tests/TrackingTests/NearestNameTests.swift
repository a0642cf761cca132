import Testing
import Tracking

struct NearestNameTests {
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
