import Datasets
package import Experiments
import Figures
import Languages
import NeuralNet
package import Results
import Runs
import TensorKernels
import Tracking

extension ConfusionPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 12 }
  package static var mostNarrowGroups: Int? { 6 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.confusion(self, cell)
  }
}

extension ImagesPlot: SweepPicture {
  /// So many have a panel each.
  package static var mostGroups: Int? { 12 }
  package static var mostNarrowGroups: Int? { 1 }

  package func painting(_ cell: PlotCell, by maker: FigureMaker) throws -> Painting {
    try maker.images(self, cell)
  }
}

extension FigureMaker {
  /// Confusion matrices of every group's best configuration.
  package func confusion(_ plot: ConfusionPlot, _ cell: PlotCell) throws -> Painting {
    let groups = try judged(
      by: plot.by, best: plot.metric, part: plot.part, weights: plot.weights,
      firstOnly: !plot.sumsSeeds)
    let names = groups.first?.parts.first?.names ?? []
    var options = ConfusionOptions(classNames: names)
    options.title = title(cell, language(.titleConfusion))
    options.subtitle = judgedWords(groups, weights: plot.weights, sums: plot.sumsSeeds)
    let matrices = groups.filter { $0.parts.first?.names.count == names.count }.map { group in
      ConfusionCounts(title: group.title, counts: ConfusionMatrix.sum(group.parts.map(\.confusion)))
    }
    let notes = leftNotes(groups, by: plot.by)
    return { [options] style in
      var options = options
      options.style = style
      var figure = Figure.confusion(matrices, options: options)
      figure.notes += notes
      return figure
    }
  }

  /// The images that every group's network takes for something else, the greatest loss first.
  package func images(_ plot: ImagesPlot, _ cell: PlotCell) throws -> Painting {
    let groups = try judged(
      by: plot.by, best: plot.metric, part: plot.part, weights: plot.weights, firstOnly: true)
    let networks = try groups.compactMap { group -> MistakenImages? in
      guard let judged = group.parts.first else { return nil }
      guard judged.data.shape.isImages else {
        throw LabbookError.failure("the rows of '\(sweep.name)' are no images")
      }
      let mistakes = judged.worst(onlyMistakes: true)
      let images = mistakes.prefix(plot.count).map { row in
        MistakenImage(
          image: judged.rows.image(row, judged.data.transform),
          truth: judged.names[judged.truth[row]],
          predicted: judged.names[judged.answers.classes[row]],
          probability: judged.answers.reading.isProbability
            ? judged.number(judged.answers.classes[row], of: row) : nil)
      }
      return MistakenImages(
        title: groups.count > 1 ? group.title : "", images: images, count: mistakes.count,
        rows: judged.rows.rows)
    }
    let part = groups.first?.parts.first?.part.rawValue ?? ""
    let title = title(cell, language(.titleMistakes))
    let notes = leftNotes(groups, by: plot.by)
    return { style in
      var figure = Figure.mistakes(networks, title: title, part: part, style: style)
      figure.notes += notes
      return figure
    }
  }

  /// What judging networks leaves out.
  private func leftNotes(_ groups: [Judged], by key: SweepKey?) -> [String] {
    LeftRuns.notes(groups.map(\.left), language) + lostNotes(by: key, shown: groups.map(\.group))
  }
}

extension ConfusionMatrix {
  /// The counts of several matrices of the same classes, added up.
  package static func sum(_ matrices: [ConfusionMatrix]) -> [[Int]] {
    guard let first = matrices.first else { return [] }
    return matrices.dropFirst().reduce(first.counts) { sum, matrix in
      zip(sum, matrix.counts).map { zip($0, $1).map(+) }
    }
  }
}
