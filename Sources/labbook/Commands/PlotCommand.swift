import ArgumentParser
import Experiments
import Figures
import Foundation
import GnuplotBackend
import Reports
import RunStorage
import Sweeps
import Terminal
import Tracking

struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw the figures of a notebook, or one figure of a sweep, without training.",
    discussion: """
      FILE draws every plot cell into plots/<experiment>/. KIND (curves, final, heatmap, boundary, \
      fit) draws one figure of a sweep of the store. The paths of what was drawn are printed.

      EXAMPLES:
        labbook plot experiments/spiral.yaml
        labbook plot experiments/spiral.yaml --terminal
        labbook plot curves --sweep main --metric val/loss --by model --log y
        labbook plot final --sweep main --metric val/accuracy --x lr --by model --out rates.pdf
        labbook plot heatmap --sweep main --metric val/loss --x lr --y hidden
        labbook plot boundary --sweep main --by model --out regions.png --keep-script
        labbook plot fit --sweep ensemble --by model --x -4,4
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("An experiment, or what the figure shows.", valueName: "file|kind"))
  var subject: String
  @Option(help: "The sweep; of a file, only its figures.") var sweep: String?
  @Option(help: "The experiment of the sweep, where several have one of its name.")
  var experiment: String?
  @OptionGroup(title: "The figure") var figure: PlotOptions
  @Option(
    name: .customLong("set"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A value to use instead of the file's.", valueName: "path=value"))
  var overrides: [String] = []
  @Option(help: ArgumentHelp("Where figures go.", valueName: "dir")) var plots = "plots"
  @Option(
    name: .customLong("out"),
    help: ArgumentHelp("The picture: .svg, .png or .pdf.", valueName: "file"))
  var output: String?
  @Flag(help: "Draw with letters on the terminal.") var terminal = false
  @Flag(help: "Keep gnuplot's script and its data beside the picture.") var keepScript = false

  func run() throws {
    if let kind = PlotCell.Kind(rawValue: subject) {
      try drawOne(kind)
    } else {
      try drawNotebook()
    }
  }

  // MARK: One figure

  private func drawOne(_ kind: PlotCell.Kind) throws {
    guard let sweep else {
      throw LabbookError.input(
        "a figure of kind \(kind.rawValue) needs --sweep", hint: "`labbook experiments` lists them")
    }
    let maker = try FigureMaker(
      sweep: sweep, experiment: experiment, in: try store.openExisting())
    let cell = try figure.cell(kind, sweep: sweep, maker)
    let drawn = try maker.figure(cell)
    if terminal { show(drawn) }
    if terminal && output == nil { return }
    let path = output ?? "\(plots)/\(maker.experiment)/\(sweep)-\(kind.rawValue).svg"
    try FigureWriter().write(drawn, to: path, keepsScript: keepScript)
    print(path)
  }

  // MARK: A notebook's figures

  private var sweeps: [String] { sweep.map { [$0] } ?? [] }

  private func drawNotebook() throws {
    if output != nil {
      throw LabbookError.input(
        "--out names the picture of one figure", hint: "for a file there is --plots DIR")
    }
    if let wrong = figure.given.first {
      throw LabbookError.input("\(wrong) belongs to a figure of a sweep; a file says it itself")
    }
    let loader = ExperimentLoader()
    guard let loaded = try loader.load([subject], overrides: overrides).first else { return }
    let pictures = NotebookPictures(
      loaded.experiment, loaded.plan, in: try store.openExisting(), library: loader.library)
    if let sweep, loaded.plan[sweep] == nil {
      throw LabbookError.input("\(subject) has no sweep '\(sweep)'")
    }
    let problems = terminal ? showAll(pictures) : draw(pictures)
    for problem in problems { StandardError.write("error: \(problem)\n") }
    if !problems.isEmpty { throw ExitCode(1) }
  }

  private func draw(_ pictures: NotebookPictures) -> [LabbookError] {
    let drawn = pictures.draw(into: plots, sweeps: sweeps, keepsScript: keepScript)
    for path in drawn.flatMap(\.paths) { print(path) }
    return drawn.compactMap(\.problem)
  }

  private func showAll(_ pictures: NotebookPictures) -> [LabbookError] {
    var problems: [LabbookError] = []
    for (index, item) in pictures.figures(sweeps: sweeps).enumerated() {
      switch item.figure {
      case .success(let figure):
        if index > 0 { print() }
        show(figure)
      case .failure(let problem): problems.append(problem)
      }
    }
    return problems
  }

  private func show(_ figure: Figure) {
    let text = TerminalFigure(figure, width: TerminalSize.columns, .standardOutput).text
    print(text, terminator: "")
  }
}

/// How wide what is printed may be.
enum TerminalSize {
  /// The columns of the terminal at standard output; 80 where there is none.
  static var columns: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(Int(size.ws_col), 120)
    }
    return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }
}
