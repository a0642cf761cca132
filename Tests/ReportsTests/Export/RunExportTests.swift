import Experiments
import Foundation
import Interchange
import Pages
import RunStorage
import Runs
import Testing
import Tracking

/// Exports of a store whose values were told, as whole texts.
struct RunExportTests {
  private func told() throws -> ToldExperiment {
    let told = try ToldExperiment(
      """
      experiment: E
      data: {source: cloud, points: 30}
      models: {"a, \\"b\\"": [{linear: 2}], c: [relu]}
      train: {epochs: 0}
      over: {model: all}
      """
    ) { run in
      run.modelName == "c"
        ? Told(
          ["m": [1, .nan], "odd, name": [.infinity, -0.5]], best: 1, .diverged, seconds: 1.5,
          message: "x, y")
        : Told(["m": [0.1, 1e-20, 3]], best: 2)
    }
    let runs = try told.store.runs()
    try told.store.tag(runs[0].id, "t")
    try told.store.tag(runs[0].id, "s")
    try told.store.setNote("a \"note\"", of: runs[0].id)
    return told
  }

  private func texts(
    _ told: ToldExperiment, _ body: (RunExport) throws -> Void
  ) throws -> (csv: String, json: String) {
    var texts = ["", ""]
    for (place, json) in [false, true].enumerated() {
      try body(RunExport(told.store, RunQuery(), json: json) { texts[place] += $0 })
    }
    return (unixLines(try told.known(texts[0])), try told.known(texts[1]))
  }

  @Test func runsAreRecords() throws {
    let told = try told()
    defer { told.remove() }
    let (csv, json) = try texts(told) { try $0.runs() }
    #expect(csv == Expected.runs)
    #expect(json == Expected.runsJSON)
  }

  @Test func pointsAreRecords() throws {
    let told = try told()
    defer { told.remove() }
    let (csv, json) = try texts(told) { try $0.metrics() }
    #expect(csv == Expected.points)
    #expect(json == Expected.pointsJSON)
    let one = try texts(told) { try $0.metrics([Metric("odd, name")]) }.csv
    #expect(
      one
        == Expected.points.split(separator: "\n").filter { !$0.contains(",m,") }
        .map { $0 + "\n" }.joined())
  }

  /// More runs than are read at once, each once and in their order.
  @Test func everyRunIsExportedOnce() throws {
    let told = try ToldExperiment(
      """
      data: {source: cloud, points: 30}
      model: [relu]
      train: {epochs: 0}
      seeds: 1203
      """
    ) { _ in Told(status: .planned) }
    defer { told.remove() }
    var text = ""
    try RunExport(told.store, RunQuery(), json: false) { text += $0 }.runs()
    let lines = text.components(separatedBy: "\r\n").dropFirst().dropLast()
    let seeds = lines.compactMap { Int($0.components(separatedBy: ",")[7]) }
    #expect(seeds.sorted() == Array(1...1203))
  }
}

extension Told {
  fileprivate init(status: RunStatus) { self.init([:], best: nil, status) }
}

private enum Expected {
  static let runs = #"""
    run,key,configuration,experiment,sweep,status,current,seed,created_at,started_at,ended_at,duration_s,step,epoch,best_step,best_epoch,message,note,tags,data.features,data.label_noise,data.normalize,data.points,data.scale,data.seed,data.shift,data.source,data.split.test,data.split.val,data.take,"models.a, ""b"".0.bias","models.a, ""b"".0.linear",models.c.0,train.batch_size,train.clip_norm,train.early_stopping,train.epochs,train.init,train.l1,train.log.every,train.log.grad_norm,train.log.layers,train.loss,train.lr,train.model,train.optimizer,train.optimizer.beta1,train.optimizer.beta2,train.optimizer.eps,train.schedule,train.schedule.warmup,train.seed,train.shuffle,train.weight_decay,m,best m,"odd, name","best odd, name"
    run-1---------------------------,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,E,main,completed,1,1,tttttttttttttttttttttttt,tttttttttttttttttttttttt,tttttttttttttttttttttttt,0.25,30,3,20,2,,"a ""note""","s, t",2,0,,30,1,1,0,cloud,,,,true,2,,32,,,0,default,0,epoch,false,false,,0.001,"a, ""b""",adam,0.9,0.999,1e-08,constant,0,1,true,0,3,1e-20,,
    run-2---------------------------,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,E,main,diverged,1,1,tttttttttttttttttttttttt,tttttttttttttttttttttttt,tttttttttttttttttttttttt,1.5,20,2,10,1,"x, y",,,2,0,,30,1,1,0,cloud,,,,,,relu,32,,,0,default,0,epoch,false,false,,0.001,c,adam,0.9,0.999,1e-08,constant,0,1,true,0,,1,,inf

