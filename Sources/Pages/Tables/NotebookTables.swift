import Datasets
import Experiments
import Languages
import NeuralNet
import Pictures
import Results
import RunStorage
import Runs
import Sweeps
import Terminal
import Tracking

/// Makes the tables of a sweep: of what the store holds, and of what its networks say.
struct NotebookTables {
  let results: SweepView
  var language: Language { results.language }
  let store: RunStore
  let library: DataLibrary

  init(_ results: SweepView, in store: RunStore, library: DataLibrary) {
    self.results = results
    self.store = store
    self.library = library
  }

  /// A table with what one should know of how it was made.
  struct Made {
    let table: Table
    var note: String?
    /// What it shows to be wrong; `nil` where all is right.
    var wrong: String?
  }

  /// The table that a cell asks for.
  ///
  /// - Throws: `LabbookError` where the store has nothing to make it of.
  func table(_ cell: TableCell) throws -> Made {
    switch cell.kind {
    case .best: try best(cell)
    case .compare: try compared(cell)
    case .worst: try worst(cell)
    case .confusion: try confusion(cell)
    case .gradcheck: try gradients()
    case .step: try step(cell)
    }
  }

  private func compared(_ cell: TableCell) throws -> Made {
    guard let comparison = try results.comparison(cell) else { return Made(table: Table([])) }
    let notes =
      comparison.notes + [results.badNote, results.acceptedNote].compactMap { $0 }
    return Made(
      table: comparison.table,
      note: (notes + sampling([cell.metric ?? results.objective.metric], cell.value))
        .joined(separator: " "))
  }

  private func best(_ cell: TableCell) throws -> Made {
    let shown = [cell.metric ?? results.objective.metric] + cell.show.map { Metric($0) }
    let notes = [results.bestNote(cell)] + sampling(shown, cell.value)
    return Made(table: try results.bestTable(cell), note: notes.joined(separator: " "))
  }

  /// What the drawing of a part's rows does to the accuracies of a table.
  private func sampling(_ metrics: [Metric], _ which: MetricValue) -> [String] {
    PartSampling.notes(of: metrics, which, in: results, library)
  }

  /// The networks that a cell asks, with the rows it asks about.
  func networks(_ cell: TableCell) throws -> [(asked: AskedNetworks, rows: Dataset)] {
    let maker = FigureMaker(results, in: store, library: library)
    return try maker.networks(by: cell.by, best: cell.metric, firstOnly: false).map { asked in
      guard let rows = asked.data.part(cell.part) else {
        throw LabbookError.input("the data has no \(cell.part.rawValue) part")
      }
      return (asked, rows)
    }
  }

  /// Which networks were asked, after which update, and of which groups none is left.
  func note(_ asked: [AskedNetworks], by key: SweepKey?) -> String {
    let names = asked.map { asked in
      let runs = asked.networks.count
      let words = asked.left.words(language)
      let left = words.isEmpty ? "" : ", " + language(.withoutLeftOut, words)
      return "\(asked.title): \(language.counted(runs, .nounRun))\(left)"
    }
    let lost = FigureMaker(results, in: store, library: library)
      .lostNotes(by: key, shown: asked.map(\.group))
    return ([names.joined(separator: "; ") + ". " + language(.askedAfterLast)] + lost)
      .joined(separator: " ")
  }
}

extension PreparedData {
  /// The rows of a part; `nil` where there are none.
  func part(_ part: DataPart) -> Dataset? {
    switch part {
    case .train: train
    case .val: val
    case .test: test
    }
  }
}

extension AskedNetworks {
  /// What rows of so many outputs mean.
  func reading(outputs: Int) -> OutputReading {
    OutputReading(
      loss: configuration.train.loss, classes: data.classNames?.count, outputs: outputs)
  }
}
