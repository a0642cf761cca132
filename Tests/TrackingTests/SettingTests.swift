import Testing
import Tracking

struct SettingTests {
  private static let half = NumberRange(1, 3, includesLower: false)
  private static let inner = NumberRange(1, 3, includesLower: false, includesUpper: false)

  /// A range, its words, what is in it and what is not.
  private static let ranges: [(NumberRange, String, [Double], [Double])] = [
    (NumberRange.any, "any", [-1e308, 0, 1e308], [Double.nan, .infinity, -.infinity]),
    (NumberRange.positive, "above 0", [.leastNonzeroMagnitude, 1], [0, -1, .infinity, .nan]),
    (NumberRange.notNegative, "at least 0", [0, 1], [-.leastNonzeroMagnitude, .infinity]),
    (NumberRange.share, "from 0 to 1", [0, 0.5, 1], [-0.1, 1.000001, .nan]),
    (NumberRange.shareBelowOne, "from 0 and below 1", [0, 0.999], [-0.1, 1]),
    (NumberRange(-.infinity, 2.5), "at most 2.5", [-9, 2.5], [2.6, -.infinity]),
    (NumberRange(-.infinity, 2, includesUpper: false), "below 2", [-9, 1.9], [2]),
    (half, "above 1 to 3", [1.1, 3], [1, 3.1]),
    (inner, "above 1 and below 3", [1.1, 2.9], [1, 3]),
  ]

  @Test func boundsAreInsideOrOutside() {
    for (range, words, inside, outside) in Self.ranges {
      #expect(range.description == words)
      for value in inside { #expect(range.contains(value), "\(value) \(words)") }
      for value in outside { #expect(!range.contains(value), "\(value) \(words)") }
    }
  }

  @Test func chosenValuesAreReadByTheirKind() {
    let chosen = Chosen(
      "a",
      [
        "x": .number(0.5), "n": .integer(3), "f": .flag(true), "t": .text("b"),
        "l": .list([.integer(1)]), "o": .off,
      ])
    #expect(chosen.number("x") == 0.5 && chosen.number("n") == 3 && chosen.integer("n") == 3)
    #expect(chosen.flag("f") && chosen.text("t") == "b")
    #expect(chosen.list("l") == [.integer(1)] && chosen.list("o") == nil && chosen.list("z") == nil)
  }

  @Test func descriptionsKeepTheirParts() {
    let setting = Setting("a", .flag, default: .flag(true), "s")
    let choice = Choice("c", main: "a", settings: [setting], "t")
    #expect(setting.name == "a" && setting.kind == .flag && setting.summary == "s")
    #expect(setting.standard == .flag(true))
    #expect(choice.name == "c" && choice.main == "a" && choice.settings == [setting])
    #expect(choice.summary == "t" && Choice("d", "u").main == nil)
  }
}
