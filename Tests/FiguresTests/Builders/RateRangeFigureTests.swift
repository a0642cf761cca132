import Figures
import Testing

@Suite struct RateRangeFigureTests {
  private let test = RateRangeFigure.Test(
    name: "net", rates: [0.001, 0.01, 0.1, 1], losses: [2, 1.5, 1, 9], smoothed: [3, 2, 1, 40],
    marks: (suggested: 0.02, steepest: 0.05, minimum: 0.1))

  @Test func aTestWithItsMarksIsPinned() {
    let figure = RateRangeFigure.figure([test], title: "T", seeds: 3)
    // From 1 to 3 · 1.3 - 1 · 0.3 = 3.6, and 6 % of 2.6 below: 0.844.
    #expect(
      FigureText(figure).text
        == """
        figure 'T' / 'the rate rises from update to update; means over 3 seeds'
        panel 0.0 grid
          x 'learning rate' log
          y 'training loss' [0.844 3.6]
          line #0072b2 w0.8 o0.3: 0.001,2 0.01,1.5 0.1,1 1,9
          line #0072b2: 0.001,3 0.01,2 0.1,1 1,40
          upright 0.1 #595959 w1.2 dotted
          upright 0.05 #e69f00 w1.4 dashed
          upright 0.02 #00795a triangle
        legend 'smoothed' line #0072b2
        legend 'each batch' line #0072b2 w0.8 o0.3
        legend 'suggested' line #00795a triangle
        legend 'falls fastest' line #e69f00 w1.4 dashed
        legend 'least' line #595959 w1.2 dotted
        """)
  }

  @Test func severalTestsHaveTheirNames() {
    let bare = RateRangeFigure.Test(
      name: "bare", rates: [1], losses: [.nan], smoothed: [.nan], marks: nil)
    let figure = RateRangeFigure.figure([test, bare, test, bare], title: "T", seeds: 1)
    #expect(figure.panels.map { $0.map(\.title) } == [["net", "bare", "net"], ["bare"]])
    #expect(figure.panels[0][1].y.range == nil && figure.panels[0][1].layers.count == 2)
    #expect(figure.subtitle == "the rate rises from update to update")
  }

  @Test func testsDifferInEveryPart() {
    var other = test
    #expect(other == test)
    other.marks?.minimum = 0.2
    #expect(other != test)
  }
}
