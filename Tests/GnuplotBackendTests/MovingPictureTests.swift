import Drawing
import Figures
import Foundation
import GnuplotBackend
import Testing
import Tracking

/// Several moments of a figure as one drawing.
struct MovingPictureTests {
  /// A point that goes from left to right, on axes that stay.
  private func figure(_ count: Int, points: Int = 3) -> Figure {
    Figure(
      moving: (0..<count).map { moment in
        let xs = (0..<points).map { Double($0) / Double(points) + Double(moment) }
        let still = Points(xs: [0, 9], ys: [0, 9], stroke: Stroke(color: .black), size: 1)
        let moved = Points(xs: xs, ys: xs, stroke: Stroke(color: Color(0x0072B2)), size: 1)
        return Figure(
          title: "Moving",
          panels: [
            [
              Panel(
                title: "at \(moment)", x: Axis("x", range: 0...10), y: Axis("y", range: 0...10),
                layers: [.points(still), .points(moved)])
            ]
          ])
      }, note: "Moves.")
  }

  @Test func whatStaysStandsOnceAndWhatMovesOnceAMoment() throws {
    let svg = try FigureWriter().svg(figure(4))
    #expect(svg.contains("<svg class=\"moving\" data-moments=\"4\""))
    for moment in 0..<4 {
      #expect(svg.ranges(of: ">at \(moment)<").count == 1)
      #expect(svg.contains("style=\"--moment:\(moment)\""))
    }
    #expect(svg.ranges(of: ">Moving<").count == 2, "the title of the drawing, and the text")
    #expect(svg.ranges(of: ">Moves.<").count == 1)
    // Two points stand still, three are drawn at each of four moments.
    let body = svg.components(separatedBy: "</defs>").last ?? ""
    #expect(body.ranges(of: "<use ").count == 2 + 3 * 4)
    // The last moment is what is seen where nothing moves.
    let last = svg.ranges(of: "class=\"moment last\"").count
    #expect(last > 0 && last == svg.ranges(of: "--moment:3\"").count)
    let style = try #require(svg.firstMatch(of: /<style>(?<css>[^<]*)<\/style>/)).output.css
    #expect(style.contains("@media screen and (prefers-reduced-motion:no-preference)"))
    #expect(!svg.contains("<script") && !svg.contains("<animate"))
    #expect(svg.ranges(of: "<g ").count == svg.ranges(of: "</g>").count)
    #expect(svg.ranges(of: "<text").count == svg.ranges(of: "</text>").count)
  }

  /// The other formats, and the figure itself, are the last moment.
  @Test func otherFormatsShowTheLast() throws {
    let moving = figure(3)
    #expect(moving.panels[0][0].title == "at 2" && moving.notes == ["Moves."])
    var still = moving
    still.moments = []
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = FigureWriter()
    try writer.write(moving, to: folder.path + "/a.png")
    try writer.write(still, to: folder.path + "/b.png")
    #expect(
      FileManager.default.contents(atPath: folder.path + "/a.png")
        == FileManager.default.contents(atPath: folder.path + "/b.png"))
  }

  /// Day and night, and one day after another, have the same parts: a page makes one drawing of both.
  @Test func equalFiguresAreEqualDrawingsWhateverWasDrawnBefore() throws {
    let writer = FigureWriter()
    let first = try writer.svg(figure(5))
    #expect(try writer.svg(figure(5)) == first)
    #expect(writer.fingerprint(of: figure(5)) != writer.fingerprint(of: figure(4)))
  }

  @Test func moreThanTwoMegabytesAreRefused() {
    #expect(throws: LabbookError.self) { try FigureWriter().svg(figure(8, points: 4000)) }
  }

  /// The slots of all moments fill the time: one each, more for the last.
  @Test(arguments: [2, 4, 9, 13, 20])
  func everyMomentHasItsTime(_ count: Int) throws {
    let css = MovingStyle.css(moments: count, within: ".m")
    let ends = css.matches(of: /(?<share>[0-9.]+)%\{visibility:hidden\}100%/).compactMap {
      Double($0.output.share)
    }
    #expect(ends.count == 2)
    #expect(abs(Double(count - 1) * ends[0] + ends[1] - 100) < 0.01)
    #expect(ends[1] > 2 * ends[0])
    let slots = try #require(css.firstMatch(of: /--moment\) - (?<slots>[0-9]+)/)).output.slots
    #expect(abs(100 / ends[0] - (Double(slots) ?? 0)) < 0.01)
  }
}
