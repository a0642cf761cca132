/// What one row of outputs is, under the loss the network was trained by.
public enum OutputKind: Hashable, Sendable {
  /// The predicted numbers themselves.
  case values
  /// One a class, the greatest decides; they are no probabilities.
  case scores
  /// One a class, softmax makes probabilities of them.
  case softmax
  /// One a class, logarithms of probabilities.
  case logarithms
  /// One a class, each the probability of its class against all others.
  case shares
  /// One a class, the logistic function makes shares of them.
  case logits
  /// A single one: the probability of the second of two classes.
  case share
  /// A single one: the logistic function makes the probability of the second class of it.
  case logit

  /// What a single output is above where it speaks for the second of two classes; `nil` where each
  /// class has an output of its own.
  package var threshold: Double? {
    switch self {
    case .share: 0.5
    case .logit: 0
    case .values, .scores, .softmax, .logarithms, .shares, .logits: nil
    }
  }
}
