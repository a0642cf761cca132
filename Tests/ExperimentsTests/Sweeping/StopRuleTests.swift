import Experiments
import Search
import Testing
import Tracking

private func settings(_ epochs: Int, _ reduction: Int) -> [String: ParameterValue] {
  ["min_epochs": .integer(epochs), "reduction": .integer(reduction)]
}

@Test("Rungs are so many times as far as the one before")
func rungs() {
  let rule = AshaRule(Chosen("asha", settings(2, 3)))
  #expect((0..<4).map(rule.rung) == [2, 6, 18, 54])
  #expect(rule.rung(200) == .max)
}

@Test("asha keeps the best of every so many, rounded up, among all that have reached the rung")
func asha() {
  let rule = AshaRule(Chosen("asha", settings(1, 3)))
  #expect(rule.goOn(0..<3, of: [3, 1, 2]) == [false, true, false])
  #expect(rule.goOn(0..<4, of: [3, 1, 2, 4]) == [false, true, true, false])
  // The one that diverged has not reached it: 1 of 3 goes on.
  #expect(rule.goOn(0..<4, of: [3, 1, 2, .infinity]) == [false, true, false, false])
  #expect(rule.goOn(0..<2, of: [1, 1]) == [true, false])
  #expect(rule.goOn(3..<6, of: [1, 2, 3, 0.5, 9, 1.5]) == [true, false, false])
}

@Test("median keeps what is no worse than the median")
func median() {
  let rule = MedianRule(Chosen("median", settings(1, 2)))
  #expect(rule.goOn(0..<3, of: [3, 1, 2]) == [false, true, true])
  #expect(rule.goOn(0..<4, of: [4, 1, 2, 3]) == [false, true, true, false])
  #expect(rule.goOn(2..<4, of: [1, 2, 9, 0]) == [false, true])
  // The median of 1, 2 and 3, whatever else diverged.
  let lost = [Double](repeating: .infinity, count: 5)
  #expect(rule.goOn(0..<8, of: [3, 1, 2] + lost) == [false, true, true] + lost.map { _ in false })
}
