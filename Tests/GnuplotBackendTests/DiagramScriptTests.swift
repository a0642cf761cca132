import Drawing
import Figures
import GnuplotBackend
import Testing

/// Whole scripts of boxes with arrows.
@Suite struct DiagramScriptTests {
  private let blue = Stroke(color: Color(0x0072B2))
  private let red = Stroke(
    color: Color(0xD55E00), width: 0.8, dash: .dashDotted, marker: .diamond, opacity: 0.5)

  private func text(_ panels: [[Panel]], title: String = "", legend: [LegendEntry] = []) -> String {
    ScriptText(Script(Figure(title: title, panels: panels, legend: legend))).text
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
}
