import Drawing
import Figures
import GnuplotBackend
import Testing

/// Whole scripts of panels with axes and of cells.
@Suite struct PanelScriptTests {
  private let blue = Stroke(color: Color(0x0072B2))
  private let red = Stroke(
    color: Color(0xD55E00), width: 0.8, dash: .dashDotted, marker: .diamond, opacity: 0.5)

  private func text(_ panels: [[Panel]], title: String = "", legend: [LegendEntry] = []) -> String {
    ScriptText(Script(Figure(title: title, panels: panels, legend: legend))).text
  }

  @Test func linesBandsPointsRulesAndNotes() {
    let layers: [Layer] = [
      .band(
        Band(
          xs: [1, 2, 4], lower: [-1, 2, .nan], upper: [3, 8, 9], color: blue.color, opacity: 0.25)),
      // The third value has no place on the axis; 5 and 9 stand alone beside gaps.
      .line(Line(xs: [1, 2, 3, 4, 5, 6], ys: [2, 3, 0, 5, .nan, 9], stroke: blue)),
      .line(Line(xs: [1, 3], ys: [1, 4], stroke: red, hasMarkers: true)),
      .line(Line(xs: [7], ys: [6], stroke: blue)),
      .points(
        Points(
          xs: [1, 2, 3, 4], ys: [4, 3, .nan, 2],
          bars: Points.Bars(lower: [3, -2, 1, 2], upper: [5, 8, 3, 2]), stroke: red, size: 2)),
      .colored(
        ColoredPoints(
          xs: [1, 2, 3], ys: [5, -1, 7], colors: [Color(0x010203), .black, Color(0xFF0080)],
          size: 0.5)),
      .rule(Rule(.x(2), stroke: red)), .rule(Rule(.y(5), stroke: blue)),
      .rule(Rule(.x(99), stroke: blue)),
      .note(Note("a `b` {c}^2_1", x: 3, y: 6, color: red.color, anchor: .right)),
      .note(Note("below", x: 3, y: -6, color: red.color)),
    ]
    var x = Axis("epoch", range: 0...8)
    x.isWhole = true
    let panel = Panel(
      title: "P", x: x, y: Axis("loss", unit: "s", scale: .log, range: 1...10), layers: layers)
    #expect(
      text([[panel]], title: "T")
        == """
        set encoding utf8
        set multiplot
        unset key
        unset label; unset arrow; unset object
        set label "T" at (14 23) left norotate font ",15.0" textcolor rgb "#1a1a1a" front
        set label "P" at (317.86 52.5) center norotate font ",12.5" textcolor rgb "#1a1a1a" front
        set label "0" at (57.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1" at (122.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2" at (187.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "3" at (252.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "4" at (317.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "5" at (382.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "6" at (447.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "7" at (512.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "8" at (577.86 398.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "epoch" at (317.86 415.5) center norotate font ",12.0" textcolor rgb "#1a1a1a" \
        front
        set label "1" at (49.86 385.5) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2" at (49.86 288.57) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "5" at (49.86 160.43) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "10" at (49.86 63.5) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "loss (s)" at (24 224.5) center rotate by 90.0 font ",12.0" textcolor rgb \
        "#1a1a1a" front
        lmargin 57.86; rmargin 577.86
        tmargin 63.5; bmargin 385.5
        unset logscale
        set logscale y 10
        set xrange [0.0:8.0]
        set yrange [1.0:10.0]
        set border 3 lc rgb "#595959" lw 0.8
        set xtics out nomirror scale 0.6,0.3 ("" -0.0 0, "" 1.0 0, "" 2.0 0, "" 3.0 0, "" 4.0 0, \
        "" 5.0 0, "" 6.0 0, "" 7.0 0, "" 8.0 0)
        set ytics out nomirror scale 0.6,0.3 ("" 1.0 0, "" 2.0 0, "" 3.0 1, "" 4.0 1, "" 5.0 0, \
        "" 6.0 1, "" 7.0 1, "" 8.0 1, "" 9.0 1, "" 10.0 0)
        set grid xtics ytics back lt 1 lc rgb "#e3e3e3" lw 0.6, lt 0 lw 0
        set label "a \\140b\\140 \\173c\\175\\136\\062_1" at first 3.0,6.0 right norotate font \
        ",11.0" textcolor rgb "#d55e00" front
        plot \\
          1,1,3 2,2,8 4,nan,9 using 1:2:3 with filledcurves fillcolor rgb "#0072b2" fillstyle \
        transparent solid 0.25 noborder, \\
          1,2 2,3 3,nan 4,5 5,nan 6,9 using 1:2 with lines lc rgb "#0072b2" lw 1.8 dt solid, \\
          4,5 6,9 using 1:2 with points pt 7 ps 0.385 lc rgb "#0072b2" lw 1.2, \\
          1,1 3,4 using 1:2 with lines lc rgb "#80d55e00" lw 0.8 dt (8,3,2,3), \\
          1,1 3,4 using 1:2 with points pt 13 ps 0.715 lc rgb "#80d55e00" lw 1.2, \\
          7,6 using 1:2 with points pt 7 ps 0.55 lc rgb "#0072b2" lw 1.2, \\
          1,4,3,5 2,3,1,8 using 1:2:3:4 with yerrorbars pt 0 ps 0 lc rgb "#4dd55e00" lw 1.1, \\
          1,4 2,3 4,2 using 1:2 with points pt 13 ps 1.43 lc rgb "#80d55e00" lw 1.2, \\
          1,5,66051 3,7,16711808 using 1:2:3 with points pt 7 ps 0.275 lc rgb variable, \\
          2,1 2,10 using 1:2 with lines lc rgb "#80d55e00" lw 0.8 dt (8,3,2,3), \\
          0,5 8,5 using 1:2 with lines lc rgb "#0072b2" lw 1.8 dt solid
        unset multiplot

        """)
  }

  @Test func cellsWithTheirColourBar() {
    func cell(_ color: UInt32, _ text: String, _ isHatched: Bool = false) -> HeatMap.Cell {
      HeatMap.Cell(color: Color(color), text: text, isHatched: isHatched)
    }
    let panel = Panel(
      x: Axis("lr", scale: .categories(["0.1", "1", "10"])),
      y: Axis("model", scale: .categories(["low", "high"])),
      layers: [
        .heatMap(
          HeatMap(rows: [
            [cell(0x440154, "1"), cell(0xFDE725, "2"), cell(0xD0D0D0, "no", true)],
            [cell(0x21918C, "4"), cell(0xFFFFFF, ""), cell(0x3B528B, "6")],
          ]))
      ], colorScale: ColorScale(label: "loss", range: 0...4), hasGrid: false)
    #expect(
      text([[panel]])
        == """
        set encoding utf8
        set multiplot
        unset key
        unset label; unset arrow; unset object
        set object rectangle from (282.53 130) to (294.53 20) front fillcolor rgb "#440456" \
        fillstyle transparent solid 1.0 noborder
        ... 62 more
        set object rectangle from (282.53 21.72) to (294.53 20) front fillcolor rgb "#f8e626" \
        fillstyle transparent solid 1.0 noborder
        set label "0.1" at (101.86 143) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1" at (168.53 143) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "10" at (235.2 143) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "lr" at (168.53 160) center norotate font ",12.0" textcolor rgb "#1a1a1a" front
        set label "low" at (60.53 102.5) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "high" at (60.53 47.5) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "model" at (24 75) center rotate by 90.0 font ",12.0" textcolor rgb "#1a1a1a" \
        front
        set label "0" at (299.53 130) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1" at (299.53 102.5) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2" at (299.53 75) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "3" at (299.53 47.5) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "4" at (299.53 20) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "loss" at (320.46 75) center rotate by 90.0 font ",12.0" textcolor rgb \
        "#1a1a1a" front
        lmargin 68.53; rmargin 268.53
        tmargin 20; bmargin 130
        unset logscale
        set xrange [-0.5:2.5]
        set yrange [-0.5:1.5]
        unset border; unset xtics; unset ytics; unset grid
        set object rectangle from (68.53 130) to (135.2 75) back fillcolor rgb "#440154" \
        fillstyle solid border lc rgb "#ffffff" lw 1.2
        set label "1" at (101.86 102.5) center norotate font ",11.0" textcolor rgb "#ffffff" front
        set object rectangle from (135.2 130) to (201.86 75) back fillcolor rgb "#fde725" \
        fillstyle solid border lc rgb "#ffffff" lw 1.2
        set label "2" at (168.53 102.5) center norotate font ",11.0" textcolor rgb "#111111" front
        set object rectangle from (201.86 130) to (268.53 75) back fillcolor rgb "#d0d0d0" \
        fillstyle solid border lc rgb "#ffffff" lw 1.2
        set arrow from (201.86 83) to (209.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (201.86 91) to (217.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (201.86 99) to (225.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (201.86 107) to (233.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (201.86 115) to (241.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (201.86 123) to (249.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (202.86 130) to (257.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (210.86 130) to (265.86 75) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (218.86 130) to (268.53 80.33) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (226.86 130) to (268.53 88.33) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (234.86 130) to (268.53 96.33) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (242.86 130) to (268.53 104.33) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (250.86 130) to (268.53 112.33) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (258.86 130) to (268.53 120.33) nohead front lc rgb "#a6595959" lw 0.7
        set arrow from (266.86 130) to (268.53 128.33) nohead front lc rgb "#a6595959" lw 0.7
        set label "no" at (235.2 102.5) center norotate font ",11.0" textcolor rgb "#111111" front
        set object rectangle from (68.53 75) to (135.2 20) back fillcolor rgb "#21918c" fillstyle \
        solid border lc rgb "#ffffff" lw 1.2
        set label "4" at (101.86 47.5) center norotate font ",11.0" textcolor rgb "#111111" front
        set object rectangle from (135.2 75) to (201.86 20) back fillcolor rgb "#ffffff" \
        fillstyle solid border lc rgb "#ffffff" lw 1.2
        set object rectangle from (201.86 75) to (268.53 20) back fillcolor rgb "#3b528b" \
        fillstyle solid border lc rgb "#ffffff" lw 1.2
        set label "6" at (235.2 47.5) center norotate font ",11.0" textcolor rgb "#ffffff" front
        plot \\
          -1.25,-1.25 using 1:2 with dots
        unset multiplot

        """)
  }
}
