import Drawing
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
    #expect(three.map(\.label) == ["lr", "1e-3", "2", "10"])
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

/// Names of a whole notebook.
@Suite struct KnownNamesTests {
  private func signs(_ groups: [String], known: [String]) -> [String: Stroke] {
    var options = SweepOptions(metric: .valLoss, xName: "k")
    options.known = known
    let legend = Figure.final(
      groups.map { SweepValue(x: .integer(1), group: $0, seed: 0, value: 1) }, options: options
    ).legend
    var found: [String: Stroke] = [:]
    for entry in legend {
      if case .lineAndMarker(let stroke) = entry.sign { found[entry.label] = stroke }
    }
    return found
  }

  @Test func aNameLooksAlikeInEveryFigure() {
    let known = ["wide", "narrow", "deep"]
    let all = signs(known, known: known)
    let two = signs(["deep", "narrow"], known: known)
    #expect(two["deep"] == all["deep"] && two["narrow"] == all["narrow"])
    #expect(Set(all.values).count == 3)
    // The legend has the order of the file.
    var options = SweepOptions(metric: .valLoss, xName: "k")
    options.known = known
    let legend = Figure.final(
      ["deep", "wide"].map { SweepValue(x: .integer(1), group: $0, seed: 0, value: 1) },
      options: options
    ).legend
    #expect(legend.map(\.label) == ["wide", "deep"])
  }

  @Test func numbersKeepTheirShades() {
    let known = ["0.001", "0.01", "0.1"]
    let all = signs(known, known: known)
    let two = signs(["0.1", "0.001"], known: known)
    #expect(two["0.1"] == all["0.1"] && two["0.001"] == all["0.001"])
  }

  @Test func upTo24NamesNoTwoLooksAreAlike() {
    let names = (1...24).map { "net \($0)" }
    let looks = signs(names, known: names).values.map { stroke in
      "\(stroke.color.hex) \(stroke.dash) \(stroke.marker)"
    }
    #expect(Set(looks).count == 24)
  }

  @Test func ofMoreTheOthersAreGreyAndCounted() {
    let names = (1...60).map { "net \($0)" }
    var options = SweepOptions(metric: .valLoss, xName: "k")
    options.heading = "model"
    let figure = Figure.final(
      names.map { SweepValue(x: .integer(1), group: $0, seed: 0, value: 1) }, options: options)
    #expect(figure.legend.count == 26 && figure.legend.last?.label == "36 more")
    #expect(figure.notes.contains { $0.hasPrefix("24 of 60 have a colour") })
    // A figure of a few names that come late in the notebook has looks for all of them.
    let late = signs(Array(names.suffix(3)), known: names)
    #expect(Set(late.values.map(\.color)).count == 3)
  }
}
