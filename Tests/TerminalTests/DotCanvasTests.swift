import Terminal
import Testing

struct DotCanvasTests {
  @Test func everyDotHasItsBit() {
    var canvas = DotCanvas(width: 1, height: 1)
    canvas.dot(x: 0, y: 1)
    #expect(canvas.lines() == ["⠁"])
    canvas.dot(x: 1, y: 0)
    #expect(canvas.lines() == ["⢁"])
    canvas.dot(x: 1, y: 1)
    canvas.dot(x: 0, y: 0)
    #expect(canvas.lines() == ["⣉"])
  }

  @Test func whatLiesOutsideIsNotDrawn() {
    var canvas = DotCanvas(width: 2, height: 1)
    canvas.dot(x: 1.01, y: 0.5)
    canvas.dot(x: .nan, y: 0.5)
    canvas.dot(x: 0.5, y: -.infinity)
    #expect(canvas.lines() == ["⠀⠀"])
  }

  @Test func aCurveFallsFromTheGreatestToTheLeastValue() {
    let lines = SmallCurve([3, 2, 1, 0]).lines(width: 2, height: 1) { "\(Int($0))" }
    #expect(lines == ["⠑⢄ 3"])
    let tall = SmallCurve([0, 1]).lines(width: 1, height: 2) { "\(Int($0))" }
    #expect(tall == ["⠈ 1", "⡀ 0"])
  }

  @Test func aCurveOfManyValuesKeepsItsPeaks() {
    var values = [Double](repeating: 0, count: 1000)
    values[500] = 1
    let lines = SmallCurve(values).lines(width: 10, height: 4) { "\($0)" }
    #expect(lines[0].contains { !"⠀ .01".contains($0) })
  }

  @Test func gapsAndFlatCurvesAreDrawn() {
    #expect(SmallCurve([.nan, .infinity]).lines(width: 3, height: 1) { "\($0)" } == [])
    #expect(SmallCurve([2, 2]).lines(width: 1, height: 1) { "\($0)" } == ["⠤ 2.0"])
    #expect(SmallCurve([1, .nan, .nan, 2]).lines(width: 4, height: 1) { "\($0)" }.count == 1)
  }
}
