import Figures

// Where a settled panel and its texts go.
extension SettledPanel {
  func place(in layout: inout Layout, x: Double, y: Double) {
    let frame = Rect(
      x: x + leftMargin, y: y + topMargin, width: shownWidth, height: frameHeight)
    layout.panels.append(
      PlacedPanel(
        panel: panel, frame: frame, xRange: xRange, yRange: yRange, xTicks: xTicks, yTicks: yTicks))
    for (place, line) in titleLines.enumerated() {
      let above = SettledPanel.titleHeight * Double(titleLines.count - 1 - place)
      layout.texts.append(
        PlacedText(
          text: line, x: frame.middleX + titleShift, y: frame.y - 11 - above, anchor: .center,
          size: Style.panelTitleSize, color: style.text))
    }
    placeXLabels(in: &layout, frame: frame)
    placeYLabels(in: &layout, frame: frame)
    if let scale = panel.colorScale { placeScale(scale, in: &layout, frame: frame) }
  }

  private func placeXLabels(in layout: inout Layout, frame: Rect) {
    var lowest = frame.bottom + 18
    var broken = xLines.makeIterator()
    for (tick, label) in zip(xTicks, short(xTicks)) where !tick.isMinor {
      let place = frame.x + panel.x.position(tick.value, in: xRange) * frame.width
      for (number, line) in (broken.next() ?? [label]).enumerated() {
        let below = frame.bottom + 13 + SettledPanel.tickLine * Double(number)
        layout.texts.append(
          PlacedText(
            text: line, x: isTilted ? place + 4 : place, y: isTilted ? frame.bottom + 10 : below,
            anchor: isTilted ? .right : .center, size: Style.tickSize, color: style.text,
            rotation: isTilted ? 35 : 0))
        lowest = max(lowest, below + 5)
      }
      if isTilted {
        let drop = TextMeasure.width(label, size: Style.tickSize) * 0.58 + 16
        lowest = max(lowest, frame.bottom + drop)
      }
    }
    guard !panel.x.label.isEmpty else { return }
    layout.texts.append(
      PlacedText(
        text: TextMeasure.shortened(
          TextMeasure.oneLine(panel.x.label), size: Style.labelSize, limit: frame.width + 20),
        x: frame.middleX, y: lowest + 12, anchor: .center, size: Style.labelSize,
        color: style.text))
  }

  private func placeYLabels(in layout: inout Layout, frame: Rect) {
    let labels = nameLines.isEmpty ? short(yTicks).map { [$0] } : nameLines
    for (tick, lines) in zip(yTicks, labels) where !tick.isMinor {
      let place = frame.bottom - panel.y.position(tick.value, in: yRange) * frame.height
      for (number, line) in lines.enumerated() {
        let below = SettledPanel.nameLine * (Double(number) - Double(lines.count - 1) / 2)
        layout.texts.append(
          PlacedText(
            text: line, x: frame.x - 8, y: place + below, anchor: .right, size: Style.tickSize,
            color: style.text))
      }
    }
    let widest = labels.joined().map { TextMeasure.width($0, size: Style.tickSize) }.max() ?? 0
    for (place, line) in yLines.enumerated() {
      let further = SettledPanel.titleHeight * Double(yLines.count - 1 - place)
      layout.texts.append(
        PlacedText(
          text: line, x: frame.x - widest - 20 - further, y: frame.middleY, anchor: .center,
          size: Style.labelSize, color: style.text, rotation: 90))
    }
  }

  /// The colour bar: thin boxes from the bottom up, each reaching to the top so that no seam shows.
  private func placeScale(_ scale: ColorScale, in layout: inout Layout, frame: Rect) {
    let steps = 64
    let x = frame.right + 14
    for step in 0..<steps {
      let share = (Double(step) + 0.5) / Double(steps)
      let bottom = frame.bottom - frame.height * Double(step) / Double(steps)
      layout.boxes.append(
        PlacedBox(
          rect: Rect(x: x, y: frame.y, width: 12, height: bottom - frame.y),
          color: scale.color(atShare: share), opacity: 1))
    }
    var widest = 0.0
    for tick in scale.axis.ticks(in: scale.range, target: 5) where !tick.isMinor {
      let place = frame.bottom - scale.axis.position(tick.value, in: scale.range) * frame.height
      widest = max(widest, TextMeasure.width(tick.label, size: Style.tickSize))
      layout.texts.append(
        PlacedText(
          text: tick.label, x: x + 17, y: place, anchor: .left, size: Style.tickSize,
          color: style.text))
    }
    for (number, line) in scaleLines.enumerated() {
      layout.texts.append(
        PlacedText(
          text: line, x: x + 17 + widest + 14 + SettledPanel.titleHeight * Double(number),
          y: frame.middleY, anchor: .center, size: Style.labelSize, color: style.text,
          rotation: 90))
    }
  }

  private func short(_ ticks: [Tick]) -> [String] {
    TextMeasure.shortened(
      ticks.map(\.label), size: Style.tickSize, limit: SettledPanel.labelLimit)
  }
}
