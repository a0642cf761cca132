import Experiments
import Pages
import RunStorage
import Runs
import Sweeps
import TestSupport
import Testing
import Tracking

/// What a page says of sweeps of every kind, and of how their runs ended.
struct SweepSummaryTests {
  private static let file = """
    data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
    models: {lines: [{linear: classes}], hidden: {mlp: {hidden: [8]}}}
    train: {epochs: 4, model: lines}
    notebook:
      - sweep: plain
      - sweep: listed
        with: {epochs: 3, optimizer: {name: sgd, momentum: 0.5}}
        over: {model: all, lr: [0.1, 0.2, 0.3]}
        where: "lr < 0.3 or model = 'lines'"
        seeds: 4
      - sweep: named
        variants:
          as it is: {}
          bare: {shuffle: false, log: {layers: true}}
          list: {models.hidden.mlp.hidden: [4, 4], model: hidden}
        seeds: [7, 3, 9]
      - sweep: search
        over:
          lr: {log_uniform: [0.001, 0.1]}
          batch_size: {int_uniform: [8, 64]}
          optimizer: {choice: [sgd, adam]}
          l1: [0, 0.5]
        strategy: {name: tpe, runs: 40, seed: 3}
        stop: {name: asha, min_epochs: 1, reduction: 2}
        seeds: 2
      - sweep: top
        from: {best: 3, of: search}
        seeds: 14
      - {sweep: pair, with: {lr: 0.7}, seeds: [1, 2]}

    """

  private static func tell(_ run: RunConfiguration) -> Told? {
    let lr = run.number("train.lr"), seed = run.train.seed
    if run.number("train.epochs") == 3 {
      switch (lr, seed, run.modelName) {
      case (0.1, 1, "lines"): return Told(["val/loss": [.nan]], best: 1, .diverged, seconds: 100)
      case (0.1, 2, "lines"): return Told(["val/loss": [1]], best: 1, .interrupted, seconds: 20)
      case (0.1, 3...4, "lines"): return Told(["val/loss": [.nan]], best: 1, .diverged)
      case (0.2, 1, "hidden"): return Told([:], .failed)
      case (0.2, 2, "hidden"): return Told(["val/loss": [1]], .running)
      case (0.2, 3, "hidden"): return Told([:], .planned)
      case (0.2, 4, "hidden"): return Told(["val/loss": [1]], best: 1, .stopped)
      case (0.3, 1...2, "lines"): return Told(["val/loss": [.nan]], best: 1, .diverged)
      case (0.3, _, _): return nil
      default: return Told(["val/loss": [1, 1, 1]], best: 1, seconds: 3600)
      }
    }
    return lr == 0.7 ? nil : Told(["val/loss": [1]], best: 1, seconds: 0.1)
  }

  @Test func everySweepSaysWhatItVariesAndHowItEnded() throws {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library)
    var text = ""
    for case .sweep(let sweep) in builder.page([]).page.blocks {
      text += sweep.name + "\n"
      for fact in sweep.facts { text += "  \(fact.name): \(fact.text)\n" }
      for note in sweep.notes { text += "  ! \(note)\n" }
    }
    #expect(text == expected)
  }

  /// Of many configurations eight are named, of many seeds ten.
  @Test func longListsAreCut() throws {
    let told = try ToldExperiment(
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: [{linear: classes}]
      train: {epochs: 2}
      over: {lr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]}
      seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20]
      """
    ) { run in
      run.number("train.lr") == 0.1 || run.train.seed == 20
        ? Told(["val/loss": [.nan]], best: 1, .diverged) : nil
    }
    defer { told.remove() }
    let builder = try NotebookBuilder(
      told.experiment, told.plan, in: told.store, library: told.library)
    for case .sweep(let sweep) in builder.page([]).page.blocks {
      #expect(sweep.facts[1].name == "seeds")
      #expect(sweep.facts[1].text == "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …")
      #expect(
        sweep.notes == [
          "diverged: lr=0.1 (seeds 1, 2, 3, 4, 5, 6, 7, 8, 9, 10); "
            + (2...8).map { "lr=0.\($0) (seed 20)" }.joined(separator: "; ") + " and 2 more",
          "not run yet: 108 of 130 runs",
        ])
    }
  }
}

private let expected = """
  plain
    runs: 1 configuration, 1 run
    seed: 1
    training time: under 1 s in all
  listed
    runs: 5 configurations, 20 runs
    seeds: 1 to 4
    model: lines, hidden
    lr: 0.1, 0.2, 0.3
    unlike the file: epochs = 3, optimizer = {name: sgd, momentum: 0.5}
    only where: lr < 0.3 or model = 'lines'
    training time: 8 h 02 m in all
    ! diverged: model=lines, lr=0.1 (seeds 1, 3, 4); model=lines, lr=0.3 (seeds 1, 2)
    ! failed: model=hidden, lr=0.2 (seed 1)
    ! stopped: model=hidden, lr=0.2 (seed 4)
    ! interrupted: model=lines, lr=0.1 (seed 2)
    ! running: model=hidden, lr=0.2 (seed 2)
    ! planned: model=hidden, lr=0.2 (seed 3)
    ! not run yet: 2 of 20 runs
  named
    runs: 3 configurations, 9 runs
    seeds: 3, 7, 9
    variant as it is: as the file says
    variant bare: shuffle = false, log = {layers: true}
    variant list: models.hidden.mlp.hidden = [4, 4], model = hidden
    training time: under 1 s in all
  search
    runs: 80 configurations, 160 runs
    seeds: 1, 2
    lr: log_uniform from 0.001 to 0.1
    batch_size: int_uniform from 8 to 64
    optimizer: sgd, adam
    l1: 0, 0.5
    strategy: tpe, round 4, runs 40, seed 3, startup 10
    stop: asha, min_epochs 1, reduction 2
    training time: 4 s in all
    ! 20 configurations are known, at most 60 configurations follow from results
  top
    runs: 3 configurations, 42 runs
    from: the 3 best of search
    ! its 3 configurations are known when 'search' is done
    ! not run yet
  pair
    runs: 1 configuration, 2 runs
    seeds: 1, 2
    unlike the file: lr = 0.7
    ! not run yet

  """
