package import Datasets
package import Experiments
import Figures
import Languages
import NeuralNet
package import Results
package import RunStorage
package import Runs
import TensorKernels
package import Tracking

/// What one run's network says about a part of its data, beside what is true.
package struct JudgedPart {
  package let network: TrainedNetwork
  package let data: PreparedData
  package let part: DataPart
  package let rows: Dataset
  package let names: [String]
  package let truth: [Int]
  package let answers: NetworkAnswers
  /// The loss of each row; not-a-number where the run has no loss.
  package let losses: [Double]

  /// Asks a network; `nil` where the run keeps no finite weights.
  ///
  /// - Throws: `LabbookError` where the data has no classes or not this part.
  package init?(
    _ run: RunRecord, _ data: PreparedData, _ part: DataPart, _ value: MetricValue,
    in store: RunStore
  ) throws {
    guard let network = try? TrainedNetwork(run, best: value == .best, in: store) else {
      return nil
    }
    guard let rows = part.rows(of: data), case .classes(let labels, let names) = rows.targets else {
      throw LabbookError.failure(
        "the data has no part '\(part.rawValue)' with classes", hint: "name another part")
    }
    self.network = network
    self.data = data
    self.part = part
    self.rows = rows
    self.names = names
    truth = labels.elements.map { Int($0) }
    answers = try NetworkAnswers(network, rows)
    losses =
      try answers.losses(network, rows)?.each ?? Array(repeating: .nan, count: rows.rows)
  }

  /// How often rows of each class were taken for each class.
  package var confusion: ConfusionMatrix {
    ConfusionMatrix(names: names, truth: truth, predicted: answers.classes)
  }

  /// Rows by their loss, the greatest first; what is not a number comes before all.
  package func worst(onlyMistakes: Bool) -> [Int] {
    truth.indices.filter { !onlyMistakes || answers.classes[$0] != truth[$0] }.sorted { a, b in
      let (x, y) = (losses[a], losses[b])
      if x.isNaN != y.isNaN { return x.isNaN }
      return x == y || x.isNaN ? a < b : x > y
    }
  }

  /// The number of a class in a row's answer: its probability, or its score.
  package func number(_ label: Int, of row: Int) -> Double? {
    let numbers = answers.numbers[row]
    return numbers.indices.contains(label) ? numbers[label] : nil
  }
}

extension FigureMaker {
  /// A group with its best configuration's networks as they judge a part of the data.
  package struct Judged {
    package let title: String
    /// The group's name, and whether all of its runs diverged.
    package let group: String
    package let parts: [JudgedPart]
    /// Runs that are not asked.
    package let left: LeftRuns
  }

  /// Asks every group's networks about a part of their data.
  ///
  /// - Throws: `LabbookError` where no run has weights to be asked.
  package func judged(
    by key: SweepKey?, best metric: Metric?, part: DataPart?, weights: MetricValue,
    firstOnly: Bool
  ) throws -> [Judged] {
    let groups = try chosen(by: key, best: metric, firstOnly: firstOnly).map { choice -> Judged in
      let data = try prepare(choice.configuration)
      let part = part ?? DataPart.usual(of: data)
      let parts = try choice.runs.compactMap { try JudgedPart($0, data, part, weights, in: store) }
      let left = LeftRuns(bad: choice.bad, weightless: choice.runs.count - parts.count)
      return Judged(title: choice.title, group: choice.group, parts: parts, left: left)
    }
    guard groups.contains(where: { !$0.parts.isEmpty }) else {
      throw noWeights("that are finite, to ask")
    }
    return groups.filter { !$0.parts.isEmpty }
  }

  /// Whose answers are shown, in words.
  package func judgedWords(_ groups: [Judged], weights: MetricValue, sums: Bool) -> String {
    let part = groups.first?.parts.first?.part.rawValue ?? ""
    let seeds = Set(groups.map(\.parts.count))
    let counts = language.counted(seeds.min() ?? 0, seeds.max() ?? 0, .nounSeed)
    let whose =
      sums && seeds != [1]
      ? language(.sumOver, counts)
      : language(sweep.points.count > groups.count ? .bestFirstSeed : .firstSeed)
    let when = language(weights == .best ? .bestWeights : .afterLastUpdate)
    return language(.judgedPart, language.part(part), whose, when)
  }
}
