import Experiments
import Figures
import GnuplotBackend
import Testing

/// Whole scripts, one for every kind of layer.
@Suite struct ScriptPinTests {
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
          xs: [1, 2, 3, 4], ys: [4, 3, .nan, 2], deviations: [1, 5, 1, 0], stroke: red, size: 2)),
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
        set label "a \\140b\\140 \\173c\\175\\1362_1" at first 3.0,6.0 right norotate font \
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

  @Test func regionsUnderTwoPanels() {
    let regions = Regions(
      xRange: -1...1, yRange: 0...3, width: 3, height: 2,
      colors: (1...6).map { Color(red: $0, green: 0, blue: 16 * $0) })
    let panel = Panel(
      title: "a", x: Axis("u"), y: Axis("v"), layers: [.regions(regions)], isSquare: true,
      hasGrid: false)
    let empty = Panel(title: "b", x: Axis("u"), y: Axis("v", scale: .log), layers: [])
    #expect(
      text([[panel, empty]])
        == """
        set encoding utf8
        set multiplot
        unset key
        unset label; unset arrow; unset object
        set label "a" at (251.6 25) center norotate font ",12.5" textcolor rgb "#1a1a1a" front
        set label "−1.0" at (61.6 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "−0.5" at (156.6 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.0" at (251.6 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.5" at (346.6 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.0" at (441.6 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "u" at (251.6 636) center norotate font ",12.0" textcolor rgb "#1a1a1a" front
        set label "0.0" at (53.6 606) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.2" at (53.6 568) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.4" at (53.6 530) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.6" at (53.6 492) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.8" at (53.6 454) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.0" at (53.6 416) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.2" at (53.6 378) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.4" at (53.6 340) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.6" at (53.6 302) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.8" at (53.6 264) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2.0" at (53.6 226) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2.2" at (53.6 188) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2.4" at (53.6 150) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2.6" at (53.6 112) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2.8" at (53.6 74) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "3.0" at (53.6 36) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "v" at (24 321) center rotate by 90.0 font ",12.0" textcolor rgb "#1a1a1a" front
        set label "b" at (693.46 25) center norotate font ",12.5" textcolor rgb "#1a1a1a" front
        set label "0.0" at (503.46 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.2" at (579.46 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.4" at (655.46 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.6" at (731.46 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.8" at (807.46 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.0" at (883.46 619) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "u" at (693.46 636) center norotate font ",12.0" textcolor rgb "#1a1a1a" front
        set label "1" at (495.46 606) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "2" at (495.46 434.41) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "5" at (495.46 207.59) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "10" at (495.46 36) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "v" at (469.6 321) center rotate by 90.0 font ",12.0" textcolor rgb "#1a1a1a" \
        front
        lmargin 61.6; rmargin 441.6
        tmargin 36; bmargin 606
        unset logscale
        set xrange [-1.0:1.0]
        set yrange [0.0:3.0]
        set border 15 lc rgb "#595959" lw 0.8
        set xtics out nomirror scale 0.6,0.3 ("" -1.0 0, "" -0.5 0, "" 0.0 0, "" 0.5 0, "" 1.0 0)
        set ytics out nomirror scale 0.6,0.3 ("" -0.0 0, "" 0.2 0, "" 0.4 0, "" 0.6 0, "" 0.8 0, \
        "" 1.0 0, "" 1.2 0, "" 1.4 0, "" 1.6 0, "" 1.8 0, "" 2.0 0, "" 2.2 0, "" 2.4 0, "" 2.6 0, \
        "" 2.8 0, "" 3.0 0)
        unset grid
        plot \\
          picture 3 by 2 origin=(-1.0,0.0) dx=1.0 dy=3.0 [010010 020020 030030 | 040040 050050 \
        060060] using 1:2:3 with rgbimage
        unset label; unset arrow; unset object
        lmargin 503.46; rmargin 883.46
        tmargin 36; bmargin 606
        unset logscale
        set logscale y 10
        set xrange [0.0:1.0]
        set yrange [1.0:10.0]
        set border 3 lc rgb "#595959" lw 0.8
        set xtics out nomirror scale 0.6,0.3 ("" -0.0 0, "" 0.2 0, "" 0.4 0, "" 0.6 0, "" 0.8 0, \
        "" 1.0 0)
        set ytics out nomirror scale 0.6,0.3 ("" 1.0 0, "" 2.0 0, "" 3.0 1, "" 4.0 1, "" 5.0 0, \
        "" 6.0 1, "" 7.0 1, "" 8.0 1, "" 9.0 1, "" 10.0 0)
        set grid xtics ytics back lt 1 lc rgb "#e3e3e3" lw 0.6, lt 0 lw 0
        set label "no values" at (693.46 321) center norotate font ",12.0" textcolor rgb \
        "#595959" front
        plot \\
          -1,-0.5 using 1:2 with dots
        unset multiplot

        """)
  }

  @Test func smallPicturesWithCaptions() {
    func tile(_ colors: [UInt32], _ width: Int, _ caption: String, frame: Color? = nil)
      -> Tiles.Tile
    {
      Tiles.Tile(
        width: width, height: colors.count / width, colors: colors.map { Color($0) },
        caption: caption, frame: frame)
    }
    let tiles = Tiles(
      rows: [
        [tile([1, 2, 3, 4, 5, 6], 3, "is a\nsaid b"), tile([7, 8], 1, "c", frame: red.color)],
        [tile([9], 1, "")],
      ], size: 56)
    #expect(
      text([[Panel(tiles: tiles, rowNames: ["r", "s"])]])
        == """
        set encoding utf8
        set multiplot
        unset key
        unset label; unset arrow; unset object
        set label "s" at (22.93 152) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "r" at (22.93 64) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        lmargin 30.93; rmargin 200.93
        tmargin 20; bmargin 196
        unset logscale
        set xrange [-0.5:1.5]
        set yrange [-0.5:1.5]
        unset border; unset xtics; unset ytics; unset grid
        set object rectangle from (45.43 66.67) to (101.43 29.33) front fillstyle empty border lc \
        rgb "#e3e3e3" lw 0.5
        set label "is a" at (73.43 83) center norotate font ",9.0" textcolor rgb "#1a1a1a" front
        set label "said b" at (73.43 95) center norotate font ",9.0" textcolor rgb "#1a1a1a" front
        set object rectangle from (144.43 76) to (172.43 20) front fillstyle empty border lc rgb \
        "#d55e00" lw 1.6
        set label "c" at (158.43 83) center norotate font ",9.0" textcolor rgb "#1a1a1a" front
        set object rectangle from (45.43 164) to (101.43 108) front fillstyle empty border lc rgb \
        "#e3e3e3" lw 0.5
        plot \\
          picture 111 by 74 origin=(-0.326444,0.972563) dx=0.005935 dy=0.005733 [37 x 37 x 000004 \
        37 x 000005 37 x 000006 | 37 x 37 x 000001 37 x 000002 37 x 000003] using 1:2:3 with \
        rgbimage, \\
          picture 56 by 112 origin=(0.838235,0.866477) dx=0.005882 dy=0.005682 [56 x 56 x 000008 \
        | 56 x 56 x 000007] using 1:2:3 with rgbimage, \\
          picture 112 by 112 origin=(-0.326471,-0.133523) dx=0.005882 dy=0.005682 [112 x 112 x \
        000009] using 1:2:3 with rgbimage
        unset multiplot

        """)
  }

  @Test func boxesWithArrows() {
    let diagram = Diagram(
      nodes: [
        .init(["x"], .value), .init(["0 linear", "weight (3, 2)"], .module(blue.color)),
        .init(["+"], .joint), .init(["y"], .value),
      ],
      edges: [
        .init(from: 0, to: 1, label: "(2)"), .init(from: 1, to: 2, label: "(3)"),
        .init(from: 0, to: 2), .init(from: 2, to: 3, label: "(3)"),
      ], isUpward: true)
    #expect(
      text([[Panel(title: "g", diagram: diagram)]])
        == """
        set encoding utf8
        set multiplot
        unset key
        unset label; unset arrow; unset object
        set label "g" at (92.73 25) center norotate font ",12.5" textcolor rgb "#1a1a1a" front
        lmargin 24; rmargin 161.46
        tmargin 36; bmargin 229
        unset logscale
        set xrange [-0.5:0.5]
        set yrange [-0.5:0.5]
        unset border; unset xtics; unset ytics; unset grid
        set arrow from (116.59 206) to (78.73 174) head filled size 7,18 back lc rgb "#595959" lw \
        1.2
        set arrow from (78.73 136) to (116.59 104) head filled size 7,18 back lc rgb "#595959" lw \
        1.2
        set arrow from (116.59 206) to (154.46 155) nohead back lc rgb "#595959" lw 1.2
        set arrow from (154.46 155) to (116.59 104) head filled size 7,18 back lc rgb "#595959" \
        lw 1.2
        set arrow from (116.59 91) to (116.59 59) head filled size 7,18 back lc rgb "#595959" lw 1.2
        set label "x" at (116.59 214.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set object rectangle from (30 174) to (127.46 136) front fillcolor rgb "#dbebf4" \
        fillstyle solid border lc rgb "#0072b2" lw 1.4
        set label "0 linear" at (78.73 147.5) center norotate font ",11.0" textcolor rgb \
        "#1a1a1a" front
        set label "weight (3, 2)" at (78.73 162.5) center norotate font ",11.0" textcolor rgb \
        "#595959" front
        set object circle at (116.59 97.5) size 6.5 front fillcolor rgb "#ffffff" fillstyle solid \
        border lc rgb "#595959" lw 1.2
        set label "+" at (116.59 97.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "y" at (116.59 50.5) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "(2)" at (107.45 192.56) left norotate font ",10.0" textcolor rgb "#595959" front
        set label "(3)" at (99.88 122.56) left norotate font ",10.0" textcolor rgb "#595959" front
        set label "(3)" at (122.59 77.56) left norotate font ",10.0" textcolor rgb "#595959" front
        plot \\
          -1.25,-1.25 using 1:2 with dots
        unset multiplot

        """)
  }

  @Test func everySignOfALegend() {
    let legend: [LegendEntry] = [
      LegendEntry("heading", .none), LegendEntry("line", .line(red)),
      LegendEntry("band", .lineAndBand(blue)), LegendEntry("both", .lineAndMarker(red)),
      LegendEntry("marker", .marker(blue)), LegendEntry("box", .box(Color(0x595959))),
    ]
    let panel = Panel(
      x: Axis("", range: 0...1), y: Axis("", range: 0...1),
      layers: [.rule(Rule(.x(0.5), stroke: blue))])
    #expect(
      text([[panel]], legend: legend)
        == """
        set encoding utf8
        set multiplot
        unset key
        unset label; unset arrow; unset object
        set object rectangle from (147.66 27.75) to (171.66 17.85) front fillcolor rgb "#0072b2" \
        fillstyle transparent solid 0.22 noborder
        set object rectangle from (388.27 27.75) to (412.27 17.85) front fillcolor rgb "#595959" \
        fillstyle transparent solid 1.0 noborder
        set label "" at (236.38 22.8) front point pt 13 ps 0.82225 lc rgb "#80d55e00" lw 1.2
        set label "" at (310.68 22.8) front point pt 7 ps 0.6325 lc rgb "#0072b2" lw 1.2
        set label "heading" at (14 22.8) left norotate font ",11.0" textcolor rgb "#595959" front
        set label "line" at (108.32 22.8) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "band" at (178.66 22.8) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "both" at (255.38 22.8) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "marker" at (329.68 22.8) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "box" at (419.27 22.8) left norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.0" at (41.6 378.6) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.2" at (145.6 378.6) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.4" at (249.6 378.6) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.6" at (353.6 378.6) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.8" at (457.6 378.6) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.0" at (561.6 378.6) center norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.0" at (33.6 365.6) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.2" at (33.6 301.2) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.4" at (33.6 236.8) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.6" at (33.6 172.4) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "0.8" at (33.6 108) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        set label "1.0" at (33.6 43.6) right norotate font ",11.0" textcolor rgb "#1a1a1a" front
        lmargin 41.6; rmargin 561.6
        tmargin 43.6; bmargin 365.6
        unset logscale
        set xrange [0.0:1.0]
        set yrange [0.0:1.0]
        set border 3 lc rgb "#595959" lw 0.8
        set xtics out nomirror scale 0.6,0.3 ("" -0.0 0, "" 0.2 0, "" 0.4 0, "" 0.6 0, "" 0.8 0, \
        "" 1.0 0)
        set ytics out nomirror scale 0.6,0.3 ("" -0.0 0, "" 0.2 0, "" 0.4 0, "" 0.6 0, "" 0.8 0, \
        "" 1.0 0)
        set grid xtics ytics back lt 1 lc rgb "#e3e3e3" lw 0.6, lt 0 lw 0
        plot \\
          0.5,0 0.5,1 using 1:2 with lines lc rgb "#0072b2" lw 1.8 dt solid
        unset label; unset arrow; unset object; unset border; unset xtics; unset ytics; unset grid
        unset logscale; lmargin 0; rmargin 594
        bmargin 404; tmargin 0
        set xrange [0:594.0]; set yrange [404.0:0]
        plot \\
          77.32,22.8 101.32,22.8 using 1:2 with lines lc rgb "#80d55e00" lw 0.8 dt (8,3,2,3), \\
          147.66,22.8 171.66,22.8 using 1:2 with lines lc rgb "#0072b2" lw 1.8 dt solid, \\
          224.38,22.8 248.38,22.8 using 1:2 with lines lc rgb "#80d55e00" lw 0.8 dt (8,3,2,3)
        unset multiplot

        """)
  }

  @Test func terminalsHaveTheSizeAndTheColours() {
    var figure = Figure(
      title: "", panels: [[Panel(x: Axis(""), y: Axis(""), layers: [])]], style: .dark)
    figure.panels[0][0].x.range = 0...1
    let script = Script(figure)
    // One panel of 520 points by 322 (62 %), margins 10 + 21.89 + 18 and 14 on both sides.
    #expect(
      [script.terminal(.svg), script.terminal(.png), script.terminal(.pdf)].joined(separator: "\n")
        == """
        set terminal svg size 594,380 dynamic font "sans-serif,12.0" noenhanced background "#16181d"
        set terminal pngcairo size 1188,760 font "sans-serif,12.0" noenhanced fontscale 1.5 \
        linewidth 2 pointscale 2 background "#16181d"
        set terminal pdfcairo size 8.25in,5.277777777777778in font "sans-serif,12.0" noenhanced \
        fontscale 0.75 linewidth 2 pointscale 1 background "#16181d"
        """)
  }
}
