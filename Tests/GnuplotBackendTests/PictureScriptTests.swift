import Drawing
import Figures
import GnuplotBackend
import Testing

/// Whole scripts of small pictures.
@Suite struct PictureScriptTests {
  private let blue = Stroke(color: Color(0x0072B2))
  private let red = Stroke(
    color: Color(0xD55E00), width: 0.8, dash: .dashDotted, marker: .diamond, opacity: 0.5)

  private func text(_ panels: [[Panel]], title: String = "", legend: [LegendEntry] = []) -> String {
    ScriptText(Script(Figure(title: title, panels: panels, legend: legend))).text
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
}
