import Figures
import Testing
import Tracking

@Suite struct SeriesGroupsTests {
  private func legend(_ groups: [String], heading: String = "") -> [LegendEntry] {
    var options = SweepOptions(metric: .valLoss, xName: "k")
    options.heading = heading
    return Figure.final(
      groups.map { SweepValue(x: .integer(1), group: $0, seed: 0, value: 1) },
      options: options
    ).legend
  }

  @Test func numbersAreSortedAndFromThreeOnOrdered() {
    // viridis at 0, half of 0.86 and 0.86: 3.44 and 6.88 eighths.
    let three = legend(["10", "1e-3", "2"], heading: "lr")
    #expect(three.map(\.label) == ["lr", "0.001", "2", "10"])
    #expect(
      three.dropFirst().map(\.sign) == [
        .lineAndMarker(Stroke(color: Color(0x440154))),
        .lineAndMarker(
          Stroke(color: Color(0x2C728E).mixed(with: Color(0x21918C), share: 0.44), marker: .square)),
        .lineAndMarker(
          Stroke(
            color: Color(0x5EC962).mixed(with: Color(0xADDC30), share: 0.88), marker: .triangle)),
      ])
    let two = legend(["10", "2"])
    #expect(two.map(\.label) == ["2", "10"])
    #expect(
      two.map(\.sign) == [
        .lineAndMarker(Stroke(color: Color(0x0072B2))),
        .lineAndMarker(Stroke(color: Color(0xE69F00), marker: .square)),
      ])
  }

  @Test func namesStayInTheirOrder() {
    #expect(legend(["wide", "7", "small", "wide"]).map(\.label) == ["wide", "7", "small"])
    #expect(legend([""], heading: "model").isEmpty)
    #expect(legend(["only"], heading: "model").map(\.label) == ["only"])
  }
}
