import Foundation
import Testing

/// Every listing of a store that is known, as the command prints it: whole texts.
struct ListingTests {
  @Test func experimentsAreListed() throws {
    for format in ["table", "json", "csv"] {
      let text = try KnownStore.output(["experiments", "--format", format])
      #expect(text == Listings.experiments[format])
    }
  }

  @Test func runsAreListed() throws {
    for format in ["table", "json", "csv"] {
      let text = try KnownStore.output(["runs", "--sweep", "rates", "--format", format])
      #expect(text == Listings.runs[format])
    }
    let all = try KnownStore.output(["runs"])
    #expect(all == Listings.allRuns)
  }

  @Test func configurationsAreListed() throws {
    let text = try KnownStore.output(["runs", "--by", "config", "--sort", "val/loss"])
      .replacing(#/(?m)^[0-9a-f]{8}\ \ /#) { _ in "cccccccc  " }
    #expect(text == Listings.configurations)
  }

  /// The seeds and rates of the runs in the order in which a command lists them.
  private func order(_ arguments: String...) throws -> [String] {
    let text = try KnownStore.output(["runs", "--format", "csv"] + arguments)
    return text.split(separator: "\n").dropFirst().map { String($0.prefix(1)) }
  }

  /// Run n is the n-th of the file; its losses and accuracies grow with n.
  @Test func listsAreFilteredSortedAndPaged() throws {
    let all = (1...9).map(String.init)
    #expect(try order() == all)
    #expect(try order("--experiment", "e") == all)
    #expect(try order("--sweep", "single") == ["9"])
    #expect(try order("--sort", "val/loss") == all)
    #expect(try order("--sort", "val/loss", "--reverse") == all.reversed())
    // Accuracies are better where they are greater.
    #expect(try order("--sort", "val/accuracy") == all.reversed())
    #expect(try order("--sort", "val/accuracy", "--reverse") == all)
    #expect(try order("--sort", "duration_s", "--reverse") == all.reversed())
    #expect(try order("--sort", "seed") == ["1", "3", "5", "7", "9", "2", "4", "6", "8"])
    #expect(try order("--sort", "lr") == ["1", "2", "5", "6", "3", "4", "7", "8", "9"])
    #expect(
      try order("--sort", "train.lr", "--reverse") == ["9", "3", "4", "7", "8", "1", "2", "5", "6"])
    #expect(try order("--limit", "3") == ["1", "2", "3"])
    #expect(try order("--limit", "3", "--offset", "2") == ["3", "4", "5"])
    #expect(try order("--offset", "7") == ["8", "9"])
    #expect(try order("--limit", "0") == [])
    #expect(try order("--where", "lr = 0.2 and seed = 2") == ["4", "8"])
    // The last loss of run n is n + 5 / 8, its best one n + 15 / 8.
    #expect(try order("--where", "val/loss > 7.62") == ["7", "8", "9"])
    #expect(try order("--where", "hidden = '[2]' and lr < 0.2") == ["5", "6"])
    #expect(try order("--where", "duration_s <= 3 or last_epoch != 2") == ["1", "2"])
    #expect(try order("--by", "config", "--limit", "2", "--offset", "4").count == 1)
  }

  @Test func aRunIsShownWhole() throws {
    for format in ["table", "json", "csv"] {
      let text = try KnownStore.output(["show", "33", "--format", format])
      #expect(text == Listings.show[format])
    }
  }

  @Test func runsAndSweepsAreCompared() throws {
    let pair = try KnownStore.output(["compare", "1", "4", "7"])
    #expect(pair == Listings.comparedRuns)
    let sweep = try KnownStore.output(["compare", "--sweep", "rates", "--by", "model"])
    #expect(sweep == Listings.comparedSweep)
    let other = try KnownStore.output([
      "compare", "--sweep", "rates", "--by", "lr", "--against", "0.2", "--metric", "val/accuracy",
      "--value", "best", "--format", "json",
    ])
    #expect(other == Listings.comparedForPrograms)
    let seeds = try KnownStore.output(["compare", "1", "7", "--seeds", "--metric", "val/accuracy"])
    #expect(seeds == Listings.comparedSeeds)
  }

  @Test func runsAndPointsAreExported() throws {
    for (name, arguments) in [
      ("runs", ["export", "runs", "--sweep", "single"]),
      ("runsjson", ["export", "runs", "--sweep", "single", "--format", "json"]),
      ("metrics", ["export", "metrics", "--sweep", "single", "--metric", "val/loss"]),
      (
        "metricsjson",
        ["export", "metrics", "--experiment", "e", "--metric", "lr", "--format", "json"]
      ),
    ] {
      let text = try KnownStore.output(arguments)
      #expect(text == Listings.exports[name])
    }
  }

  @Test func theNotebookIsReportedWithItsDates() throws {
    let place = try KnownStore.made()
    #expect(
      try KnownStore.output(["report", "e.yaml", "--format", "md", "--plots", "p"], in: place)
        == "p/e/index.md\n")
    let text = try place.read("p/e/index.md")
    #expect(text == Listings.report)
    // Over midnight, and within one minute.
    for (end, words) in [
      ("2026-01-03T00:05:00.000Z", "2026-01-02 10:01 to 2026-01-03 00:05 UTC"),
      ("2026-01-02T10:01:59.000Z", "2026-01-02 10:01 UTC"),
    ] {
      try StoreWriter(place.store).execute(
        "UPDATE runs SET started_at = '2026-01-02T10:01:00.000Z', ended_at = '\(end)'")
      _ = try place.labbook(
        "report", "e.yaml", "--format", "md", "--set", "train.optimizer=adam")
      let text = try place.read("plots/e/index.md")
      #expect(text.contains("- trained: \(words)\n"), "\(text.suffix(400))")
      #expect(text.contains("labbook run e.yaml --set train.optimizer=adam\n"))
    }
  }

  @Test func thePlanIsCheckedAgainstTheStore() throws {
    let text = try KnownStore.output(["check", "e.yaml"])
    #expect(text == Listings.check)
    let json = try KnownStore.output(["check", "e.yaml", "--format", "json"])
    #expect(json == Listings.checkForPrograms)
    let dry = try KnownStore.output(["run", "e.yaml", "--dry-run", "--set", "train.epochs=3"])
    #expect(dry == Listings.dryRun)
    let only = try KnownStore.output(["run", "e.yaml", "--dry-run", "--only", "single", "--fresh"])
    #expect(only == Listings.dryRunOfOne)
  }

  @Test func theDataIsShown() throws {
    for format in ["table", "json", "csv"] {
      let text = try KnownStore.output(["data", "e.yaml", "--format", format])
      #expect(text == Listings.data[format])
    }
  }

  @Test func keysAreListedBelowAPath() throws {
    for (name, arguments) in [
      ("shuffle", ["keys", "shuffle"]), ("split", ["keys", "data.split", "--format", "csv"]),
    ] {
      let text = try KnownStore.output(arguments)
      #expect(text == Listings.keys[name])
    }
  }
}
