import Drawing
import Figures
import GnuplotBackend
import Testing
import Tracking

/// Whole scripts of regions and legends, and the terminals.
@Suite struct ScriptPinTests {
  private let blue = Stroke(color: Color(0x0072B2))
  private let red = Stroke(
    color: Color(0xD55E00), width: 0.8, dash: .dashDotted, marker: .diamond, opacity: 0.5)

  private func text(_ panels: [[Panel]], title: String = "", legend: [LegendEntry] = []) -> String {
    ScriptText(Script(Figure(title: title, panels: panels, legend: legend))).text
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
        set terminal pngcairo size 1188,760 font "sans-serif,12.0" noenhanced fontscale 1.5 linewidth 2.0 pointscale 2.0 background "#16181d"
        set terminal pdfcairo size 8.25in,5.277777777777778in font "sans-serif,12.0" noenhanced fontscale 0.75 linewidth 2.0 pointscale 1.0 background "#16181d"
        """)
  }
}
