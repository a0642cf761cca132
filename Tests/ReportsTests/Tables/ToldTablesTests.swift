import Experiments
import Foundation
import Pages
import RunStorage
import Runs
import Terminal
import TestSupport
import Testing
import Tracking

/// Tables of what networks say whose weights were written by hand, against tables reckoned by hand.
struct ToldTablesTests {
  /// Both columns are between 0 and 1 for the network: (0.5, 0.5), (1, 0), (0, 1), (0, 0).
  private static let rows = "a,b,kind\n10,3,y\n20,1,x\n0,5,z\n0,1,z\n"

  private static let file = """
    data: {source: csv, path: FOLDER/rows.csv, target: kind, normalize: minmax}
    models: {p: [{linear: classes}], q: [{linear: classes}]}
    train: {epochs: 1}
    notebook:
      - {sweep: s, over: {model: all, lr: [0.1, 0.2, 0.3]}, seeds: 2}
      - {table: confusion, by: model}
      - {table: worst, count: 3, by: model}
      - {table: confusion}
      - {table: worst}
      - {table: confusion, part: train, by: lr, title: "By rate"}

    """

  /// Powers of 2 and 3 of twice the inputs, against 1 or 10.
  private static func weights(_ third: Double) -> ToldNetwork.Rows {
    [[2 * log(2), 0, 0], [0, 2 * log(3), 0], [0, 0, log(third)]]
  }

  /// The rate 0.1 is the best one; of 0.2 all say x, and 0.3 diverged with one seed.
  ///
  /// Of p seed 1 has 1 and seed 2 has 10; of q seed 2 left no finite weights.
  private static func tell(_ run: RunConfiguration) -> Told? {
    let lr = run.number("train.lr"), seed = run.train.seed
    let isLost = run.modelName == "q" && seed == 2
    let rows =
      isLost
      ? [[.nan, 0, 0], [0, 0, 0], [0, 0, 0]]
      : lr == 0.1 ? weights(seed == 1 ? 1 : 10) : [[0, 0, 1], [0, 0, 0], [0, 0, 0]]
    let isDiverged = lr == 0.3 && seed == 1
    return Told(
      ["train/loss": [lr == 0.3 ? 0.001 : lr]], best: 1, isDiverged ? .diverged : .completed,
      files: ToldNetwork().files(rows))
  }

  private static let note =
    "p, lr=0.1: 2 runs; q, lr=0.1: 1 run, 1 without finite weights left out. Asked after the last "
    + "update."

  private func tables() throws -> [NotebookPage.TableBlock] {
    let told = try ToldExperiment(Self.file, files: ["rows.csv": Self.rows], tell: Self.tell)
    defer { told.remove() }
    return try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library
    ).tables().map(\.table)
  }

  @Test func whatIsTakenForWhatIsSummedOverTheSeeds() throws {
    let block = try tables()[0]
    #expect(block.title == "s: confusion, train part")
    // p, seed 1: y as y, x as x, z as y and (three as probable) as x; seed 2: all as z.
    #expect(
      block.table?.text(.table) == #"""
        model      true \ predicted  x  y  z         recall
        p, lr=0.1  x                 1  0  1  0.5 ± 0.7 (2)
        p, lr=0.1  y                 0  1  1  0.5 ± 0.7 (2)
        p, lr=0.1  z                 1  1  2  0.5 ± 0.7 (2)
        p, lr=0.1  all               2  2  4    0.5 ± 0 (2)
        q, lr=0.1  x                 1  0  0              1
        q, lr=0.1  y                 0  1  0              1
        q, lr=0.1  z                 1  1  0              0
        q, lr=0.1  all               2  2  0            0.5

        """#)
    #expect(block.note == Self.note)
  }

  @Test func theGreatestMeanLossComesFirst() throws {
    let block = try tables()[1]
    #expect(block.title == "s: rows with the greatest loss, train part")
    // p, row 3: ln 11 and ln 2, in the mean 1.5455; row 1: ln 2 and ln 5, 1.1513; row 2: ln 1.5 and
    // ln 3.75, 0.8636. The class is that of the mean share: row 1 is y by 1/2 and 1/5, z by 1/6
    // and 2/3. q is seed 1 alone: ln 11, ln 3, ln 2.
    #expect(
      block.table?.text(.table) == """
        model      row   a  b  true  predicted           loss
        p, lr=0.1    3   0  5  z     y          1.5 ± 1.2 (2)
        p, lr=0.1    1  10  3  y     z          1.2 ± 0.6 (2)
        p, lr=0.1    2  20  1  x     x          0.9 ± 0.6 (2)
        q, lr=0.1    3   0  5  z     y                  2.398
        q, lr=0.1    4   0  1  z     x                  1.099
        q, lr=0.1    1  10  3  y     y                 0.6931

        """)
    // Behind the title in quotes, which has a comma. Single precision of values of order 1.
    let cells = (block.table?.text(.csv) ?? "").components(separatedBy: "\r\n")[1]
      .components(separatedBy: ",")
    #expect(abs((Double(cells[7]) ?? 0) - (log(11.0) + log(2.0)) / 2) < 1e-6)
    #expect(abs((Double(cells[8]) ?? 0) - (log(11.0) - log(2.0)) / 2.0.squareRoot()) < 1e-6)
  }

  @Test func withoutAKeyThereIsAGroupAModel() throws {
    let tables = try tables()
    #expect(tables[2].table == tables[0].table)
    #expect(tables[3].table?.rows.count == 8)
    #expect(tables[4].title == "By rate")
    let first = (tables[4].table?.text(.csv) ?? "").components(separatedBy: "\r\n")
    #expect(first[0] == "lr,true \\ predicted,x,y,z,recall_mean,recall_std,recall_n")
    // Of equal rates the model that stands first is asked.
    #expect(first[5] == "\"0.2, model=p\",x,2,0,0,1,0,2")
  }

  /// What one should know of a table stands below it in every format of a page.
  @Test func pagesShowTheNote() throws {
    let told = try ToldExperiment(Self.file, files: ["rows.csv": Self.rows], tell: Self.tell)
    defer { told.remove() }
    let page = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library
    ).page([]).page
    let html = HTMLPage(page).text
    #expect(
      html.contains("</table></div>\n<p class=\"remark\">\(Self.note)</p>\n</figure>\n"))
    #expect(
      MarkdownPage(page).text.contains(
        "| q, lr=0.1 | all | 2 | 2 | 0 | 0.5 |\n\n\(Self.note)\n\n**s: rows"))
    let jupyter = JupyterPage(page).text
    #expect(jupyter.contains("\"</table></div>\\n\", \"<p>\(Self.note)</p>\"]"))
    #expect(jupyter.contains("2  2  0            0.5\\n\", \"\(Self.note)\\n\"]"))
  }
}
