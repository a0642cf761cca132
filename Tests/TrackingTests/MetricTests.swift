import Testing
import Tracking

struct MetricTests {
  /// The names of the store, which other programs read (section 1.8 of the contract).
  @Test func namesAreThoseOfTheContract() {
    let all: [Metric] = [
      .trainLoss, .trainAccuracy, .trainObjective, .valLoss, .valAccuracy, .testLoss,
      .testAccuracy, .batchLoss, .batchAccuracy, .learningRate, .gradNorm,
      .activationMean(layer: "0"), .activationDeviation(layer: "a"),
      .gradientNorm(parameter: "0.weight"), .smallShare(parameter: "a.bias"),
    ]
    #expect(
      all.map(\.description) == [
        "train/loss", "train/accuracy", "train/objective", "val/loss", "val/accuracy", "test/loss",
        "test/accuracy", "batch/loss", "batch/accuracy", "lr", "grad_norm",
        "layer/0/activation_mean", "layer/a/activation_std", "layer/0.weight/grad_norm",
        "layer/a.bias/small",
      ])
    #expect(
      all.filter(\.isHigherBetter)
        == [.trainAccuracy, .valAccuracy, .testAccuracy, .batchAccuracy])
    #expect(Metric("accuracy").isHigherBetter && !Metric("inaccuracy").isHigherBetter)
    #expect(!Metric("accuracy/loss").isHigherBetter)
  }

  @Test(
    arguments: [
      ("val/accuracy", "share of rows"), ("time/epoch", "s"), ("duration_s", "s"),
      ("val/loss", nil),
      ("lr", nil), ("grad_norm", nil),
    ] as [(String, String?)])
  func unitsStandBesideTheName(name: String, unit: String?) { #expect(Metric(name).unit == unit) }

  @Test func timesBeginWithTheirWord() {
    #expect(Metric("time/step").isTiming && !Metric("val/time/").isTiming)
    #expect(!Metric("duration_s").isTiming)
  }

  @Test(
    arguments: [
      ("val/accuracy", .maximize), ("auc", .maximize), ("val/f1", .maximize),
      ("test/r2", .maximize),
      ("val/balanced_accuracy", .maximize), ("val/loss", .minimize), ("test/rmse", .minimize),
      ("mae", .minimize), ("train/objective", .minimize), ("time/epoch", .minimize),
      ("inaccuracy", nil), ("lr", nil), ("grad_norm", nil), ("val/top5", nil), ("loss/share", nil),
    ] as [(String, Direction?)])
  func theNameSaysWhichWayIsBetter(name: String, direction: Direction?) {
    #expect(Metric(name).direction == direction)
  }

  /// The objective comes first, then what the file says, then the name.
  @Test func directionsAreAskedInThisOrder() {
    let objective = Objective(Metric("score"), .maximize)
    let told = MetricDirections(
      maximize: [Metric("odd/loss")], minimize: [Metric("score"), .gradNorm])
    #expect(objective.direction(of: Metric("score"), told) == .maximize)
    #expect(objective.direction(of: Metric("odd/loss"), told) == .maximize)
    #expect(objective.direction(of: .gradNorm, told) == .minimize)
    #expect(objective.direction(of: .valLoss, told) == .minimize)
    #expect(objective.direction(of: .learningRate, told) == nil)
    #expect(objective.direction(of: .gradNorm) == nil)
  }

  @Test func everyOrderOfTwoValues() {
    for (a, b, least, greatest) in [
      (1.0, 2.0, true, false), (2, 1, false, true), (1, 1, false, false), (.nan, 1, false, false),
      (1, .nan, true, true), (.nan, .nan, false, false), (-.infinity, 1, true, false),
      (.infinity, 1, false, true),
    ] {
      #expect(Direction.minimize.isBetter(a, than: b) == least, "\(a) \(b)")
      #expect(Direction.maximize.isBetter(a, than: b) == greatest, "\(a) \(b)")
    }
    #expect(Direction.minimize.rawValue == "minimize" && Direction.maximize.rawValue == "maximize")
  }

  @Test func valuesOfARun() {
    #expect(MetricValue.allCases.map(\.rawValue) == ["last", "best"])
    let point = MetricPoint(.valLoss, step: 3, epoch: 2, value: 0.5, timeMilliseconds: 7)
    #expect(point.metric == .valLoss && point.step == 3 && point.epoch == 2)
    #expect(point.value == 0.5 && point.timeMilliseconds == 7)
  }
}
