import Experiments
import Foundation
import Results
import RunStorage
import Terminal
import Testing
import Tracking

/// `labbook show` of runs whose values were told, as whole texts.
struct RunReportTests {
  private static let file = """
    data: {source: moons, points_per_class: 30, split: {val: 0.5}}
    models: {"a, \\"b\\"": [{linear: classes}]}
    train: {epochs: 3}
    """

  private func report(_ body: (ToldExperiment, RunRecord, RunReport) throws -> Void) throws {
    let told = try ToldExperiment(
      Self.file, environment: ["version": "0.0", "cpu": "a \"b\""]
    ) { _ in
      Told(
        [
          "train/loss": [0, 1, 2, 3], "val/loss": [2, 0.5, 1.5], "val/accuracy": [0.25],
          "time/step": [1, 2], "odd": [.nan],
        ], best: 2, .diverged, seconds: 61.5, message: "not \"finite\"\tat all",
        files: ["weights.safetensors": Data("abc".utf8)])
    }
    defer { told.remove() }
    let run = try #require(try told.store.runs().first)
    try told.store.tag(run.id, "base line")
    try told.store.setNote("a \"note\"\nof two lines", of: run.id)
    let marked = try #require(try told.store.run(run.id))
    try body(told, marked, try RunReport(marked, in: told.store))
  }

  @Test func peopleReadItWhole() throws {
    try report { told, _, report in
      let text = try told.known(report.text(TextStyle(isColored: false)))
      #expect(text == Expected.text)
    }
  }

  @Test func programsReadItWhole() throws {
    try report { told, run, report in
      let text = try told.known(report.json)
      #expect(text == Expected.json)
      #expect((try? JSONSerialization.jsonObject(with: Data(text.utf8))) is [String: Any])
      let metrics = unixLines(report.metricTable.text(.csv))
      #expect(
        metrics == """
          metric,last,best
          odd,,
          time/step,,2
          train/loss,,1
          val/accuracy,,
          val/loss,,0.5

          """)
    }
  }
}

private enum Expected {
  static let text = #"""
    run-1---------------------------  told/main
    diverged: not "finite"␉at all, 40 updates, 4 epochs, best at epoch 2, 61.5 s
    key kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
    created tttttttttttttttttttttttt, ended tttttttttttttttttttttttt
    tags base line
    note a "note"␊of two lines

    Configuration
    parameter                           value
    data.label_noise                        0
    data.noise                            0.1
    data.normalize                       none
    data.points_per_class                  30
    data.scale                              1
    data.seed                               1
    data.shift                              0
    data.source                         moons
    data.split.test                      none
    data.split.val                        0.5
    data.take                            none
    models.a, "b".0.bias                 true
    models.a, "b".0.linear                  2
    train.batch_size                       32
    train.clip_norm                      none
    train.early_stopping                 none
    train.epochs                            3
    train.init                        default
    train.l1                                0
    train.log.every                     epoch
    train.log.grad_norm                 false
    train.log.layers                    false
    train.loss                  cross-entropy
    train.loss.class_weights             none
    train.loss.label_smoothing              0
    train.lr                            0.001
    train.model                        a, "b"
    train.optimizer                      adam
    train.optimizer.beta1                 0.9
    train.optimizer.beta2               0.999
    train.optimizer.eps                 1e-08
    train.schedule                   constant
    train.schedule.warmup                   0
    train.seed                              1
    train.shuffle                        true
    train.weight_decay                      0

    Metrics
    metric        last  best
    odd
    time/step              2
    train/loss             1
    val/accuracy
    val/loss             0.5
    A run that diverged has no last values; what it had reached is in its points (labbook export metrics).

    Curves
    train/loss, to epoch 4
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉ 3
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠊⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⡠⠤⠤⠔⠒⠒⠒⠉⠉⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 0
    val/loss, to epoch 3
      ⠉⠒⠢⠤⣀⣀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 2
      ⠀⠀⠀⠀⠀⠀⠉⠑⠒⠤⢄⣀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⠤⠤⠔⠒
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠉⠑⠒⠢⠤⣀⡀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⡠⠤⠤⠒⠒⠊⠉⠉⠀⠀⠀⠀⠀⠀
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈⠉⠒⠢⠤⣀⣀⠤⠤⠔⠒⠒⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 0.5

    Environment
    key      value
    cpu      a "b"
    version  0.0

    Artifacts
    name                 bytes  sha256        path
    weights.safetensors      3  ba7816bf8f01  in the store

    """#
  static let json = #"""
    {"run": "run-1---------------------------", "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "experiment": "told", "sweep": "main", "status": "diverged", "message": "not \"finite\"\tat all", "current": true, "seed": 1, "former_in": [], "created_at": "tttttttttttttttttttttttt", "started_at": "tttttttttttttttttttttttt", "ended_at": "tttttttttttttttttttttttt", "duration_s": 61.5, "objective": "val/loss", "direction": "minimize", "objective_from": "file", "best_epoch": 2, "tags": ["base line"], "note": "a \"note\"\nof two lines", "parameters": {"data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": true, "models.a, \"b\".0.linear": 2, "train.batch_size": 32, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 3, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "a, \"b\"", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.seed": 1, "train.shuffle": true, "train.weight_decay": 0}, "metrics": {"odd": {"last": null, "best": null}, "time/step": {"last": null, "best": 2}, "train/loss": {"last": null, "best": 1}, "val/accuracy": {"last": null, "best": null}, "val/loss": {"last": null, "best": 0.5}}, "environment": {"cpu": "a \"b\"", "version": "0.0"}, "artifacts": [{"name": "weights.safetensors", "path": null, "bytes": 3, "sha256": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}]}

    """#
}
