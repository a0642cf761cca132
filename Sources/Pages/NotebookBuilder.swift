public import Datasets
public import Experiments
import FileLanguage
import Foundation
public import Languages
public import Results
public import RunStorage
public import Sweeps
import Terminal
import Tracking

/// Makes the page of an experiment from its cells and the store.
public struct NotebookBuilder {
  private let experiment: Experiment
  private let plan: RunPlan
  private var answers: StoreAnswers
  /// Why the store has nothing of a sweep, by its name.
  private let absent: [String: LabbookError]
  private let origin: PageOrigin.Records
  private let store: RunStore
  private let library: DataLibrary
  private let overrides: [String]
  private var language = Language.english
  private let showsAnswers: Bool

  /// Reads the runs of every sweep.
  ///
  /// - Parameters:
  ///   - experiment: its cells in order.
  ///   - plan: its sweeps.
  ///   - store: what was measured.
  ///   - library: where the rows come from that networks are asked about.
  ///   - overrides: what `--set` says.
  ///   - showsAnswers: whether the answers of exercises are shown.
  /// - Throws: `LabbookError` where the store cannot be read.
  public init(
    _ experiment: Experiment, _ plan: RunPlan, in store: RunStore, library: DataLibrary,
    overrides: [String] = [], showsAnswers: Bool = false
  ) throws {
    self.showsAnswers = showsAnswers
    self.store = store
    self.library = library
    self.experiment = experiment
    self.plan = plan
    self.overrides = overrides
    var sweeps: [String: SweepView] = [:]
    for sweep in plan.sweeps { sweeps[sweep.name] = try SweepView(sweep, in: store) }
    var absent: [String: LabbookError] = [:]
    for stored in experiment.stored {
      do { sweeps[stored.name] = try SweepView(stored, in: store) } catch let error as LabbookError
      {
        absent[stored.name] = error
        sweeps[stored.name] = SweepView(without: stored)
      }
    }
    self.absent = absent
    answers = StoreAnswers(sweeps: sweeps)
    origin = try PageOrigin.Records(Array(sweeps.values), store)
  }

  /// The same notebook with pages in a language; those of another builder are in English.
  public func speaking(_ language: Language) -> NotebookBuilder {
    var builder = self
    builder.language = language
    builder.answers = answers.speaking(language)
    return builder
  }

  /// The sweeps with what the store had of them when they were read, by their names.
  public var views: [String: SweepView] { answers.sweeps }

  /// The page with what keeps some of its cells from being whole.
  ///
  /// - Parameter pictures: the figures of the notebook's plot cells, in order.
  public func page(_ pictures: [PagePicture]) -> (page: NotebookPage, problems: [CellProblem]) {
    var blocks: [NotebookPage.Block] = []
    var problems: [CellProblem] = []
    var rest = pictures[...]
    for cell in experiment.cells {
      switch cell {
      case .text(let text): blocks.append(.prose(prose(text, &problems)))
      case .sweep(let name):
        guard let results = answers.sweeps[name] else { break }
        if let stored = experiment.stored.first(where: { $0.name == name }) {
          blocks.append(.sweep(SweepSummary(stored, results).block))
          if let error = absent[name] {
            problems.append(
              CellProblem(
                place: stored.mark.place, sweeps: [name], message: error.description))
          }
        }
        if let spec = experiment.sweeps.first(where: { $0.name == name }) {
          blocks.append(.sweep(SweepSummary(spec, results).block))
        }
      case .plot(let cell):
        if let picture = rest.popFirst() {
          blocks.append(.picture(block(picture, cell, &problems)))
        }
      case .table(let cell): blocks.append(.table(table(cell, &problems)))
      case .claim(let cell): blocks.append(.claim(claim(cell, &problems)))
      case .exercise(let cell):
        let axes = experiment.openAxes(of: cell).map(\.written)
        blocks.append(
          .exercise(
            NotebookPage.Exercise(cell, axes: axes, showsAnswer: showsAnswers, language) {
              prose($0, &problems)
            }))
      }
    }
    let page = NotebookPage(
      title: experiment.title ?? experiment.name, experiment: experiment.name,
      file: experiment.file, language: language, tags: experiment.tags, blocks: blocks,
      origin: PageOrigin(experiment, origin, overrides, language).facts,
      settings: PageOrigin.commonSettings(plan))
    return (page.localized, problems)
  }

  // MARK: Text

  private func prose(_ cell: TextCell, _ problems: inout [CellProblem]) -> NotebookPage.Prose {
    var markdown = ""
    var values: [InlineValue] = []
    for part in cell.parts {
      switch part {
      case .markdown(let text): markdown += InlineMark.cleaned(text)
      case .value(let question):
        markdown += InlineMark.mark(values.count)
        values.append(value(question, &problems))
      }
    }
    return NotebookPage.Prose(markdown: markdown, values: values)
  }

  private func value(_ question: Question, _ problems: inout [CellProblem]) -> InlineValue {
    let source = question.formula.source
    do throws(FormulaError) {
      let (value, found) = try answers.value(of: question)
      let missing = found.map(\.missing).max() ?? 0
      if missing > 0 {
        problems.append(problem(question, language(.runsWithoutResult, missing)))
      }
      var text = value.asNumber.map { SeedStatistics.text($0) } ?? value.display
      if case .call = question.formula.root, let answer = found.first { text = answer.words }
      let remarks = Set(found.map(\.remark)).filter { !$0.isEmpty }.sorted()
      if !remarks.isEmpty { text += ", " + remarks.joined(separator: ", ") }
      var shown = InlineValue(text: text, question: source, isAnswered: true)
      shown.number = value.asNumber
      shown.answers = found
      return shown
    } catch {
      problems.append(problem(question, error.message))
      return InlineValue(text: "[\(error.message)]", question: source, isAnswered: false)
    }
  }