    """#
  static let runsJSON = #"""
    {"run": "run-1---------------------------", "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "configuration": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "experiment": "E", "sweep": "main", "status": "completed", "current": 1, "seed": 1, "created_at": "tttttttttttttttttttttttt", "started_at": "tttttttttttttttttttttttt", "ended_at": "tttttttttttttttttttttttt", "duration_s": 0.25, "step": 30, "epoch": 3, "best_step": 20, "best_epoch": 2, "note": "a \"note\"", "tags": "s, t", "data.features": 2, "data.label_noise": 0, "data.points": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "cloud", "models.a, \"b\".0.bias": true, "models.a, \"b\".0.linear": 2, "train.batch_size": 32, "train.epochs": 0, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.lr": 0.001, "train.model": "a, \"b\"", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.seed": 1, "train.shuffle": true, "train.weight_decay": 0, "m": 3, "best m": 1e-20}
    {"run": "run-2---------------------------", "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "configuration": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "experiment": "E", "sweep": "main", "status": "diverged", "current": 1, "seed": 1, "created_at": "tttttttttttttttttttttttt", "started_at": "tttttttttttttttttttttttt", "ended_at": "tttttttttttttttttttttttt", "duration_s": 1.5, "step": 20, "epoch": 2, "best_step": 10, "best_epoch": 1, "message": "x, y", "data.features": 2, "data.label_noise": 0, "data.points": 30, "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "cloud", "models.c.0": "relu", "train.batch_size": 32, "train.epochs": 0, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.lr": 0.001, "train.model": "c", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.seed": 1, "train.shuffle": true, "train.weight_decay": 0, "best m": 1, "best odd, name": "inf"}

    """#
  static let points = #"""
    run,experiment,sweep,seed,metric,step,epoch,value,time
    run-1---------------------------,E,main,1,m,10,1,0.1,1000
    run-1---------------------------,E,main,1,m,20,2,1e-20,2000
    run-1---------------------------,E,main,1,m,30,3,3,3000
    run-2---------------------------,E,main,1,m,10,1,1,1000
    run-2---------------------------,E,main,1,m,20,2,nan,2000
    run-2---------------------------,E,main,1,"odd, name",10,1,inf,1000
    run-2---------------------------,E,main,1,"odd, name",20,2,-0.5,2000

    """#
  static let pointsJSON = #"""
    {"run": "run-1---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "m", "step": 10, "epoch": 1, "value": 0.1, "time": 1000}
    {"run": "run-1---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "m", "step": 20, "epoch": 2, "value": 1e-20, "time": 2000}
    {"run": "run-1---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "m", "step": 30, "epoch": 3, "value": 3, "time": 3000}
    {"run": "run-2---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "m", "step": 10, "epoch": 1, "value": 1, "time": 1000}
    {"run": "run-2---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "m", "step": 20, "epoch": 2, "value": "nan", "time": 2000}
    {"run": "run-2---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "odd, name", "step": 10, "epoch": 1, "value": "inf", "time": 1000}
    {"run": "run-2---------------------------", "experiment": "E", "sweep": "main", "seed": 1, "metric": "odd, name", "step": 20, "epoch": 2, "value": -0.5, "time": 2000}

    """#
}
