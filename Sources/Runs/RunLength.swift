import Tracking

/// How long a network's run trains, in updates and epochs, if it does not end early.
///
/// Letters: n training rows, b rows of a batch, u = ceil(n / b) updates an epoch.
public struct RunLength: Hashable, Sendable {
  /// The rows of a full batch b: never more than there are, and at least 1.
  public let batchRows: Int
  /// Updates of a whole epoch u; 0 where there are no rows.
  public let updatesPerEpoch: Int
  /// Updates of the whole run; 0 where nothing is trained, `Int.max` for more than can be counted.
  public let updates: Int

  /// The length of a run over so many training rows.
  public init(_ train: TrainConfiguration, trainRows: Int) {
    let batchRows = max(1, train.batchSize.count(of: trainRows))
    let perEpoch = trainRows > 0 ? (trainRows - 1) / batchRows + 1 : 0
    self.batchRows = batchRows
    updatesPerEpoch = perEpoch
    guard train.loss != nil, perEpoch > 0 else {
      updates = 0
      return
    }
    switch train.duration {
    case .steps(let steps): updates = steps
    case .epochs(let epochs): updates = epochs.multipliedSaturating(by: perEpoch)
    }
  }

  /// Epochs of the whole run; a last, partial one counts.
  public var epochs: Int {
    updatesPerEpoch == 0 ? 0 : updates.dividedRoundingUp(by: updatesPerEpoch)
  }

  /// Updates after so many epochs, and never more than the whole run has; `nil` means all of it.
  public func updates(ofEpochs limit: Int?) -> Int {
    limit.map { min(updates, $0.multipliedSaturating(by: updatesPerEpoch)) } ?? updates
  }

  /// Training rows that pass through the network in so many updates.
  public func rows(ofUpdates updates: Int) -> Int { updates.multipliedSaturating(by: batchRows) }
}
