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

  @Test(arguments: ["momentum", "x9", "", "a completely different thing"])
  func saysNothingWhereNothingIsNear(typed: String) {
    #expect(nearestName(to: typed, among: keys) == nil)
  }
}
