import Terminal
import Testing

struct QuantityTests {
  @Test(arguments: [
    (0.4, "0 s"), (59.4, "59 s"), (59.6, "1 m 00 s"), (125, "2 m 05 s"), (4_000, "1 h 06 m"),
    (180_000, "2 d 02 h"), (.infinity, "very long"), (.nan, "very long"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(Quantity.duration(seconds) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func counts(value: Int, text: String) {
    #expect(Quantity.count(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 B"), (999, "999 B"), (999.6, "1.0 kB"), (4_200_000, "4.2 MB"), (123_456_789, "123 MB"),
  ])
  func sizes(bytes: Double, text: String) {
    #expect(Quantity.bytes(bytes) == text)
  }
}
