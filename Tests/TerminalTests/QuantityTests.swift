import Terminal
import Testing

struct QuantityTests {
  @Test(arguments: [
    (0.4, "0 s"), (59.4, "59 s"), (59.6, "1 m 00 s"), (125, "2 m 05 s"), (4_000, "1 h 06 m"),
    (180_000, "2 d 02 h"), (59.5, "1 m 00 s"), (3_599, "59 m 59 s"),
    (3_600, "1 h 00 m"), (86_399, "23 h 59 m"), (86_400, "1 d 00 h"), (1e9, "very long"),
    (4_259, "1 h 10 m"), (600, "10 m 00 s"), (.infinity, "very long"), (.nan, "very long"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(Quantity.duration(seconds) == text)
  }

  @Test(arguments: [
    (0.04, "0.0 s"), (0.44, "0.4 s"), (0.96, "1.0 s"), (9.94, "9.9 s"), (9.96, "10 s"),
    (125, "2 m 05 s"), (-1, "0.0 s"), (.nan, "very long"),
  ])
  func whatSomethingTook(seconds: Double, text: String) {
    #expect(Quantity.elapsed(seconds) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (12, "12"), (41_200, "41,200"), (-999, "-999"), (100_000, "100,000"),
    (1_000, "1,000"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func counts(value: Int, text: String) {
    #expect(Quantity.count(value) == text)
  }

  @Test(arguments: [
    (0.0, "0 B"), (999, "999 B"), (999.6, "1.0 kB"), (4_200_000, "4.2 MB"), (123_456_789, "123 MB"),
    (999.4, "999 B"), (1_000, "1.0 kB"), (99_940, "99.9 kB"), (99_999, "100.0 kB"),
    (100_000, "100 kB"), (999_400, "999 kB"), (999_600, "1.0 MB"), (2.5e9, "2.5 GB"),
    (7e12, "7.0 TB"), (5e16, "50000 TB"), (-5, "0 B"),
  ])
  func sizes(bytes: Double, text: String) {
    #expect(Quantity.bytes(bytes) == text)
  }
}
