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

  /// Each of the eight dots of a character by Unicode's numbers of Braille dots.
  @Test func placesAreCountedFromTheBottomLeft() {
    let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    for row in 0..<4 {
      for column in 0..<2 {
        var canvas = DotCanvas(width: 1, height: 1)
        canvas.dot(x: Double(column), y: 1 - Double(row) / 3)
        let letter = canvas.lines()[0].unicodeScalars.first?.value
        #expect(letter == 0x2800 + bits[row][column])
      }
    }
    var wide = DotCanvas(width: 3, height: 2)
    wide.dot(x: 0.4, y: 0, group: 1)
    wide.dot(x: 1, y: 1, group: 0)
    wide.dot(x: 1, y: 1, group: 2)
    #expect(wide.lines() == ["⠀⠀⠈", "⠀⡀⠀"])
    #expect(
      wide.lines(TextStyle(isColored: true)).map(outgoing)
        == ["⠀⠀\u{1B}[32m⠈\u{1B}[0m", "⠀\u{1B}[33m⡀\u{1B}[0m⠀"])
    #expect(wide.width == 3 && wide.height == 2)
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
    let lines = SmallCurve(values).lines(width: 10, height: 2) { "\(Int($0))" }
    // Value 500 of 1000 falls into column 10 of 20, the left one of the sixth character.
    #expect(lines == ["⠀⠀⠀⠀⠀⡇⠀⠀⠀⠀ 1", "⣀⣀⣀⣀⣀⣇⣀⣀⣀⣀ 0"])
  }

  @Test func gapsAndFlatCurvesAreDrawn() {
    #expect(SmallCurve([.nan, .infinity]).lines(width: 3, height: 1) { "\($0)" } == [])
    #expect(SmallCurve([2, 2]).lines(width: 1, height: 1) { "\($0)" } == ["⠤ 2.0"])
    // Of eight columns the two at either end are nearest to a value that is one.
    #expect(SmallCurve([1, .nan, .nan, 2]).lines(width: 4, height: 1) { "\($0)" } == ["⣀⠀⠀⠉ 2.0"])
    #expect(SmallCurve([]).lines(width: 4, height: 1) { "\($0)" } == [])
  }
}
