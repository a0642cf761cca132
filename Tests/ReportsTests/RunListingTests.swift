import Experiments
import Pages
import Results
import RunStorage
import Runs
import Terminal
import TestSupport
import Testing
import Tracking

/// Whole listings of a store whose values were told, as people and as programs get them.
struct RunListingTests {
  /// Two sweeps that share a run, an optimizer of its own settings, words that CSV and JSON escape.
  private static let file = """
    title: "One, \\"two\\""
    data: {source: moons, points_per_class: 30, split: {val: 0.5}}
    models: {"a, \\"b\\"": [{linear: classes}], hidden: {mlp: {hidden: [4]}}}
    train: {epochs: 2, batch_size: 16}
    notebook:
      - sweep: first
        over: {model: all, optimizer: [sgd, adam]}
        seeds: 2
      - sweep: second
        with: {model: hidden}
        over: {lr: [0.001, 0.5]}
        seeds: 2

    """

  private static func tell(_ run: RunConfiguration) -> Told? {
    let seed = run.train.seed
    if run.number("train.lr") == 0.5 {
      return seed == 1
        ? Told(
          ["train/loss": [1, .infinity], "val/loss": [0.5]], best: 1, .diverged,
          message: "the loss is not finite")
        : nil
    }
    let isAdam = run.train.optimizer.name == "adam"
    if run.modelName != "hidden", isAdam, seed == 2 {
      return Told(["train/loss": [0.75]], best: 1, .interrupted, seconds: 12.3456)
    }
    let base = (isAdam ? 0.125 : 0.25) * Double(seed)
    return Told(
      [
        "train/loss": [base / 2, base], "train/accuracy": [0.5, 0.75],
        "val/loss": [base, 2 * base],
        "test/accuracy": [0, base], "grad_norm": [3, 4], "time/step": [1, 2],
      ], best: 1)
  }

  private func told() throws -> ToldExperiment {
    let told = try ToldExperiment(Self.file, tell: Self.tell)
    let runs = try told.store.runs()
    try told.store.tag(runs[1].id, "x \"y\"")
    try told.store.tag(runs[1].id, "base")
    try told.store.setNote("two | lines\n\"of\" it", of: runs[2].id)
    return told
  }

  @Test func runsAreListed() throws {
    let told = try told()
    defer { told.remove() }
    let runs = try told.store.runs()
    let people = try told.known(RunListing(runs, for: .table).table.text(.table))
    let csv = unixLines(try told.known(RunListing(runs, for: .csv).table.text(.csv)))
    let json = try told.known(RunListing(runs, for: .json).table.text(.json))
    #expect(people == Expected.runs)
    #expect(csv == Expected.csv)
    #expect(json == Expected.json)
    // Of one sweep nothing that is the same in all runs is shown to people.
    let sgd = runs.filter { $0.parameters["train.optimizer"] == .text("sgd") }
    let one = try told.known(RunListing(sgd, for: .table).table.text(.table))
    #expect(one == Expected.ofOneOptimizer)
  }

  @Test func configurationsAreListed() throws {
    let told = try told()
    defer { told.remove() }
    let runs = try told.store.runs()
    let order = try told.store.configurations()
    let people = RunListing(runs, for: .table).tableByConfiguration(order.reversed()).text(.table)
    let configurations = Dictionary(
      uniqueKeysWithValues: zip(
        order, ["c1------", "c2------", "c3------", "c4------", "c5------"]))
    func known(_ text: String) throws -> String {
      var text = text
      for (configuration, name) in configurations {
        text = text.replacing(configuration, with: name)
          .replacing(configuration.prefix(8), with: name)
      }
      return try told.known(text)
    }
    let shown = try known(people)
    let csv = unixLines(
      try known(RunListing(runs, for: .csv).tableByConfiguration(order).text(.csv)))
    #expect(shown == Expected.configurations)
    #expect(csv == Expected.configurationsCSV)
  }

  @Test func sweepsAreListed() throws {
    let told = try told()
    defer { told.remove() }
    let text = try told.known(sweepTable(told.store.sweeps()).text(.table))
    #expect(text == Expected.sweeps)
    #expect(
      sweepTable([]).text(.csv)
        == "experiment,sweep,runs,completed,training_s,last_ended_at,tags,title\r\n")
  }
}

