import Foundation
import Testing

/// Every command's exit status: 0 done, 1 the work failed, 2 the input is wrong.
struct ExitStatusTests {
  private static let wrong = "trian: {epochs: 3}\n"

  /// A network whose central differences are far from its slopes: at weight 0 tanh of a millionfold
  /// input is odd, so that both sides agree, but bends within the smallest step.
  private static let steep = """
    data: {source: csv, path: steep.csv, target: y}
    model: [{linear: 1}, tanh]
    train: {epochs: 1, loss: l1, init: zeros}

    """

  private static let files = [
    "wrong.yaml": wrong, "steep.yaml": steep, "steep.csv": "x,y\n1000000,2\n2000000,3\n",
    "cloud.yaml": "data: {source: cloud}\nmodel: [{linear: 3}]\ntrain: {epochs: 0}\n",
    "false.yaml": KnownStore.file.replacing("< 100", with: "> 100"),
    "new.yaml": KnownStore.file.replacing("epochs: 2", with: "epochs: 3"),
    "input.csv": "y,x\n1,2\n", "text.csv": "x,y\n1,two\n",
  ]

  /// Commands that only read the known store, and what they must come to.
  @Test func commandsThatReadEndWithTheirStatus() throws {
    let place = try KnownStore.made()
    for (name, text) in Self.files { try place.write(name, text) }
    let calls: [(status: Int32, arguments: [String])] = [
      (0, ["--version"]), (0, ["help", "run"]), (0, ["runs", "--help"]), (2, ["nothing"]),
      (2, ["runs", "--nothing"]), (2, ["show"]),
      (0, ["keys"]), (0, ["keys", "train.lr"]), (2, ["keys", "train.lrr"]),
      (2, ["keys", "--format", "xml"]), (0, ["schema"]), (2, ["schema", "x"]),
      (0, ["data", "e.yaml"]), (2, ["data", "none.yaml"]), (2, ["data", "wrong.yaml"]),
      (0, ["check", "e.yaml"]), (2, ["check", "wrong.yaml"]), (2, ["check", "e.yaml", "e.yaml"]),
      (2, ["check", "e.yaml", "--set", "train.lrr=1"]), (2, ["check"]),
      (0, ["gradcheck", "e.yaml"]), (0, ["gradcheck", "e.yaml", "--rows", "1"]),
      (1, ["gradcheck", "steep.yaml"]), (1, ["gradcheck", "steep.yaml", "--format", "csv"]),
      (2, ["gradcheck", "e.yaml", "--rows", "0"]), (0, ["gradcheck", "e.yaml", "--rows", "1000"]),
      (2, ["gradcheck", "e.yaml", "--rows", "1001"]), (2, ["gradcheck", "wrong.yaml"]),
      (0, ["step", "e.yaml"]), (0, ["step", "e.yaml", "--rows", "2,1"]),
      (2, ["step", "e.yaml", "--rows", "1001"]), (2, ["step", "e.yaml", "--rows", "0"]),
      (2, ["step", "cloud.yaml"]),
      (0, ["run", "e.yaml", "--dry-run"]), (0, ["run", "e.yaml", "--try"]),
      (2, ["run", "e.yaml", "--dry-run", "--try"]), (2, ["run", "e.yaml", "--jobs", "0"]),
      (2, ["run", "e.yaml", "--jobs", "1025"]), (2, ["run", "e.yaml", "--only", "rate"]),
      (2, ["run", "wrong.yaml"]), (2, ["run", "e.yaml", "wrong.yaml"]), (2, ["run"]),
      (0, ["experiments"]), (2, ["experiments", "--db", "none.sqlite"]),
      (2, ["experiments", "--db", "e.yaml"]),
      (0, ["runs"]), (2, ["runs", "--limit", "-1"]), (2, ["runs", "--offset", "-1"]),
      (2, ["runs", "--sort", "val/los"]), (2, ["runs", "--where", "lr <"]),
      (2, ["runs", "--where", "lrr = 1"]), (2, ["runs", "--sweep", "rate"]),
      (2, ["runs", "--experiment", "f"]), (2, ["runs", "--by", "seed"]),
      (0, ["show", "1"]), (2, ["show", "f"]), (2, ["show", "zz"]),
      (0, ["compare", "1", "2"]), (0, ["compare", "1", "3"]), (2, ["compare", "1"]),
      (2, ["compare", "1", "2", "--seeds"]), (2, ["compare", "1", "--sweep", "rates"]),
      (2, ["compare", "--sweep", "rates"]), (2, ["compare", "--sweep", "rate", "--by", "lr"]),
      (2, ["compare", "--sweep", "rates", "--by", "lrr"]),
      (2, ["compare", "--sweep", "rates", "--by", "lr", "--against", "7"]),
      (1, ["compare", "--sweep", "rates", "--by", "lr", "--metric", "test/loss"]),
      (1, ["compare", "1", "3", "--seeds", "--metric", "test/loss"]),
      (0, ["predict", "1", "--input", "input.csv"]),
      (0, ["predict", "--sweep", "rates", "--by", "lr", "--input", "rows.csv"]),
      (2, ["predict", "--input", "rows.csv"]),
      (2, ["predict", "1", "--sweep", "rates", "--input", "rows.csv"]),
      (2, ["predict", "1", "--by", "lr", "--input", "rows.csv"]),
      (2, ["predict", "1", "--input", "none.csv"]), (2, ["predict", "1", "--input", "text.csv"]),
      (2, ["predict", "--sweep", "rates", "--experiment", "f", "--input", "rows.csv"]),
      (0, ["export", "runs"]), (0, ["export", "metrics", "--metric", "val/loss"]),
      (2, ["export", "metrics", "--metric", "val/los"]),
      (2, ["export", "runs", "--sweep", "rate"]),
      (0, ["export", "model", "1", "--out", "m.onnx"]),
      (1, ["export", "model", "1", "--out", "none/m.onnx"]),
      (2, ["export", "model", "f", "--out", "m.onnx"]), (0, ["export"]), (2, ["export", "all"]),
      (2, ["tag", "1", "a, b"]),
      (0, ["torch", "e.yaml", "--model", "hidden"]), (2, ["torch", "e.yaml", "--model", "hiden"]),
      (1, ["torch", "e.yaml", "--start", "e.yaml/x"]), (2, ["torch", "wrong.yaml"]),
      (0, ["weights", "1", "--out", "w"]), (0, ["weights", "1", "--best", "--out", "b"]),
      (1, ["weights", "1", "--out", "none/w"]), (2, ["weights", "f", "--out", "w"]),
      (2, ["find-lr", "e.yaml", "--seeds", "0"]), (2, ["find-lr", "e.yaml", "--seeds", "101"]),
      (2, ["find-lr", "e.yaml", "--from", "1", "--to", "0.1"]),
      (2, ["find-lr", "e.yaml", "--from", "0"]), (2, ["find-lr", "e.yaml", "--updates", "19"]),
      (2, ["find-lr", "e.yaml", "--model", "hiden"]),
      (0, ["report", "e.yaml", "--format", "md"]), (1, ["report", "false.yaml", "--format", "md"]),
      (2, ["report", "wrong.yaml"]), (2, ["report", "e.yaml", "--format", "pdf"]),
      (2, ["report", "e.yaml", "--db", "none.sqlite"]),
      (2, ["tag", "f", "x"]), (2, ["tag", "1", "x", "--remove"]), (2, ["note", "f", "x"]),
      (2, ["rm", "f"]), (2, ["rm"]), (2, ["rm", "1", "f"]),
    ]
    for (status, arguments) in calls {
      let outcome = try place.labbook(arguments)
      #expect(outcome.status == status, "\(arguments): \(outcome.output)\(outcome.errors)")
      // Errors go to standard error, results to standard output.
      if status == 2 { #expect(outcome.output.isEmpty && !outcome.errors.isEmpty, "\(arguments)") }
      if status == 0 { #expect(!outcome.output.isEmpty, "\(arguments)") }
    }
    #expect(try StoreReader(place.store).number("SELECT count(*) FROM run_table") == 9)
    #expect(try place.labbook("--version").output == "0.2.0\n")
  }

  /// A page whose sweep is not there is a failure, as is a claim that does not hold.
  @Test func whatIsMissingOrNotHeldIsAFailure() throws {
    let place = try KnownStore.made()
    for (name, text) in Self.files { try place.write(name, text) }
    let new = try place.labbook("report", "new.yaml", "--format", "html")
    #expect(new.status == 1 && new.errors.contains("not run yet"))
    #expect(new.output.hasPrefix("plots/new/index.html\n"))
    let run = try place.labbook("run", "false.yaml", "new.yaml", "--jobs", "1")
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("claim not held: Some are small"))
    // The second file is run all the same.
    #expect(try place.labbook("report", "new.yaml", "--format", "html").status == 0)
  }

  @Test func aVerifiedRunIsIdenticalAndAChangedOneIsNot() throws {
    let place = try Workplace()
    try place.write("e.yaml", KnownStore.file)
    try place.write("rows.csv", KnownStore.rows)
    try #require(try place.labbook("run", "e.yaml", "--only", "single").status == 0)
    let run = try #require(try StoreReader(place.store).text("SELECT run FROM run_table"))
    let same = try place.labbook("verify", run)
    #expect(same.status == 0)
    // Loss and accuracy of two parts and the rate: train and rate after 2 epochs, val also before.
    #expect(
      same.output
        == "run \(run.prefix(8)) is identical: 12 points of 5 metrics, 4 tensors, 4 files\n",
      "\(same.output)")
    try StoreWriter(place.store).execute(
      "UPDATE points SET v0 = v0 + 1e-12 WHERE step = (SELECT max(step) FROM points)")
    let changed = try place.labbook("verify", run)
    #expect(changed.status == 1)
    #expect(changed.output.hasPrefix("run \(run.prefix(8)) differs first in "))
    #expect(
      changed.output.hasSuffix(
        "the program, its numerics, kernels, BLAS and processor are the same as then\n"))
    try StoreWriter(place.store).execute(
      "UPDATE environment_values SET value = 'older' WHERE key = 'cpu'")
    #expect(try place.labbook("verify", run).output.contains("cpu: older then, "))
    #expect(try place.labbook("verify", "ffff").status == 2)
    try place.write("rows.csv", KnownStore.rows.replacing("1,2,p", with: "1,3,p"))
    let other = try place.labbook("verify", run)
    #expect(
      other.status == 1 && other.errors.contains("the data of run \(run.prefix(8)) has changed"))
  }

  @Test func remarksAndRemovalSayWhatTheyDid() throws {
    let place = try KnownStore.made()
    #expect(try place.labbook("tag", "1", "b c").output == "11111111: b c\n")
    #expect(try place.labbook("tag", "1", "a").output == "11111111: a, b c\n")
    #expect(try place.labbook("tag", "1", "b c", "--remove").output == "11111111: a\n")
    #expect(try place.labbook("tag", "1", "a", "--remove").output == "11111111: no tags\n")
    #expect(try place.labbook("note", "2", "of two\nlines").output == "22222222: of two␊lines\n")
    #expect(try place.labbook("note", "2", "").output == "22222222: no note\n")
    let removed = try place.labbook("rm", "2", "99", "22").output.split(separator: "\n")
    #expect(
      removed.prefix(2) == [
        "removed 22222222  e/rates  completed, seed 2",
        "removed 99999999  e/single  completed, seed 1",
      ])
    #expect(
      removed[2].hasPrefix("2 runs: ") && removed[2].contains(" of files, and labbook.sqlite"))
    #expect(try place.labbook("rm", "1").output.contains("\n1 run: "))
    #expect(try StoreReader(place.store).number("SELECT count(*) FROM run_table") == 6)
  }

  @Test func theDoctorSaysWhatIsMissing() throws {
    let place = try Workplace()
    let well = try place.labbook("doctor", "--format", "csv")
    #expect(well.output.hasPrefix("what,state,found\r\nversion,ok,0.2.0\r\n"))
    #expect(well.output.contains("\r\nstore,ok,labbook.sqlite is not there yet\r\n"))
    #expect(well.output.contains("\r\ngnuplot,ok,gnuplot ") == (well.status == 0))
    let ill = try place.labbook(["doctor", "--format", "csv"], environment: ["PATH": "/nowhere"])
    #expect(ill.status == 1)
    #expect(
      ill.output.contains(
        "\r\ngnuplot,missing,\"Figures need gnuplot, and 'gnuplot' was not found.\"\r\n"))
    #expect(ill.errors.contains("gnuplot: figures need it; type: apt-get install gnuplot-nox\n"))
    try place.write("labbook.sqlite", "no store")
    let broken = try place.labbook("doctor", "--format", "csv")
    #expect(broken.status == 1 && broken.output.contains("\r\nstore,missing,cannot be read\r\n"))
  }

  @Test func theStoreIsWhereItIsSaid() throws {
    let place = try KnownStore.made()
    try FileManager.default.createDirectory(
      atPath: place.path + "/other", withIntermediateDirectories: true)
    let data = ["LABBOOK_DB": "named.sqlite"]
    #expect(try place.labbook(["runs"], environment: data).status == 2)
    #expect(try place.labbook(["runs", "--db", "labbook.sqlite"], environment: data).status == 0)
    #expect(try place.labbook(["runs"], environment: ["LABBOOK_DB": ""]).status == 0)
    let run = [
      "run", "e.yaml", "--only", "single", "--plots", "other/p", "--set", "train.epochs=1",
    ]
    let outcome = try place.labbook(run, environment: data)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(place.exists("named.sqlite") && place.exists("other/p/e/index.html"))
    #expect(!place.exists("plots/e/index.html") || place.exists("plots"))
    let named = try StoreReader(place.path + "/named.sqlite")
    #expect(try named.texts("SELECT sweep || ' ' || last_epoch FROM run_table") == ["single 1"])
  }

  /// Only cells that speak of the asked sweep are shown and count.
  @Test func onlyOneSweepIsRunAndShown() throws {
    let place = try Workplace()
    try place.write("e.yaml", KnownStore.file.replacing("< 100", with: "> 100"))
    try place.write("rows.csv", KnownStore.rows)
    let outcome = try place.labbook("run", "e.yaml", "--only", "single")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.output.contains("claim") && !outcome.output.contains("best by"))
    let other = try place.labbook("run", "e.yaml", "--only", "rates")
    #expect(other.status == 1 && other.output.contains("claim not held"))
    #expect(other.output.contains("rates: best by val/loss"))
    let again = try place.labbook("run", "e.yaml", "--only", "single", "--jobs", "2")
    #expect(again.output.contains("the run is in labbook.sqlite already"))
  }
}
