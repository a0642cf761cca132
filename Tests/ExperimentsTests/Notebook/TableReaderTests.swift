import Datasets
import Experiments
import FileLanguage
import Runs
import Testing
import Tracking

/// Tables, claims, texts and the cells that a file without a notebook stands for.
struct TableReaderTests {
  private func cells(_ cells: String, split: String = "{val: 0.2, test: 0.2}") throws -> [Cell] {
    try read(
      """
      data: {source: spiral, points_per_class: 50, split: \(split)}
      model: {mlp: {hidden: [4]}}
      notebook:
        - sweep: first
          over: {lr: [0.1, 0.2]}
        - sweep: s
          over: {lr: [0.1, 0.2], batch_size: [8, 16]}
          seeds: 3
        - sweep: v
          variants: {plain: {}, slow: {lr: 1e-5}}
          seeds: 2
        - sweep: one
          over: {lr: [0.1, 0.2]}
          seeds: 2

      """ + cells
    ).cells
  }

  private func table(_ cell: String, split: String = "{val: 0.2, test: 0.2}") throws -> TableCell {
    guard case .table(let table)? = try cells("  - {\(cell)}\n", split: split).last else {
      throw LabbookError.failure("no table")
    }
    return table
  }

  private func setting(_ name: String) -> SweepKey {
    .setting(.absolute(["train", name]), written: name)
  }

  @Test func best() throws {
    let plain = try table("table: best")
    #expect(plain.kind == .best && plain.sweep == "one" && plain.value == .best)
    #expect(plain.metric == nil && plain.show == [] && plain.by == nil && plain.title == nil)
    #expect(plain.part == .test && plain.count == 10 && plain.against == nil)
    let full = try table(
      "table: best, sweep: s, metric: val/accuracy, show: [test/loss, duration_s, lr], by: lr,"
        + " value: last, title: T")
    #expect(full.sweep == "s" && full.metric == .valAccuracy && full.by == setting("lr"))
    #expect(full.show == ["test/loss", "duration_s", "lr"] && full.value == .last)
    #expect(full.title == "T")
  }

  @Test func comparisons() throws {
    let variants = try table("table: compare, sweep: v, against: slow, metric: val/loss")
    #expect(variants.by == .variant && variants.against == .text("slow") && variants.value == .last)
    let axis = try table("table: compare, against: 2e-1")
    #expect(axis.by == setting("lr") && axis.against == .number(0.2))
    let named = try table("table: compare, sweep: s, by: batch_size, against: 16, value: best")
    #expect(named.by == setting("batch_size") && named.against == .integer(16))
    #expect(named.value == .best && !named.isPooled)
    let both = try table(
      "table: compare, sweep: s, by: [lr, batch_size], against: '0.1, 16', pool: true")
    #expect(both.by == .several([setting("lr"), setting("batch_size")]) && both.isPooled)
    #expect(both.against == .text("0.1, 16") && both.by?.label == "lr, batch_size")
  }

  /// The part furthest from training, unless the cell names one.
  @Test func partsAndCounts() throws {
    #expect(try table("table: worst, count: 3").count == 3)
    #expect(try table("table: worst, part: val").part == .val)
    #expect(try table("table: confusion").part == .test)
    #expect(try table("table: confusion", split: "{val: 0.2}").part == .val)
    #expect(try table("table: confusion", split: "{}").part == .train)
    #expect(try table("table: gradcheck").kind == .gradcheck)
  }