private enum Expected {
  static let runs = """
    run       experiment  sweep   status       seed     lr  model   optimizer  train/loss  train/accuracy  val/loss  test/accuracy  last_epoch  duration_s  tags         note         message
    run-1---  told        first   completed       1  0.001  a, "b"  sgd              0.25            0.75       0.5           0.25           2        0.25
    run-2---  told        first   completed       2  0.001  a, "b"  sgd               0.5            0.75         1            0.5           2        0.25  base, x "y"
    run-3---  told        first   completed       1  0.001  a, "b"  adam            0.125            0.75      0.25          0.125           2        0.25               two | lines
    run-4---  told        first   interrupted     2  0.001  a, "b"  adam             0.75                                                    1       12.35
    run-5---  told        first   completed       1  0.001  hidden  sgd              0.25            0.75       0.5           0.25           2        0.25
    run-6---  told        first   completed       2  0.001  hidden  sgd               0.5            0.75         1            0.5           2        0.25
    run-7---  told        first   completed       1  0.001  hidden  adam            0.125            0.75      0.25          0.125           2        0.25
    run-8---  told        first   completed       2  0.001  hidden  adam             0.25            0.75       0.5           0.25           2        0.25
    run-9---  told        second  diverged        1    0.5  hidden  adam                                                                     2        0.25                            the loss is not finite

    """
  static let csv = #"""
    run,experiment,sweep,status,seed,data.label_noise,data.noise,data.normalize,data.points_per_class,data.scale,data.seed,data.shift,data.source,data.split.test,data.split.val,data.take,"models.a, ""b"".0.bias","models.a, ""b"".0.linear",models.hidden.mlp.activation,models.hidden.mlp.dropout,models.hidden.mlp.hidden,train.batch_size,train.clip_norm,train.early_stopping,train.epochs,train.init,train.l1,train.log.every,train.log.grad_norm,train.log.layers,train.loss,train.loss.class_weights,train.loss.label_smoothing,train.lr,train.model,train.optimizer,train.optimizer.beta1,train.optimizer.beta2,train.optimizer.dampening,train.optimizer.eps,train.optimizer.momentum,train.optimizer.nesterov,train.schedule,train.schedule.warmup,train.shuffle,train.weight_decay,grad_norm,test/accuracy,time/step,train/accuracy,train/loss,val/loss,last_epoch,duration_s,tags,note,message,key,created_at
    run-1---------------------------,told,first,completed,1,0,0.1,,30,1,1,0,moons,,0.5,,true,2,,,,16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,"a, ""b""",sgd,,,0,,0,false,constant,0,true,0,4,0.25,2,0.75,0.25,0.5,2,0.25,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-2---------------------------,told,first,completed,2,0,0.1,,30,1,1,0,moons,,0.5,,true,2,,,,16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,"a, ""b""",sgd,,,0,,0,false,constant,0,true,0,4,0.5,2,0.75,0.5,1,2,0.25,"base, x ""y""",,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-3---------------------------,told,first,completed,1,0,0.1,,30,1,1,0,moons,,0.5,,true,2,,,,16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,"a, ""b""",adam,0.9,0.999,,1e-08,,,constant,0,true,0,4,0.125,2,0.75,0.125,0.25,2,0.25,,"two | lines
    ""of"" it",,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-4---------------------------,told,first,interrupted,2,0,0.1,,30,1,1,0,moons,,0.5,,true,2,,,,16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,"a, ""b""",adam,0.9,0.999,,1e-08,,,constant,0,true,0,,,,,0.75,,1,12.3456,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-5---------------------------,told,first,completed,1,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,hidden,sgd,,,0,,0,false,constant,0,true,0,4,0.25,2,0.75,0.25,0.5,2,0.25,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-6---------------------------,told,first,completed,2,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,hidden,sgd,,,0,,0,false,constant,0,true,0,4,0.5,2,0.75,0.5,1,2,0.25,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-7---------------------------,told,first,completed,1,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,hidden,adam,0.9,0.999,,1e-08,,,constant,0,true,0,4,0.125,2,0.75,0.125,0.25,2,0.25,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-8---------------------------,told,first,completed,2,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,hidden,adam,0.9,0.999,,1e-08,,,constant,0,true,0,4,0.25,2,0.75,0.25,0.5,2,0.25,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt
    run-9---------------------------,told,second,diverged,1,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.5,hidden,adam,0.9,0.999,,1e-08,,,constant,0,true,0,,,,,,,2,0.25,,,the loss is not finite,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,tttttttttttttttttttttttt

    """#
  static let json = #"""
    [
      {"run": "run-1---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 1, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": true, "models.a, \"b\".0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "a, \"b\"", "train.optimizer": "sgd", "train.optimizer.beta1": null, "train.optimizer.beta2": null, "train.optimizer.dampening": 0, "train.optimizer.eps": null, "train.optimizer.momentum": 0, "train.optimizer.nesterov": false, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.25, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.25, "val/loss": 0.5, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-2---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 2, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": true, "models.a, \"b\".0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "a, \"b\"", "train.optimizer": "sgd", "train.optimizer.beta1": null, "train.optimizer.beta2": null, "train.optimizer.dampening": 0, "train.optimizer.eps": null, "train.optimizer.momentum": 0, "train.optimizer.nesterov": false, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.5, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.5, "val/loss": 1, "last_epoch": 2, "duration_s": 0.25, "tags": "base, x \"y\"", "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-3---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 1, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": true, "models.a, \"b\".0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "a, \"b\"", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.dampening": null, "train.optimizer.eps": 1e-08, "train.optimizer.momentum": null, "train.optimizer.nesterov": null, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.125, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.125, "val/loss": 0.25, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": "two | lines\n\"of\" it", "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-4---------------------------", "experiment": "told", "sweep": "first", "status": "interrupted", "seed": 2, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": true, "models.a, \"b\".0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "a, \"b\"", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.dampening": null, "train.optimizer.eps": 1e-08, "train.optimizer.momentum": null, "train.optimizer.nesterov": null, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": null, "test/accuracy": null, "time/step": null, "train/accuracy": null, "train/loss": 0.75, "val/loss": null, "last_epoch": 1, "duration_s": 12.3456, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-5---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 1, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": null, "models.a, \"b\".0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [4], "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "hidden", "train.optimizer": "sgd", "train.optimizer.beta1": null, "train.optimizer.beta2": null, "train.optimizer.dampening": 0, "train.optimizer.eps": null, "train.optimizer.momentum": 0, "train.optimizer.nesterov": false, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.25, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.25, "val/loss": 0.5, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-6---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 2, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": null, "models.a, \"b\".0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [4], "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "hidden", "train.optimizer": "sgd", "train.optimizer.beta1": null, "train.optimizer.beta2": null, "train.optimizer.dampening": 0, "train.optimizer.eps": null, "train.optimizer.momentum": 0, "train.optimizer.nesterov": false, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.5, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.5, "val/loss": 1, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-7---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 1, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": null, "models.a, \"b\".0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [4], "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.dampening": null, "train.optimizer.eps": 1e-08, "train.optimizer.momentum": null, "train.optimizer.nesterov": null, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.125, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.125, "val/loss": 0.25, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-8---------------------------", "experiment": "told", "sweep": "first", "status": "completed", "seed": 2, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": null, "models.a, \"b\".0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [4], "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.001, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.dampening": null, "train.optimizer.eps": 1e-08, "train.optimizer.momentum": null, "train.optimizer.nesterov": null, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": 4, "test/accuracy": 0.25, "time/step": 2, "train/accuracy": 0.75, "train/loss": 0.25, "val/loss": 0.5, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"},
      {"run": "run-9---------------------------", "experiment": "told", "sweep": "second", "status": "diverged", "seed": 1, "data.label_noise": 0, "data.noise": 0.1, "data.normalize": null, "data.points_per_class": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "moons", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "models.a, \"b\".0.bias": null, "models.a, \"b\".0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [4], "train.batch_size": 16, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.5, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.dampening": null, "train.optimizer.eps": 1e-08, "train.optimizer.momentum": null, "train.optimizer.nesterov": null, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "grad_norm": null, "test/accuracy": null, "time/step": null, "train/accuracy": null, "train/loss": null, "val/loss": null, "last_epoch": 2, "duration_s": 0.25, "tags": null, "note": null, "message": "the loss is not finite", "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "tttttttttttttttttttttttt"}
    ]

    """#
  static let ofOneOptimizer = """
    run       status     seed  model   train/loss  train/accuracy  val/loss  test/accuracy  last_epoch  duration_s  tags
    run-1---  completed     1  a, "b"        0.25            0.75       0.5           0.25           2        0.25
    run-2---  completed     2  a, "b"         0.5            0.75         1            0.5           2        0.25  base, x "y"
    run-5---  completed     1  hidden        0.25            0.75       0.5           0.25           2        0.25
    run-6---  completed     2  hidden         0.5            0.75         1            0.5           2        0.25

    """
  static let configurations = """
    configuration  runs     lr  model   optimizer       train/loss  train/accuracy         val/loss    test/accuracy  not completed
    c5------          1    0.5  hidden  adam                                                                          1 diverged
    c4------          2  0.001  hidden  adam       0.19 ± 0.09 (2)    0.75 ± 0 (2)  0.38 ± 0.18 (2)  0.19 ± 0.09 (2)
    c3------          2  0.001  hidden  sgd        0.38 ± 0.18 (2)    0.75 ± 0 (2)    0.8 ± 0.4 (2)  0.38 ± 0.18 (2)
    c2------          2  0.001  a, "b"  adam         0.4 ± 0.4 (2)            0.75             0.25            0.125  1 interrupted
    c1------          2  0.001  a, "b"  sgd        0.38 ± 0.18 (2)    0.75 ± 0 (2)    0.8 ± 0.4 (2)  0.38 ± 0.18 (2)

    """
  static let configurationsCSV = #"""
    configuration,runs,data.label_noise,data.noise,data.normalize,data.points_per_class,data.scale,data.seed,data.shift,data.source,data.split.test,data.split.val,data.take,"models.a, ""b"".0.bias","models.a, ""b"".0.linear",models.hidden.mlp.activation,models.hidden.mlp.dropout,models.hidden.mlp.hidden,train.batch_size,train.clip_norm,train.early_stopping,train.epochs,train.init,train.l1,train.log.every,train.log.grad_norm,train.log.layers,train.loss,train.loss.class_weights,train.loss.label_smoothing,train.lr,train.model,train.optimizer,train.optimizer.beta1,train.optimizer.beta2,train.optimizer.dampening,train.optimizer.eps,train.optimizer.momentum,train.optimizer.nesterov,train.schedule,train.schedule.warmup,train.shuffle,train.weight_decay,grad_norm_mean,grad_norm_std,grad_norm_n,test/accuracy_mean,test/accuracy_std,test/accuracy_n,time/step_mean,time/step_std,time/step_n,train/accuracy_mean,train/accuracy_std,train/accuracy_n,train/loss_mean,train/loss_std,train/loss_n,val/loss_mean,val/loss_std,val/loss_n,not completed
    c1------,2,0,0.1,,30,1,1,0,moons,,0.5,,true,2,,,,16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,"a, ""b""",sgd,,,0,,0,false,constant,0,true,0,4,0,2,0.375,0.1767766952966369,2,2,0,2,0.75,0,2,0.375,0.1767766952966369,2,0.75,0.3535533905932738,2,
    c2------,2,0,0.1,,30,1,1,0,moons,,0.5,,true,2,,,,16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,"a, ""b""",adam,0.9,0.999,,1e-08,,,constant,0,true,0,4,,1,0.125,,1,2,,1,0.75,,1,0.4375,0.4419417382415922,2,0.25,,1,1 interrupted
    c3------,2,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,hidden,sgd,,,0,,0,false,constant,0,true,0,4,0,2,0.375,0.1767766952966369,2,2,0,2,0.75,0,2,0.375,0.1767766952966369,2,0.75,0.3535533905932738,2,
    c4------,2,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.001,hidden,adam,0.9,0.999,,1e-08,,,constant,0,true,0,4,0,2,0.1875,0.08838834764831845,2,2,0,2,0.75,0,2,0.1875,0.08838834764831845,2,0.375,0.1767766952966369,2,
    c5------,1,0,0.1,,30,1,1,0,moons,,0.5,,,,relu,0,[4],16,,,2,default,0,epoch,false,false,cross-entropy,,0,0.5,hidden,adam,0.9,0.999,,1e-08,,,constant,0,true,0,,,,,,,,,,,,,,,,,,,1 diverged

    """#
  static let sweeps = """
    experiment  sweep   runs  completed  diverged  interrupted  training_s  last_ended_at             tags  title
    told        first      8          7         0            1        14.1  tttttttttttttttttttttttt        One, "two"
    told        second     3          2         1            0        0.75  tttttttttttttttttttttttt        One, "two"

    """
}