  private func problem(_ question: Question, _ message: String) -> CellProblem {
    CellProblem(place: question.mark.place, sweeps: question.sweeps, message: message)
  }

  // MARK: Other cells

  /// The claims of the notebook, in order.
  public func claims() -> [(cell: ClaimCell, claim: NotebookPage.Claim)] {
    var problems: [CellProblem] = []
    return experiment.cells.compactMap { cell in
      guard case .claim(let cell) = cell else { return nil }
      return (cell, claim(cell, &problems))
    }
  }

  private func claim(_ cell: ClaimCell, _ problems: inout [CellProblem]) -> NotebookPage.Claim {
    let judgement = ClaimJudge.judgement(of: cell, answers)
    let source = cell.question.formula.source
    switch judgement.verdict {
    case .held: break
    case .notHeld:
      problems.append(problem(cell.question, language(.claimDoesNotHold, source)))
    case .undecided(let why):
      problems.append(problem(cell.question, language(.claimIsUndecided, why)))
    }
    return NotebookPage.Claim(
      sentence: InlineMark.cleaned(cell.sentence), expression: source, judgement: judgement)
  }

  private func table(_ cell: TableCell, _ problems: inout [CellProblem]) -> NotebookPage.TableBlock
  {
    guard let results = answers.sweeps[cell.sweep] else {
      return NotebookPage.TableBlock(title: cell.title ?? "", table: nil, problem: nil)
    }
    let title = results.title(of: cell)
    guard results.hasResult || !cell.kind.needsRuns else {
      let message = language(.sweepNotRun, cell.sweep)
      problems.append(
        CellProblem(place: cell.mark.place, sweeps: [cell.sweep], message: message))
      return NotebookPage.TableBlock(
        title: title, table: nil, problem: .init(text: message, isEnglish: false))
    }
    if results.missing > 0, cell.kind.needsRuns {
      problems.append(
        CellProblem(
          place: cell.mark.place, sweeps: [cell.sweep],
          message: language(.runsWithoutResult, results.missing)))
    }
    do {
      let made = try NotebookTables(results, in: store, library: library).table(cell)
      if let wrong = made.wrong {
        problems.append(
          CellProblem(place: cell.mark.place, sweeps: [cell.sweep], message: wrong))
      }
      return NotebookPage.TableBlock(
        title: title, table: made.table, note: made.note, problem: nil)
    } catch {
      let message = "\(error as? LabbookError ?? .failure("\(error)"))"
      problems.append(
        CellProblem(place: cell.mark.place, sweeps: [cell.sweep], message: message))
      return NotebookPage.TableBlock(
        title: title, table: nil, problem: .init(text: message, isEnglish: true))
    }
  }

  /// The tables of the notebook, in order.
  public func tables() -> [(cell: TableCell, table: NotebookPage.TableBlock)] {
    var problems: [CellProblem] = []
    return experiment.cells.compactMap { cell in
      guard case .table(let cell) = cell else { return nil }
      return (cell, table(cell, &problems))
    }
  }

  private func block(
    _ picture: PagePicture, _ cell: PlotCell, _ problems: inout [CellProblem]
  ) -> NotebookPage.Picture {
    if let problem = picture.problem {
      problems.append(
        CellProblem(
          place: cell.mark.place, sweeps: cell.sweeps, message: problem.description))
    }
    let own = picture.svg.flatMap { InlineSVG.words("title", of: $0) } ?? ""
    let named = (cell.sweeps + [cell.kind]).joined(separator: ": ")
    let words = cell.title ?? (own.isEmpty ? named : own)
    let isRun = cell.sweep.flatMap { answers.sweeps[$0] }?.runs.isEmpty == false
    let problem = picture.problem.map { error in
      isRun || cell.sweep == nil || type(of: cell.plot).needs != .runs
        ? NotebookPage.Problem(text: error.description, isEnglish: true)
        : NotebookPage.Problem(
          text: language(.sweepNotRun, cell.sweep ?? ""), isEnglish: false)
    }
    var block = NotebookPage.Picture(
      caption: words, file: picture.file, svg: picture.svg, problem: problem)
    block.night = picture.night
    block.details = picture.svg.flatMap { InlineSVG.words("desc", of: $0) } ?? ""
    return block
  }
}

extension SweepView {
  /// What stands above a table.
  public func title(of cell: TableCell) -> String {
    let metric = cell.metric ?? objective.metric
    if let title = cell.title { return title }
    switch cell.kind {
    case .best: return "\(cell.sweep): \(language(.bestBy, language.metric(metric)))"
    case .compare:
      let words = language(
        .comparedWith, language.metric(metric), language.numbers(cell.against?.display ?? ""))
      return "\(cell.sweep): \(words)"
    case .worst: return "\(cell.sweep): \(language(.worstRows, language.part(cell.part.rawValue)))"
    case .confusion:
      return "\(cell.sweep): \(language(.confusionOf, language.part(cell.part.rawValue)))"
    case .gradcheck: return "\(cell.sweep): \(language(.gradientsAgainst))"
    case .step:
      return "\(cell.sweep): \(language(.firstUpdateOf, cell.model ?? language(.theNetwork)))"
    }
  }
}
