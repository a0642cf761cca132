import Experiments
import Foundation
import Pages
import RunStorage
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// A small notebook with a known store in every format, as whole texts, with names that HTML,
/// Markdown, TeX and JSON would each read as their own signs.
struct WholePageTests {
  private static let file = #"""
    title: "Pages | <b> & \"more\" 'x'"
    tags: ["a|b", "<c>"]
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models:
      "lines|<i> *x*": [{linear: classes}]
      hidden: {mlp: {hidden: [8]}}
    train: {epochs: 2}
    notebook:
      - sweep: s
        over: {model: all, lr: [0.1, 0.2]}
        seeds: 3
      - text: |
          ## Ratio $\frac{1}{2}$ & <script>

          It reaches {{ best(val/accuracy) }}, **{{ mean(val/loss, model = 'lines|<i> *x*') }}**.
          $$\sqrt[3]{x}$$
      - {plot: curves, title: "curves | <b> \\ of"}
      - {plot: final, metric: val/loss, x: lr, by: model, format: [pdf]}
      - {plot: boundary}
      - {table: best, metric: val/accuracy, show: [status]}
      - {table: compare, by: lr, against: 0.1}
      - {claim: "Losses are | *small* <i>", that: "mean(val/loss, status = 'completed') < 100"}
      - {claim: Losses are large, that: "not (mean(val/loss, status = 'completed') < 100)"}
      - sweep: later_on
        with: {epochs: 3, model: hidden}
        seeds: 2
      - {table: best}
      - text: "{{ mean(val/loss) }} and {{ count(s, val/loss) }}"
      - {claim: Nothing is known, that: mean(val/loss) < 1}

    """#

  private static func tell(_ run: RunConfiguration) -> Told? {
    if run.number("train.epochs") == 3 { return nil }
    let isHidden = run.modelName == "hidden", lr = run.number("train.lr")
    if isHidden, lr == 0.2, run.train.seed == 2 {
      return Told(["val/loss": [9, .nan]], best: 1, .diverged)
    }
    let loss = (isHidden ? 1.0 : 2) + Double(run.train.seed) / 4 + (lr == 0.2 ? 0.0625 : 0)
    return Told(
      ["val/loss": [loss / 2, loss], "val/accuracy": [1 - loss / 4, 0.5]], best: 1, seconds: 30)
  }

  /// A drawing with all that may not stay as it is within a page.
  private static let svg = """
    <?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>
    <!-- <script>c</script> --><svg viewBox="0 0 640 480" onload="x()" width="640">
    <title>A &amp; <![CDATA[<b> & c]]></title><script>alert(1)</script><style>a{}</style>
    <defs><linearGradient id="g"/><path id='q"r' d="M0,0 L1>2"/></defs>
    <use xlink:href="#g" href='#q'/><use href="http://x.y/#a"/><image href="data:image/png;base64,AA"/>
    <image href="data:text/html,x"/><rect fill="url(#g)" clip-path="url(http://x)" style="a:url(#b)"/>
    <g style="fill: red" ONCLICK="y" data-a="b" checked><a href="#z"><text>T</text></a></g>
    <foreignObject><body>z</body></foreignObject></svg> tail
    """

  private func pages(
    _ environment: [String: String] = ["version": "0.0", "cpu": "a | b", "git_dirty": "true"]
  ) throws -> (pages: [PageFormat: String], problems: [String]) {
    let told = try ToldExperiment(Self.file, environment: environment, tell: Self.tell)
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library,
      overrides: ["train.lr=0.1", "title=it's a b"])
    let (page, problems) = builder.page([
      PagePicture(file: "s-curves |.svg", svg: Self.svg, problem: nil),
      PagePicture(file: "s-final.pdf", svg: "<svg viewBox=\"0 0 99 9\"></svg>", problem: nil),
      PagePicture(file: nil, svg: nil, problem: .failure("no <gnuplot> | here")),
    ])
    var pages: [PageFormat: String] = [:]
    for format in PageFormat.allCases { pages[format] = try told.known(format.text(page)) }
    return (pages, problems.map { "\($0.place) \($0.sweeps) \($0.message)" })
  }

  @Test func everyFormatIsWhole() throws {
    let (pages, problems) = try pages()
    let html = (pages[.html] ?? "").replacing(/<style>\n.*<\/style>/.dotMatchesNewlines()) { _ in
      "<style></style>"
    }
    #expect(html == WholePages.html)
    #expect(pages[.md] == WholePages.markdown)
    #expect(pages[.ipynb] == WholePages.jupyter)
    #expect(problems.map { $0 + "\n" }.joined() == WholePages.problems)
    let notebook = Data((pages[.ipynb] ?? "").utf8)
    #expect((try? JSONSerialization.jsonObject(with: notebook)) is [String: Any])
  }

  /// A page without tags whose text has a heading of the first level, which stands for its title.
  @Test func ownTitlesTakeTheTitlesPlace() throws {
    let told = try ToldExperiment(
      """
      experiment: plain
      data: {source: cloud, points: 30}
      model: [relu]
      train: {epochs: 0}
      notebook:
        - text: "# Own"
        - {sweep: s}
      """
    ) { _ in Told([:], seconds: 0.5) }
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library)
    let page = builder.page([]).page
    let html = try told.known(HTMLPage(page).text)
    let body = html[(html.firstRange(of: "<body>")?.lowerBound ?? html.startIndex)...]
    #expect(body == WholePages.plain)
    let markdown = try told.known(MarkdownPage(page).text)
    #expect(markdown == WholePages.plainMarkdown)
    #expect(page.settings.contains { $0.name == "data.points" && $0.text == "30" })
    #expect(!JupyterPage(page).text.contains("# plain"))
  }

  @Test func tablesOfMoreThanEightColumnsAreDense() throws {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: {mlp: {hidden: [8]}}
      train: {epochs: 2}
      notebook:
        - {sweep: s, over: {lr: [0.1, 0.2]}}
        - {table: best, show: [seed, status, batch_size, last_epoch, best_epoch, hidden]}
        - {table: best, show: [seed, status, batch_size, last_epoch, best_epoch, hidden, epochs]}
      """
    ) { _ in Told(["val/loss": [1]], best: 1) }
    defer { told.remove() }
    let page = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library
    ).page([]).page
    let tables = HTMLPage(page).text.matches(of: /<table[^>]*>/).map { String($0.output) }
    #expect(tables == ["<table>", "<table class=\"dense\">"])
  }

  @Test func pagesLieBesideTheirPictures() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library)
    let page = builder.page([]).page
    for format in PageFormat.allCases {
      let path = try format.write(
        page, into: PlotsFolder(told.folder + "/plots", experiment: page.experiment))
      #expect(path == told.folder + "/plots/told/index.\(format.rawValue)")
      // Commands of Jupyter's cells are given in the current folder.
      let home = FileManager.default.currentDirectoryPath
      #expect(
        try String(contentsOfFile: path, encoding: .utf8) == format.text(page, home: home))
    }
    let nowhere = try PlotsFolder("/dev/null", experiment: page.experiment)
    #expect(throws: LabbookError.self) { try PageFormat.md.write(page, into: nowhere) }
  }
}
