import Drawing
import Figures
import Foundation
import Tracking

/// A sheet of pictures as SVG, put together without gnuplot: each stands in it as an image, which no
/// program within can leave.
struct SheetPicture {
  private let sheet: Sheet
  private let figure: Figure
  private static let margin = 16.0
  private static let gap = 14.0

  init(_ sheet: Sheet, _ figure: Figure) {
    self.sheet = sheet
    self.figure = figure
  }

  /// The sheet of a figure; `nil` where it has none.
  ///
  /// - Throws: `LabbookError` where another format is asked for.
  init?(_ figure: Figure, _ formats: [PictureFormat]) throws(LabbookError) {
    guard let sheet = figure.sheet else { return nil }
    if let format = formats.first(where: { $0 != .svg }) {
      throw .input(
        "pictures that runs wrote are put on a sheet, which is an SVG and no \(format.rawValue)",
        hint: "end the name in .svg")
    }
    self.init(sheet, figure)
  }

  // MARK: Sizes

  /// Points of a unit where a size was asked for, as in other figures; `nil` where none was.
  private var unit: Double? {
    guard figure.size.isAsked else { return nil }
    let isNarrow = figure.size.width.map { $0 < 300 } ?? false
    return (figure.size.fontSize ?? (isNarrow ? 8 : 9)) / Style.labelSize
  }

  /// A picture in a row is not made narrower than this while fewer may stand there.
  private static let narrowest = 130.0

  /// How many pictures stand in a row, and the room of each: that of one alone is its own.
  private var arranged: (columns: Int, room: (width: Double, height: Double)) {
    let pictures = sheet.items.compactMap(\.picture)
    let width = pictures.map(\.width).max() ?? 240
    let height = pictures.map(\.height).max() ?? 180
    var columns = min(sheet.columns, max(1, sheet.items.count))
    var widest = 760 / Double(sheet.columns)
    if let unit, let asked = figure.size.width {
      let inner = asked / unit - 2 * Self.margin
      func each(_ columns: Int) -> Double {
        (inner - Double(columns - 1) * Self.gap) / Double(columns)
      }
      while columns > 1, each(columns) < Self.narrowest { columns -= 1 }
      widest = max(20, each(columns))
    }
    var tallest = 600.0
    if let unit, let asked = figure.size.height {
      let rows = Double((sheet.items.count + columns - 1) / columns)
      tallest = max(24, (asked / unit - 90) / rows - 40)
    }
    let share = min(1, widest / width, tallest / height)
    // Small images, such as those of digits, are seen.
    let isSmall = share == 1 && max(width, height) < 120
    let scale = isSmall ? min(120 / max(width, height), widest / width) : share
    return (columns, (max(min(90, widest), width * scale), max(24, height * scale)))
  }

  private func labelLines(_ width: Double) -> [[String]] {
    sheet.items.map {
      TextMeasure.wrapped($0.label, size: Style.legendSize, limit: width, most: 4)
    }
  }

  /// The drawing.
  var svg: String {
    let (columns, room) = arranged
    let labels = labelLines(room.width)
    let needed = 2 * Self.margin + Double(columns) * room.width + Double(columns - 1) * Self.gap
    let asked = figure.size.width.flatMap { width in unit.map { width / $0 } }
    let width = asked ?? max(300, needed)
    let label = Double(labels.map(\.count).max() ?? 0) * (Style.legendSize + 3) + 4
    var y = Self.margin
    var body = ""
    func line(_ text: String, _ size: Double, _ color: Color, bold: Bool = false) {
      for part in TextMeasure.wrapped(text, size: size, limit: width - 2 * Self.margin, most: 4) {
        y += size + 4
        body += Self.text(part, x: Self.margin, y: y, size, color, bold: bold)
      }
    }
    line(figure.title, Style.titleSize, figure.style.text, bold: true)
    line(figure.subtitle, Style.noteSize, figure.style.muted)
    y += Self.gap
    for (index, item) in sheet.items.enumerated() {
      let x = Self.margin + Double(index % columns) * (room.width + Self.gap)
      body += place(item, labels[index], x: x, y: y, room)
      if index % columns == columns - 1 || index == sheet.items.count - 1 {
        y += room.height + label + Self.gap
      }
    }
    for note in figure.notes { line(note, Style.noteSize, figure.style.muted) }
    let height = y + Self.margin
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" \
      viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
      width="\(length(width))" height="\(length(height))" \
      font-family="\(Style.font)">
      <title>\(PictureWords.escaped(figure.title))</title>
      <desc>\(PictureWords.escaped(words))</desc>
      <rect width="100%" height="100%" fill="\(figure.style.background.hex)"/>
      \(body)</svg>

      """
  }

  /// A length as the attribute of an SVG has it: pixels of a page, or the points that were asked for.
  private func length(_ units: Double) -> String {
    guard let unit else { return Self.number(units) }
    return Self.number(units * unit) + "pt"
  }

  /// What is seen, for those who do not see it.
  private var words: String {
    ([figure.subtitle] + sheet.items.map(\.label) + figure.notes).filter { !$0.isEmpty }
      .joined(separator: "; ")
  }

  private func place(
    _ item: Sheet.Item, _ label: [String], x: Double, y: Double,
    _ room: (width: Double, height: Double)
  ) -> String {
    var body = ""
    let box =
      "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(room.width))\" "
      + "height=\"\(Self.number(room.height))\""
    if let picture = item.picture {
      body +=
        "<image \(box) preserveAspectRatio=\"xMidYMid meet\" xlink:href=\"data:"
        + "\(picture.kind.mediaType);base64,\(picture.bytes.base64EncodedString())\"/>\n"
    } else {
      body += "<rect \(box) fill=\"none\" stroke=\"\(figure.style.absent.hex)\"/>\n"
      let lines = TextMeasure.wrapped(
        item.missing, size: Style.noteSize, limit: room.width - 12, most: 5)
      for (index, text) in lines.enumerated() {
        body += Self.text(
          text, x: x + 6, y: y + 16 + Double(index) * (Style.noteSize + 3), Style.noteSize,
          figure.style.muted)
      }
    }
    for (index, text) in label.enumerated() {
      body += Self.text(
        text, x: x + room.width / 2,
        y: y + room.height + Double(index + 1) * (Style.legendSize + 3), Style.legendSize,
        figure.style.text, isCentred: true)
    }
    return body
  }

  private static func text(
    _ text: String, x: Double, y: Double, _ size: Double, _ color: Color, bold: Bool = false,
    isCentred: Bool = false
  ) -> String {
    "<text x=\"\(number(x))\" y=\"\(number(y))\" font-size=\"\(number(size))\" "
      + "fill=\"\(color.hex)\"" + (bold ? " font-weight=\"bold\"" : "")
      + (isCentred ? " text-anchor=\"middle\"" : "") + ">\(PictureWords.escaped(text))</text>\n"
  }

  private static func number(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}
