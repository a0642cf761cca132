import ArgumentParser
import Datasets
import Experiments
import Figures
import FileLanguage
import Foundation
import GnuplotBackend
import Interchange
import Pages
import Pictures
import Results
import RunStorage
import Sweeps
import Terminal
import Tracking

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw the figures of a notebook, or one figure of a sweep, without training.",
    discussion: """
      FILE draws every plot cell into plots/<experiment>/. KIND draws one figure of a sweep of the \
      store. The paths of what was drawn are printed.

      KINDS, each with --title TEXT and its own options, which are the keys of a plot cell:
      \(PlotArguments.help)

      EXAMPLES:
        labbook plot experiments/spiral.yaml
        labbook plot experiments/spiral.yaml --terminal
        labbook plot curves --sweep main --metric val/loss --by model --log y
        labbook plot final --sweep main --metric val/accuracy --x lr --by model --out rates.pdf
        labbook plot heatmap --sweep main --metric val/loss --x lr --y hidden --where "lr < 0.1"
        labbook plot boundary --sweep main --by model --out regions.png --keep-script
        labbook plot fit --sweep ensemble --by model --x -4,4
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("An experiment, or what the figure shows.", valueName: "file|kind"),
    completion: .figure)
  var subject: String
  @Option(help: "The sweep; of a file, only its figures.", completion: .sweep) var sweep: String?
  @Option(
    help: "The experiment of the sweep, where several have one of its name.",
    completion: .experimentName)
  var experiment: String?
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"),
    completion: .key)
  var overrides: [String] = []
  @Option(help: ArgumentHelp("Where figures go.", valueName: "dir"), completion: .directory)
  var plots = "plots"
  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("The picture: .svg, .png or .pdf.", valueName: "file"), completion: .file())
  var output: String?
  @Flag(help: "Draw with letters on the terminal.") var terminal = false
  @Flag(help: "Keep gnuplot's script and its data beside the picture.") var keepScript = false
  @OptionGroup var condition: WhereOptions
  @OptionGroup var former: FormerOptions
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The keys of the figure, each --KEY VALUE.", valueName: "key value"),
    completion: .plotKey)
  var keys: [String] = []

  func run() throws {
    guard let kind = Plots.kind(subject) else {
      let isFile = FileManager.default.fileExists(atPath: subject)
      if !isFile, let near = nearestName(to: subject, among: Plots.names) {
        throw LabbookError.input(
          "there is neither a file nor a kind of figure '\(subject)'",
          hint: "did you mean '\(near)'? The kinds are: \(Plots.names.joined(separator: ", "))")
      }
      return try drawNotebook()
    }
    do { try drawOne(kind) } catch let diagnostics as Diagnostics {
      StandardError.write(diagnostics.description + "\n")
      throw ExitCode(2)
    }
  }

  // MARK: One figure

  private func drawOne(_ kind: any Plot.Type) throws {
    let options = try PlotArguments.options(keys, of: kind)
    let (cell, drawn, folder) =
      kind.needs == .nothing ? try ofNothing(kind, options) : try ofSweep(kind, options)
    if terminal { TerminalPicture.show(drawn) }
    if terminal && output == nil { return }
    if let output {
      try FigureWriter.telling.write(
        drawn, to: [output], streamFormat: cell.formats.first ?? .svg, keepsScript: keepScript)
      return StandardOutput.tell(output)
    }
    let paths = try folder().pictures(of: cell)
    try FigureWriter.telling.write(drawn, to: paths, .own, keepsScript: keepScript)
    for path in paths { print(printable(path)) }
  }

  private func ofNothing(_ kind: any Plot.Type, _ options: [(name: String, value: String)]) throws
    -> (PlotCell, Figure, () throws -> PlotsFolder)
  {
    let cell = try PlotArguments.cell(kind, options, of: .none)
    let figure = try FigureMaker.figures(ofNothing: cell, [cell.theme])[0]
    return (cell, figure, { try PlotsFolder(shared: plots) })
  }

  private func ofSweep(_ kind: any Plot.Type, _ options: [(name: String, value: String)]) throws
    -> (PlotCell, Figure, () throws -> PlotsFolder)
  {
    guard let sweep else {
      throw LabbookError.input(
        "a figure of kind \(kind.kind) needs --sweep", hint: "`labbook experiments` lists them")
    }
    let store = try store.openExisting()
    let view = try condition.filtering(store) { filter in
      try SweepView(
        sweep: sweep, experiment: experiment, in: store, former: former.isAsked, where: filter)
    }
    former.report(view)
    // Runs may belong to another experiment too, which asked for them first.
    let folder = try store.sweep(named: sweep, of: experiment).experiment
    let maker = FigureMaker(
      view, in: store, library: DataLibrary(beside: self.store.resolvedPath),
      peers: try SweepView.all(of: folder, in: store))
    let cell = try PlotArguments.cell(kind, options, of: maker.subject)
    return (cell, try maker.figure(cell), { try PlotsFolder(plots, experiment: folder) })
  }

  // MARK: A notebook's figures

  private var sweeps: [String] { sweep.map { [$0] } ?? [] }

  private func drawNotebook() throws {
    if output != nil {
      throw LabbookError.input(
        "--out names the picture of one figure", hint: "for a file there is --plots DIR")
    }
    if condition.condition != nil {
      throw LabbookError.input(
        "--where belongs to a figure of one kind",
        hint: "`labbook plot KIND --sweep S --where EXPRESSION`; a file draws its cells whole")
    }
    if let wrong = keys.first {
      throw LabbookError.input(
        "'\(wrong)' belongs to a figure of one kind; a file says it itself",
        hint: "the kinds are: \(Plots.names.joined(separator: ", "))")
    }
    let loader = ExperimentLoader(beside: store.resolvedPath)
    guard let loaded = try loader.load([subject], overrides: overrides).first else { return }
    let store = try store.openExisting()
    try loaded.grow(from: store)
    let pictures = NotebookPictures(
      loaded.experiment, loaded.plan, in: store, library: loader.library, writer: .telling)
    if let sweep, !loaded.sweepNames.contains(sweep) {
      throw LabbookError.input("\(subject) has no sweep '\(sweep)'")
    }
    let problems =
      terminal
      ? showAll(pictures)
      : draw(pictures, into: try PlotsFolder(plots, experiment: loaded.experiment.name))
    // What keeps all figures from being drawn, such as a missing gnuplot, is said once.
    var told: Set<String> = []
    for problem in problems.map({ "error: \($0)\n" }) where told.insert(problem).inserted {
      StandardError.write(problem)
    }
    if problems.count > told.count {
      StandardError.write("\(Quantity.count(problems.count, "figure")) were not drawn\n")
    }
    if !problems.isEmpty { throw ExitCode(1) }
  }

  private func draw(_ pictures: NotebookPictures, into folder: PlotsFolder) -> [LabbookError] {
    let drawn = pictures.draw(into: folder, sweeps: sweeps, keepsScript: keepScript)
    for path in drawn.flatMap(\.paths) { print(printable(path)) }
    return drawn.compactMap(\.problem)
  }

  private func showAll(_ pictures: NotebookPictures) -> [LabbookError] {
    var problems: [LabbookError] = []
    for (index, item) in pictures.figures(sweeps: sweeps).enumerated() {
      switch item.figure {
      case .success(let figure):
        if index > 0 { print() }
        TerminalPicture.show(figure)
      case .failure(let problem): problems.append(problem)
      }
    }
    return problems
  }
}