  @Test func claimsAndQuestionsSpeakOfTheSweepAbove() throws {
    let found = try cells(
      """
        - claim: Rates matter
          that: mean(val/loss, lr = 0.1) < best(s, val/accuracy) and count(s, lr) > 1
        - text: "a {{ best(val/accuracy) }} b \\\\{{ {{last(first, val/loss)}}"

      """)
    guard case .claim(let claim) = found[found.count - 2], case .text(let text)? = found.last else {
      Issue.record("no claim and text")
      return
    }
    #expect(claim.sentence == "Rates matter" && claim.question.sweep == "one")
    #expect(claim.question.sweeps == ["one", "s"] && claim.question.formula.calls.count == 3)
    #expect(text.markdown == "a {{ best(val/accuracy) }} b \\{{ {{last(first, val/loss)}}")
    let parts = text.parts.map { part -> String in
      switch part {
      case .markdown(let text): text
      case .value(let question):
        "<\(question.formula.source) of \(question.sweeps.joined(separator: ", "))>"
      }
    }
    #expect(
      parts == [
        "a ", "<best(val/accuracy) of one>", " b \\{{ ", "<last(first, val/loss) of first>",
      ])
  }

  @Test func partsOfTheData() throws {
    let data = try DataLibrary().prepare(
      DataConfiguration(
        source: Chosen("cloud", ["points": .integer(10), "features": .integer(1)]),
        split: .init(val: .rows(3), test: .rows(2))))
    #expect(DataPart.allCases.map { $0.rows(of: data.shape) } == [5, 3, 2])
    #expect(DataPart.allCases.map { $0.rows(of: data)?.rows } == [5, 3, 2])
    #expect(DataPart.usual(of: data) == .test)
    func usual(_ split: DataConfiguration.Split) throws -> DataPart {
      DataPart.usual(
        of: try DataLibrary().prepare(
          DataConfiguration(
            source: Chosen("cloud", ["points": .integer(10), "features": .integer(1)]),
            split: split)))
    }
    #expect(try usual(.init(val: .rows(3))) == .val && usual(.init()) == .train)
    #expect(DataPart.val.loss == .valLoss && DataPart.test.accuracy == .testAccuracy)
    #expect(Metric("layer/0/small").isOfLayer && !Metric.trainLoss.isOfLayer)
  }
}

struct StandardCellsTests {
  private func cells(_ text: String) throws -> [Cell] { try read(text).cells }

  private func described(_ text: String) throws -> [String] {
    try cells(text).map { cell in
      switch cell {
      case .sweep(let name): return "sweep \(name)"
      case .table(let table):
        return "table \(table.kind.rawValue) \(table.value.rawValue) \(table.metric?.name ?? "-")"
      case .plot(let plot):
        if let final = plot.plot as? FinalPlot {
          return "final \(final.metric) \(final.x.label) by \(final.by?.label ?? "-")"
        }
        if let map = plot.plot as? HeatMapPlot {
          return "heatmap \(map.metric) \(map.x.label) \(map.y.label)"
        }
        let metrics = (plot.plot as? CurvesPlot)?.metrics.map(\.name) ?? []
        return "\(plot.kind) " + metrics.joined(separator: " ")
      default: return "another"
      }
    }
  }

  private let classes = "curves train/loss val/loss train/accuracy val/accuracy"
  private let table = "table best best -"

  @Test func axesDecideTheFigure() throws {
    #expect(try described(smallest) == ["sweep main", classes, table])
    #expect(
      try described(smallest + "over: {optimizer: [sgd, adam], lr: [1, 2]}\n")
        == ["sweep main", classes, "final val/accuracy lr by optimizer", table])
    #expect(
      try described(smallest + "over: {lr: [1, 2]}\nvariants: {a: {}, b: {l1: 1}}\n")
        == ["sweep main", classes, "final val/accuracy lr by variant", table])
    #expect(
      try described(smallest + "over: {batch_size: [8, 16], l1: [0, 1], optimizer: [sgd]}\n")
        == ["sweep main", classes, "heatmap val/accuracy batch_size l1", table])
    #expect(
      try described(smallest + "over: {batch_size: [8, 16], l1: [0, 1], lr: [1, 2]}\n")
        == ["sweep main", classes, table])
    #expect(
      try described(smallest + "over: {lr: [1]}\n") == ["sweep main", classes, table])
    #expect(
      try described(smallest + "over: {clip_norm: [1, none], lr: [1, 2]}\n")
        == ["sweep main", classes, "final val/accuracy lr by clip_norm", table])
  }

  @Test func whatIsMeasuredDecidesTheMetric() throws {
    let over = "over: {lr: [1, 2]}\n"
    #expect(
      try described("data: {source: cubic, split: {val: 9}}\nmodel: [{linear: 1}]\n" + over)
        == ["sweep main", "curves train/loss val/loss", "final val/loss lr by -", table])
    #expect(
      try described("data: {source: cubic}\nmodel: [{linear: 1}]\n" + over)
        == ["sweep main", "curves train/loss", "final train/loss lr by -", table])
    #expect(
      try described("data: {source: moons}\nmodel: [{linear: 2}]\n" + over)
        == [
          "sweep main", "curves train/loss train/accuracy", "final train/accuracy lr by -", table,
        ])
  }
}
