/// What `ListingTests` compares with; worked out from the values that `KnownStore` sets.
enum Listings {
  static let experiments = [
    "table": #"""
    experiment  sweep   runs  completed  training_s  last_ended_at             title
    e           rates      8          8          54  2026-01-02T11:08:30.000Z  A "known" store
    e           single     1          1        13.5  2026-01-02T11:09:30.000Z  A "known" store

    """#,
    "json": #"""
    [
      {"experiment": "e", "sweep": "rates", "runs": 8, "completed": 8, "training_s": 54, "last_ended_at": "2026-01-02T11:08:30.000Z", "tags": null, "title": "A \"known\" store"},
      {"experiment": "e", "sweep": "single", "runs": 1, "completed": 1, "training_s": 13.5, "last_ended_at": "2026-01-02T11:09:30.000Z", "tags": null, "title": "A \"known\" store"}
    ]

    """#,
    "csv": #"""
    experiment,sweep,runs,completed,training_s,last_ended_at,tags,title
    e,rates,8,8,54,2026-01-02T11:08:30.000Z,,"A ""known"" store"
    e,single,1,1,13.5,2026-01-02T11:09:30.000Z,,"A ""known"" store"

    """#,
  ]

  static let runs = [
    "table": #"""
    run       status     seed   lr  model   train/loss  train/accuracy  val/loss  val/accuracy  last_epoch  duration_s
    11111111  completed     1  0.1  a, b         1.375            1.25     1.625           1.5           2         1.5
    22222222  completed     2  0.1  a, b         2.375            2.25     2.625           2.5           2           3
    33333333  completed     1  0.2  a, b         3.375            3.25     3.625           3.5           2         4.5
    44444444  completed     2  0.2  a, b         4.375            4.25     4.625           4.5           2           6
    55555555  completed     1  0.1  hidden       5.375            5.25     5.625           5.5           2         7.5
    66666666  completed     2  0.1  hidden       6.375            6.25     6.625           6.5           2           9
    77777777  completed     1  0.2  hidden       7.375            7.25     7.625           7.5           2        10.5
    88888888  completed     2  0.2  hidden       8.375            8.25     8.625           8.5           2          12

    """#,
    "json": #"""
    [
      {"run": "11111111000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 1, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": true, "models.a, b.0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.1, "train.model": "a, b", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 1.125, "train/accuracy": 1.25, "train/loss": 1.375, "val/accuracy": 1.5, "val/loss": 1.625, "last_epoch": 2, "duration_s": 1.5, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:01:00.000Z"},
      {"run": "22222222000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 2, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": true, "models.a, b.0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.1, "train.model": "a, b", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 2.125, "train/accuracy": 2.25, "train/loss": 2.375, "val/accuracy": 2.5, "val/loss": 2.625, "last_epoch": 2, "duration_s": 3, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:02:00.000Z"},
      {"run": "33333333000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 1, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": true, "models.a, b.0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.2, "train.model": "a, b", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 3.125, "train/accuracy": 3.25, "train/loss": 3.375, "val/accuracy": 3.5, "val/loss": 3.625, "last_epoch": 2, "duration_s": 4.5, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:03:00.000Z"},
      {"run": "44444444000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 2, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": true, "models.a, b.0.linear": 2, "models.hidden.mlp.activation": null, "models.hidden.mlp.dropout": null, "models.hidden.mlp.hidden": null, "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.2, "train.model": "a, b", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 4.125, "train/accuracy": 4.25, "train/loss": 4.375, "val/accuracy": 4.5, "val/loss": 4.625, "last_epoch": 2, "duration_s": 6, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:04:00.000Z"},
      {"run": "55555555000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 1, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": null, "models.a, b.0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [2], "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.1, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 5.125, "train/accuracy": 5.25, "train/loss": 5.375, "val/accuracy": 5.5, "val/loss": 5.625, "last_epoch": 2, "duration_s": 7.5, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:05:00.000Z"},
      {"run": "66666666000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 2, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": null, "models.a, b.0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [2], "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.1, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 6.125, "train/accuracy": 6.25, "train/loss": 6.375, "val/accuracy": 6.5, "val/loss": 6.625, "last_epoch": 2, "duration_s": 9, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:06:00.000Z"},
      {"run": "77777777000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 1, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": null, "models.a, b.0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [2], "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.2, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 7.125, "train/accuracy": 7.25, "train/loss": 7.375, "val/accuracy": 7.5, "val/loss": 7.625, "last_epoch": 2, "duration_s": 10.5, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:07:00.000Z"},
      {"run": "88888888000000000000000000000000", "experiment": "e", "sweep": "rates", "status": "completed", "seed": 2, "data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": null, "models.a, b.0.linear": null, "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [2], "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.2, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.shuffle": true, "train.weight_decay": 0, "lr": 8.125, "train/accuracy": 8.25, "train/loss": 8.375, "val/accuracy": 8.5, "val/loss": 8.625, "last_epoch": 2, "duration_s": 12, "tags": null, "note": null, "message": null, "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "created_at": "2026-01-02T10:08:00.000Z"}
    ]

    """#,
    "csv": #"""
    run,experiment,sweep,status,seed,data.features,data.label_noise,data.normalize,data.path,data.scale,data.seed,data.shift,data.source,data.split.test,data.split.val,data.take,data.target,data.task,"models.a, b.0.bias","models.a, b.0.linear",models.hidden.mlp.activation,models.hidden.mlp.dropout,models.hidden.mlp.hidden,train.batch_size,train.clip_norm,train.early_stopping,train.epochs,train.init,train.l1,train.log.every,train.log.grad_norm,train.log.layers,train.loss,train.loss.class_weights,train.loss.label_smoothing,train.lr,train.model,train.optimizer,train.optimizer.beta1,train.optimizer.beta2,train.optimizer.eps,train.schedule,train.schedule.warmup,train.shuffle,train.weight_decay,lr,train/accuracy,train/loss,val/accuracy,val/loss,last_epoch,duration_s,tags,note,message,key,created_at
    11111111000000000000000000000000,e,rates,completed,1,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,true,2,,,,4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.1,"a, b",adam,0.9,0.999,1e-08,constant,0,true,0,1.125,1.25,1.375,1.5,1.625,2,1.5,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:01:00.000Z
    22222222000000000000000000000000,e,rates,completed,2,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,true,2,,,,4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.1,"a, b",adam,0.9,0.999,1e-08,constant,0,true,0,2.125,2.25,2.375,2.5,2.625,2,3,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:02:00.000Z
    33333333000000000000000000000000,e,rates,completed,1,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,true,2,,,,4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.2,"a, b",adam,0.9,0.999,1e-08,constant,0,true,0,3.125,3.25,3.375,3.5,3.625,2,4.5,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:03:00.000Z
    44444444000000000000000000000000,e,rates,completed,2,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,true,2,,,,4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.2,"a, b",adam,0.9,0.999,1e-08,constant,0,true,0,4.125,4.25,4.375,4.5,4.625,2,6,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:04:00.000Z
    55555555000000000000000000000000,e,rates,completed,1,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,,,relu,0,[2],4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.1,hidden,adam,0.9,0.999,1e-08,constant,0,true,0,5.125,5.25,5.375,5.5,5.625,2,7.5,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:05:00.000Z
    66666666000000000000000000000000,e,rates,completed,2,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,,,relu,0,[2],4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.1,hidden,adam,0.9,0.999,1e-08,constant,0,true,0,6.125,6.25,6.375,6.5,6.625,2,9,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:06:00.000Z
    77777777000000000000000000000000,e,rates,completed,1,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,,,relu,0,[2],4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.2,hidden,adam,0.9,0.999,1e-08,constant,0,true,0,7.125,7.25,7.375,7.5,7.625,2,10.5,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:07:00.000Z
    88888888000000000000000000000000,e,rates,completed,2,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,,,relu,0,[2],4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.2,hidden,adam,0.9,0.999,1e-08,constant,0,true,0,8.125,8.25,8.375,8.5,8.625,2,12,,,,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,2026-01-02T10:08:00.000Z

    """#,
  ]

  static let show = [
    "table": #"""
    33333333000000000000000000000000  e/rates
    completed, 2 updates, 2 epochs, best at epoch 2, 4.5 s
    key kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
    created 2026-01-02T10:03:00.000Z, ended 2026-01-02T11:03:30.000Z

    Configuration
    parameter                           value
    data.features                        none
    data.label_noise                        0
    data.normalize                       none
    data.path                        rows.csv
    data.scale                              1
    data.seed                               1
    data.shift                              0
    data.source                           csv
    data.split.test                      none
    data.split.val                        0.5
    data.take                            none
    data.target                          kind
    data.task                            none
    models.a, b.0.bias                   true
    models.a, b.0.linear                    2
    train.batch_size                        4
    train.clip_norm                      none
    train.early_stopping                 none
    train.epochs                            2
    train.init                        default
    train.l1                                0
    train.log.every                     epoch
    train.log.grad_norm                 false
    train.log.layers                    false
    train.loss                  cross-entropy
    train.loss.class_weights             none
    train.loss.label_smoothing              0
    train.lr                              0.2
    train.model                          a, b
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
    metric           last   best
    lr              3.125  3.375
    train/accuracy   3.25   3.75
    train/loss      3.375  4.125
    val/accuracy      3.5    4.5
    val/loss        3.625  4.875

    Curves
    train/loss, to epoch 2
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉ 5
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠊⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⡠⠤⠤⠔⠒⠒⠒⠉⠉⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 4
    val/loss, to epoch 2
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉ 4
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠊⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⡠⠤⠤⠔⠒⠒⠒⠉⠉⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 3
    train/accuracy, to epoch 2
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉ 23
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠊⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⡠⠤⠤⠔⠒⠒⠒⠉⠉⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 13
    val/accuracy, to epoch 2
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉ 4
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⣀⣀⣀⠤⠤⠤⠔⠒⠒⠊⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⢀⣀⣀⡠⠤⠤⠔⠒⠒⠒⠉⠉⠉⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
      ⣀⣀⠤⠤⠤⠒⠒⠒⠉⠉⠉⠁⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀ 3

    Environment
    key      value
    cpu      known cpu
    version  known version

    Artifacts
    name                 bytes  sha256        path
    best.safetensors       160  kkkkkkkkkkkk  in the store
    inputs.json            166  kkkkkkkkkkkk  in the store
    network.json           162  kkkkkkkkkkkk  in the store
    state.checkpoint       959  kkkkkkkkkkkk  in the store
    weights.safetensors    160  kkkkkkkkkkkk  in the store

    """#,
    "json": #"""
    {"run": "33333333000000000000000000000000", "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "experiment": "e", "sweep": "rates", "status": "completed", "message": null, "current": true, "seed": 1, "former_in": [], "created_at": "2026-01-02T10:03:00.000Z", "started_at": "2026-01-02T10:03:30.000Z", "ended_at": "2026-01-02T11:03:30.000Z", "duration_s": 4.5, "objective": "val/loss", "direction": "minimize", "objective_from": "file", "best_epoch": 2, "tags": [], "note": null, "parameters": {"data.features": null, "data.label_noise": 0, "data.normalize": null, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.test": null, "data.split.val": 0.5, "data.take": null, "data.target": "kind", "data.task": null, "models.a, b.0.bias": true, "models.a, b.0.linear": 2, "train.batch_size": 4, "train.clip_norm": null, "train.early_stopping": null, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.class_weights": null, "train.loss.label_smoothing": 0, "train.lr": 0.2, "train.model": "a, b", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.seed": 1, "train.shuffle": true, "train.weight_decay": 0}, "metrics": {"lr": {"last": 3.125, "best": 3.375}, "train/accuracy": {"last": 3.25, "best": 3.75}, "train/loss": {"last": 3.375, "best": 4.125}, "val/accuracy": {"last": 3.5, "best": 4.5}, "val/loss": {"last": 3.625, "best": 4.875}}, "environment": {"cpu": "known cpu", "version": "known version"}, "artifacts": [{"name": "best.safetensors", "path": null, "bytes": 160, "sha256": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}, {"name": "inputs.json", "path": null, "bytes": 166, "sha256": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}, {"name": "network.json", "path": null, "bytes": 162, "sha256": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}, {"name": "state.checkpoint", "path": null, "bytes": 959, "sha256": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}, {"name": "weights.safetensors", "path": null, "bytes": 160, "sha256": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"}]}

    """#,
    "csv": #"""
    metric,last,best
    lr,3.125,3.375
    train/accuracy,3.25,3.75
    train/loss,3.375,4.125
    val/accuracy,3.5,4.5
    val/loss,3.625,4.875

    """#,
  ]

  static let data = [
    "table": #"""
    csv: 8 rows, 2 features, 2 classes

    part   rows  class p  class q
    train     4        2        2
    val       4        2        2

    column  min  max  mean    std  normalized min  normalized max  normalized mean  normalized std
    x         1    9  3.75  3.112               1               9             3.75           3.112
    y         1    9     4  3.082               1               9                4           3.082

    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠈
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠂⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠂⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀
    ⠀⠀⠀⠀⠀⠀⠀⠀⡀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀⠀

    """#,
    "json": #"""
    [
      {"column": "x", "min": 1, "max": 9, "mean": 3.75, "std": 3.112474899497183, "normalized min": 1, "normalized max": 9, "normalized mean": 3.75, "normalized std": 3.112474899497183},
      {"column": "y", "min": 1, "max": 9, "mean": 4, "std": 3.082207001484488, "normalized min": 1, "normalized max": 9, "normalized mean": 4, "normalized std": 3.082207001484488}
    ]

    """#,
    "csv": #"""
    column,min,max,mean,std,normalized min,normalized max,normalized mean,normalized std
    x,1,9,3.75,3.112474899497183,1,9,3.75,3.112474899497183
    y,1,9,4,3.082207001484488,1,9,4,3.082207001484488

    """#,
  ]

  static let exports = [
    "runs": #"""
    run,key,configuration,experiment,sweep,status,current,seed,created_at,started_at,ended_at,duration_s,step,epoch,best_step,best_epoch,message,note,tags,data.features,data.label_noise,data.normalize,data.path,data.scale,data.seed,data.shift,data.source,data.split.test,data.split.val,data.take,data.target,data.task,"models.a, b.0.bias","models.a, b.0.linear",models.hidden.mlp.activation,models.hidden.mlp.dropout,models.hidden.mlp.hidden,train.batch_size,train.clip_norm,train.early_stopping,train.epochs,train.init,train.l1,train.log.every,train.log.grad_norm,train.log.layers,train.loss,train.loss.class_weights,train.loss.label_smoothing,train.lr,train.model,train.optimizer,train.optimizer.beta1,train.optimizer.beta2,train.optimizer.eps,train.schedule,train.schedule.warmup,train.seed,train.shuffle,train.weight_decay,lr,best lr,train/accuracy,best train/accuracy,train/loss,best train/loss,val/accuracy,best val/accuracy,val/loss,best val/loss
    99999999000000000000000000000000,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk,e,single,completed,1,1,2026-01-02T10:09:00.000Z,2026-01-02T10:09:30.000Z,2026-01-02T11:09:30.000Z,13.5,2,2,2,2,,,,,0,,rows.csv,1,1,0,csv,,0.5,,kind,,,,relu,0,[2],4,,,2,default,0,epoch,false,false,cross-entropy,,0,0.3,hidden,adam,0.9,0.999,1e-08,constant,0,1,true,0,9.125,9.375,9.25,9.75,9.375,10.125,9.5,10.5,9.625,10.875

    """#,
    "runsjson": #"""
    {"run": "99999999000000000000000000000000", "key": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "configuration": "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk", "experiment": "e", "sweep": "single", "status": "completed", "current": 1, "seed": 1, "created_at": "2026-01-02T10:09:00.000Z", "started_at": "2026-01-02T10:09:30.000Z", "ended_at": "2026-01-02T11:09:30.000Z", "duration_s": 13.5, "step": 2, "epoch": 2, "best_step": 2, "best_epoch": 2, "data.label_noise": 0, "data.path": "rows.csv", "data.scale": 1, "data.seed": 1, "data.shift": 0, "data.source": "csv", "data.split.val": 0.5, "data.target": "kind", "models.hidden.mlp.activation": "relu", "models.hidden.mlp.dropout": 0, "models.hidden.mlp.hidden": [2], "train.batch_size": 4, "train.epochs": 2, "train.init": "default", "train.l1": 0, "train.log.every": "epoch", "train.log.grad_norm": false, "train.log.layers": false, "train.loss": "cross-entropy", "train.loss.label_smoothing": 0, "train.lr": 0.3, "train.model": "hidden", "train.optimizer": "adam", "train.optimizer.beta1": 0.9, "train.optimizer.beta2": 0.999, "train.optimizer.eps": 1e-08, "train.schedule": "constant", "train.schedule.warmup": 0, "train.seed": 1, "train.shuffle": true, "train.weight_decay": 0, "lr": 9.125, "best lr": 9.375, "train/accuracy": 9.25, "best train/accuracy": 9.75, "train/loss": 9.375, "best train/loss": 10.125, "val/accuracy": 9.5, "best val/accuracy": 10.5, "val/loss": 9.625, "best val/loss": 10.875}

    """#,
    "metrics": #"""
    run,experiment,sweep,seed,metric,step,epoch,value,time
    99999999000000000000000000000000,e,single,1,val/loss,0,0,9,0
    99999999000000000000000000000000,e,single,1,val/loss,1,1,9.5,1000
    99999999000000000000000000000000,e,single,1,val/loss,2,2,10,2000

    """#,
    "metricsjson": #"""
    {"run": "11111111000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 1, "epoch": 1, "value": 101, "time": 1000}
    {"run": "11111111000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 2, "epoch": 2, "value": 201, "time": 2000}
    {"run": "22222222000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 1, "epoch": 1, "value": 102, "time": 1000}
    {"run": "22222222000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 2, "epoch": 2, "value": 202, "time": 2000}
    {"run": "33333333000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 1, "epoch": 1, "value": 103, "time": 1000}
    {"run": "33333333000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 2, "epoch": 2, "value": 203, "time": 2000}
    {"run": "44444444000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 1, "epoch": 1, "value": 104, "time": 1000}
    {"run": "44444444000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 2, "epoch": 2, "value": 204, "time": 2000}
    {"run": "55555555000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 1, "epoch": 1, "value": 105, "time": 1000}
    {"run": "55555555000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 2, "epoch": 2, "value": 205, "time": 2000}
    {"run": "66666666000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 1, "epoch": 1, "value": 106, "time": 1000}
    {"run": "66666666000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 2, "epoch": 2, "value": 206, "time": 2000}
    {"run": "77777777000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 1, "epoch": 1, "value": 107, "time": 1000}
    {"run": "77777777000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 1, "metric": "lr", "step": 2, "epoch": 2, "value": 207, "time": 2000}
    {"run": "88888888000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 1, "epoch": 1, "value": 108, "time": 1000}
    {"run": "88888888000000000000000000000000", "experiment": "e", "sweep": "rates", "seed": 2, "metric": "lr", "step": 2, "epoch": 2, "value": 208, "time": 2000}
    {"run": "99999999000000000000000000000000", "experiment": "e", "sweep": "single", "seed": 1, "metric": "lr", "step": 1, "epoch": 1, "value": 109, "time": 1000}
    {"run": "99999999000000000000000000000000", "experiment": "e", "sweep": "single", "seed": 1, "metric": "lr", "step": 2, "epoch": 2, "value": 209, "time": 2000}

    """#,
  ]

  static let keys = [
    "shuffle": #"""
    key            default  meaning                                                             type
    train.shuffle  true     the order of rows: anew every epoch, once, or as they come (false)  true, false or once

    """#,
    "split": #"""
    key,default,meaning,type
    data.split,all rows train,"parts of the rows that are not trained on, as shares or row counts","a mapping of val, test, order, groups, stratify, folds"
    data.split.val,none,validation part: a share below 1 or a number of rows,"a whole number from 1 to 2147483647, a number above 0 and below 1 or none"
    data.split.test,none,test part: a share below 1 or a number of rows,"a whole number from 1 to 2147483647, a number above 0 and below 1 or none"
    data.split.order,false,"the last rows are val, then test, as series in time want it",true or false
    data.split.groups,none,a column of a table: rows with one value of it stand in one part,text or none
    data.split.stratify,true,the same share of every class in each part,true or false
    data.split.folds,none,"so many parts of the rows beside test, each of them val in a run of its own",a whole number from 2 to 1000 or none

    """#,
  ]

  static let allRuns = #"""
    run       experiment  sweep   status     seed   lr  model   train/loss  train/accuracy  val/loss  val/accuracy  last_epoch  duration_s
    11111111  e           rates   completed     1  0.1  a, b         1.375            1.25     1.625           1.5           2         1.5
    22222222  e           rates   completed     2  0.1  a, b         2.375            2.25     2.625           2.5           2           3
    33333333  e           rates   completed     1  0.2  a, b         3.375            3.25     3.625           3.5           2         4.5
    44444444  e           rates   completed     2  0.2  a, b         4.375            4.25     4.625           4.5           2           6
    55555555  e           rates   completed     1  0.1  hidden       5.375            5.25     5.625           5.5           2         7.5
    66666666  e           rates   completed     2  0.1  hidden       6.375            6.25     6.625           6.5           2           9
    77777777  e           rates   completed     1  0.2  hidden       7.375            7.25     7.625           7.5           2        10.5
    88888888  e           rates   completed     2  0.2  hidden       8.375            8.25     8.625           8.5           2          12
    99999999  e           single  completed     1  0.3  hidden       9.375            9.25     9.625           9.5           2        13.5

    """#

  static let configurations = #"""
    configuration  runs   lr  model      train/loss  train/accuracy       val/loss   val/accuracy  not completed
    cccccccc          2  0.1  a, b    1.9 ± 0.7 (2)   1.8 ± 0.7 (2)  2.1 ± 0.7 (2)  2.0 ± 0.7 (2)
    cccccccc          2  0.2  a, b    3.9 ± 0.7 (2)   3.8 ± 0.7 (2)  4.1 ± 0.7 (2)  4.0 ± 0.7 (2)
    cccccccc          2  0.1  hidden  5.9 ± 0.7 (2)   5.8 ± 0.7 (2)  6.1 ± 0.7 (2)  6.0 ± 0.7 (2)
    cccccccc          2  0.2  hidden  7.9 ± 0.7 (2)   7.8 ± 0.7 (2)  8.1 ± 0.7 (2)  8.0 ± 0.7 (2)
    cccccccc          1  0.3  hidden          9.375            9.25          9.625            9.5

    """#

  static let comparedRuns = #"""
                                   11111111   44444444   77777777
    sweep                           e/rates    e/rates    e/rates
    status                        completed  completed  completed
    models.a, b.0.bias                 true       true
    models.a, b.0.linear                  2          2
    models.hidden.mlp.activation                             relu
    models.hidden.mlp.dropout                                   0
    models.hidden.mlp.hidden                                  [2]
    lr                                  0.1        0.2        0.2
    model                              a, b       a, b     hidden
    seed                                  1          2          1
    lr                                1.125      4.125      7.125
    train/accuracy                     1.25       4.25       7.25
    train/loss                        1.375      4.375      7.375
    val/accuracy                        1.5        4.5        7.5
    val/loss                          1.625      4.625      7.625

    configuration of       val/loss  difference  95 % interval  in words
    11111111          2.1 ± 0.7 (2)                             what the others are compared with
    44444444          4.1 ± 0.7 (2)   2 ± 0 (2)  [2, 2]         worse with every seed, no spread in 2 seeds
    77777777          8.1 ± 0.7 (2)   6 ± 0 (2)  [6, 6]         worse with every seed, no spread in 2 seeds

    configuration of 44444444 against 11111111, val/loss: worse with every seed, no spread in 2 seeds; the mean difference over 2 common seeds is 2, with 95 % between 2 and 2.
    configuration of 77777777 against 11111111, val/loss: worse with every seed, no spread in 2 seeds; the mean difference over 2 common seeds is 6, with 95 % between 6 and 6.
    Values are the final ones.
    2 comparisons with one baseline, adjusted by Holm: the words are wrong in any of them with a chance of at most 5 %; each interval is its own 95 %.

    """#

  static let comparedSweep = #"""
    model   best configuration       val/loss  difference  95 % interval  in words
    a, b    lr=0.1              2.1 ± 0.7 (2)                             what the others are compared with
    hidden  lr=0.1              6.1 ± 0.7 (2)   4 ± 0 (2)  [4, 4]         worse with every seed, no spread in 2 seeds

    model hidden (lr=0.1) against a, b (lr=0.1), val/loss: worse with every seed, no spread in 2 seeds; the mean difference over 2 common seeds is 4, with 95 % between 4 and 4.
    Values are the final ones.
    Each model stands by its best configuration by val/loss, of those that differ in lr.

    """#

  static let comparedForPrograms = #"""
    [
      {"lr": "0.1", "best configuration": "model=hidden", "val/accuracy_mean": 7, "val/accuracy_std": 0.7071067811865476, "val/accuracy_n": 2, "difference_mean": -2, "difference_std": 0, "difference_n": 2, "low": -2, "high": -2, "in words": "worse with every seed, no spread in 2 seeds"},
      {"lr": "0.2", "best configuration": "model=hidden", "val/accuracy_mean": 9, "val/accuracy_std": 0.7071067811865476, "val/accuracy_n": 2, "difference_mean": null, "difference_std": null, "difference_n": null, "low": null, "high": null, "in words": "what the others are compared with"}
    ]

    """#

  static let comparedSeeds = #"""
    configuration of   val/accuracy  difference  95 % interval  in words
    11111111          2.0 ± 0.7 (2)                             what the others are compared with
    77777777          8.0 ± 0.7 (2)   6 ± 0 (2)  [6, 6]         better with every seed, no spread in 2 seeds

    configuration of 77777777 against 11111111, val/accuracy: better with every seed, no spread in 2 seeds; the mean difference over 2 common seeds is 6, with 95 % between 6 and 6.
    Values are the final ones.

    """#

  static let report = #"""
    # A "known" store

    Sweep **rates**:

    - runs: 4 configurations, 8 runs
    - seeds: 1, 2
    - model: a, b, hidden
    - lr: 0.1, 0.2
    - training time: 54 s in all

    **rates: best by val/loss**

    | model | lr | val/loss |
    | --- | ---: | ---: |
    | a, b | 0.1 | 3.4 ± 0.7 (2) |
    | a, b | 0.2 | 5.4 ± 0.7 (2) |
    | hidden | 0.1 | 7.4 ± 0.7 (2) |
    | hidden | 0.2 | 9.4 ± 0.7 (2) |

    Values are those of each run's epoch with the least val/loss.

    **rates: val/loss against 0.1**

    | lr | best configuration | val/loss | difference | 95 % interval | in words |
    | --- | --- | ---: | ---: | --- | --- |
    | 0.1 | model=a, b | 2.1 ± 0.7 (2) |  |  | what the others are compared with |
    | 0.2 | model=a, b | 4.1 ± 0.7 (2) | 2 ± 0 (2) | \[2, 2\] | worse with every seed, no spread in 2 seeds |

    Values are the final ones. Each lr stands by its best configuration by val/loss, of those that differ in model.

    > ✓ **claim held:** Some are small
    >
    > mean(val/loss) &lt; 100
    >
    > - mean(val/loss) = 5.1 ± 0.7 (2), 95 % interval \[-1.228, 11.48\], pooled over model, lr
    > - left - right = -94.9 ± 0.7 (2), 95 % interval \[-101.2, -88.52\] (Student's t over 2 seeds): held

    Sweep **single**:

    - runs: 1 configuration, 1 run
    - seed: 1
    - unlike the file: model = hidden, lr = 0.3
    - training time: 14 s in all

    It is 10.88.

    ---

    How this was made:

    - command: labbook run e.yaml
    - Labbook: known version
    - processor: known cpu
    - trained: 2026-01-02 10:01 to 11:09 UTC
    - training time: 1 m 08 s in 9 runs

    """#

  static let check = #"""
    e: A "known" store

    Data
    source  train  val  test  features  target
    csv         4    4     0  2         2 classes

    Model a, b  6 parameters
    layer  kind    output  parameters
    input          2
    0      linear  2                6

    Model hidden  12 parameters
    layer  kind    output  parameters
    input          2
    0      linear  2                6
    1      relu    2                0
    2      linear  2                6

    Plan
    sweep   varies     configurations  runs  new  reused  resumed  continued  again  updates
    rates   model, lr               4     8    0       8        0          0      0        0
    single                          1     1    0       1        0          0      0        0
    Nothing is left to train.

    e.yaml:2:37: advice: the class 'p' has 2 training rows, and 1 more such class [small-class]
      data: {source: csv, path: rows.csv, target: kind, split: {val: 0.5}}
                                          ^~~~~~
      why: what a few rows show is learned by heart, and a single class leaves nothing to tell apart
      fix: take more rows of it, or leave its rows out

    """#

  static let checkForPrograms = #"""
    [
      {"experiment": "e", "sweep": "rates", "varies": "model, lr", "configurations": 4, "runs": 8, "new": 0, "reused": 8, "resumed": 0, "continued": 0, "again": 0, "updates": 0},
      {"experiment": "e", "sweep": "single", "varies": "", "configurations": 1, "runs": 1, "new": 0, "reused": 1, "resumed": 0, "continued": 0, "again": 0, "updates": 0}
    ]

    """#

  static let dryRun = #"""
    experiment  sweep   runs  new  reused  resumed  continued  again  elsewhere
    e           rates      8    0       0        0          8      0          0
    e           single     1    0       0        0          1      0          0

    """#

  static let dryRunOfOne = #"""
    experiment  sweep   runs  new  reused  resumed  continued  again  elsewhere
    e           single     1    1       0        0          0      0          0

    """#
}
