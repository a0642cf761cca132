import Foundation
import Languages

/// How often a classifier took rows of each class for each class, for one panel.
public struct ConfusionCounts: Hashable, Sendable {
  /// What stands above the panel.
  public var title: String
  /// A row a true class, a column a predicted one.
  public var counts: [[Int]]

  /// Makes a panel of counts.
  public init(title: String, counts: [[Int]]) {
    precondition(counts.allSatisfy { $0.count == counts.count }, "a square of counts")
    self.title = title
    self.counts = counts
  }
}

/// What a figure of confusions says beside the counts.
public struct ConfusionOptions: Hashable, Sendable {
  /// The figure's title.
  public var title = ""
  /// One line below it.
  public var subtitle = ""
  /// The names of the classes.
  public var classNames: [String]
  /// How the figure looks.
  public var style = Style.light

  /// Makes the usual options.
  public init(classNames: [String]) { self.classNames = classNames }
}

extension Figure {
  /// Confusion matrices: a cell's number is how many rows of its true class were taken for its
  /// predicted one, its colour which share of the class that is; on the diagonal the recall is
  /// written too.
  public static func confusion(_ matrices: [ConfusionCounts], options: ConfusionOptions) -> Figure {
    let style = options.style
    let language = style.language
    let scale = ColorScale(label: language(.shareOfTrueClass), range: 0...1)
    // Cells of many matrices have no room for shares.
    let isSmall = options.classNames.count <= 6 && matrices.count <= 4
    // Several matrices have one scale, above them all.
    let isAlone = matrices.count == 1
    let panels = matrices.map { matrix -> Panel in
      let rows = matrix.counts.enumerated().map { row, counts -> [HeatMap.Cell] in
        let all = counts.reduce(0, +)
        return counts.enumerated().map { column, count in
          guard all > 0 else {
            return HeatMap.Cell(color: style.absent, text: "0", isHatched: true)
          }
          let share = Double(count) / Double(all)
          let recall = row == column && isSmall ? String(format: " (%.3f)", share) : ""
          return HeatMap.Cell(color: scale.color(share), text: "\(count)\(recall)")
        }
      }
      let recalls = matrix.counts.enumerated().map { row, counts -> String in
        let all = counts.reduce(0, +)
        let name = row < options.classNames.count ? options.classNames[row] : "\(row)"
        guard !isSmall else { return name }
        return all > 0
          ? name + String(format: " (%.2f)", Double(counts[row]) / Double(all)) : name
      }
      return Panel(
        title: matrix.title,
        x: Axis(language(.predictedClass), scale: .categories(options.classNames)),
        y: Axis(
          language(isSmall ? .trueClass : .trueClassRecall),
          scale: .categories(recalls.reversed())),
        layers: [.heatMap(HeatMap(rows: rows.reversed()))],
        colorScale: isAlone ? scale : nil, hasGrid: false)
    }
    let empty = matrices.contains { $0.counts.contains { $0.reduce(0, +) == 0 } }
    return Figure(
      title: options.title, subtitle: options.subtitle, panels: confusionRows(panels),
      legend: isAlone
        ? [] : [LegendEntry(language(.scaleFromZeroToOne, scale.label), .scale(scale))],
      notes: empty ? [language(.hatchedRows)] : [], style: style)
  }

  /// Matrices are wide: two in a row where they have few classes.
  private static func confusionRows(_ panels: [Panel]) -> [[Panel]] {
    let columns = panels.count <= 1 ? 1 : 2
    return stride(from: 0, to: panels.count, by: columns).map {
      Array(panels[$0..<min($0 + columns, panels.count)])
    }
  }
}
