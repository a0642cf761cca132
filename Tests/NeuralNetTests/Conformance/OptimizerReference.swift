import Foundation
import Tracking

/// The rules of torch.optim's documentation, number by number in double precision: a witness that
/// shares no line with the kernels.
struct OptimizerReference {
  let chosen: Chosen
  let weightDecay: Double
  let l1: Double
  private var state: [String: [Double]] = [:]
  private var updates = 0

  /// The kinds that there is a reference for.
  static let names: Set = ["sgd", "adam", "adamw", "rmsprop", "adagrad"]

  init(_ chosen: Chosen, weightDecay: Double, l1: Double) {
    self.chosen = chosen
    self.weightDecay = weightDecay
    self.l1 = l1
  }

  /// The weights after one update by the gradient of the loss alone.
  mutating func step(_ weights: [Double], _ loss: [Double], rate: Double) -> [Double] {
    updates += 1
    let isApart = chosen.name == "adamw"
    let gradient = zip(weights, loss).map { w, g in
      g + l1 * (w > 0 ? 1 : w < 0 ? -1 : 0) + (isApart ? 0 : weightDecay * w)
    }
    let start = isApart ? weights.map { $0 * (1 - rate * weightDecay) } : weights
    let move =
      switch chosen.name {
      case "sgd": sgd(gradient, rate)
      case "adam", "adamw": adam(gradient, rate)
      case "rmsprop": rmsprop(gradient, rate)
      default: adagrad(gradient, rate)
      }
    return zip(start, move).map { $0 - $1 }
  }

  private mutating func mix(
    _ name: String, _ new: [Double], keep: Double, add: Double, start: Double = 0
  ) -> [Double] {
    let old = state[name] ?? new.map { _ in start }
    let mixed = zip(old, new).map { keep * $0 + add * $1 }
    state[name] = mixed
    return mixed
  }

  private mutating func sgd(_ g: [Double], _ rate: Double) -> [Double] {
    let momentum = chosen.number("momentum")
    guard momentum > 0 else { return g.map { rate * $0 } }
    let dampening = state["b"] == nil ? 0 : chosen.number("dampening")
    let b = mix("b", g, keep: momentum, add: 1 - dampening)
    let direction = chosen.flag("nesterov") ? zip(g, b).map { $0 + momentum * $1 } : b
    return direction.map { rate * $0 }
  }

  private mutating func adam(_ g: [Double], _ rate: Double) -> [Double] {
    let (beta1, beta2) = (chosen.number("beta1"), chosen.number("beta2"))
    let m = mix("m", g, keep: beta1, add: 1 - beta1)
    let v = mix("v", g.map { $0 * $0 }, keep: beta2, add: 1 - beta2)
    let (c1, c2) = (1 - pow(beta1, Double(updates)), 1 - pow(beta2, Double(updates)))
    let epsilon = chosen.number("eps")
    return zip(m, v).map { rate * ($0 / c1) / (($1 / c2).squareRoot() + epsilon) }
  }

  private mutating func rmsprop(_ g: [Double], _ rate: Double) -> [Double] {
    let (alpha, momentum) = (chosen.number("alpha"), chosen.number("momentum"))
    var v = mix("v", g.map { $0 * $0 }, keep: alpha, add: 1 - alpha)
    if chosen.flag("centered") {
      v = zip(v, mix("m", g, keep: alpha, add: 1 - alpha)).map { $0 - $1 * $1 }
    }
    let epsilon = chosen.number("eps")
    let scaled = zip(g, v).map { $0 / ($1.squareRoot() + epsilon) }
    return (momentum > 0 ? mix("b", scaled, keep: momentum, add: 1) : scaled).map { rate * $0 }
  }

  private mutating func adagrad(_ g: [Double], _ rate: Double) -> [Double] {
    let v = mix(
      "v", g.map { $0 * $0 }, keep: 1, add: 1, start: chosen.number("initial_accumulator_value"))
    let slower = rate / (1 + Double(updates - 1) * chosen.number("lr_decay"))
    let epsilon = chosen.number("eps")
    return zip(g, v).map { slower * $0 / ($1.squareRoot() + epsilon) }
  }
}
