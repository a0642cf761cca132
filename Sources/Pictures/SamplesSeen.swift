package import Datasets
package import RunStorage
package import Runs
package import Tracking

/// How many training rows a network has seen after so many updates.
package struct SamplesSeen: Hashable, Sendable {
  private let rows: Int
  private let batchRows: Int
  private let perEpoch: Int

  /// Asks the data of a network how many rows it trains on.
  ///
  /// - Throws: `LabbookError` where its data cannot be read.
  package init(_ network: NetworkRun, _ library: DataLibrary) throws(LabbookError) {
    do throws(DataError) { rows = try library.shape(of: network.data).trainRows } catch {
      throw .input(error.text, hint: error.hint)
    }
    let length = network.length(trainRows: rows)
    perEpoch = max(1, length.updatesPerEpoch)
    batchRows = length.batchRows
  }

  /// The rows seen after `step` updates: the last batch of an epoch may be smaller than the others.
  package func count(after step: Int) -> Double {
    Double(step / perEpoch * rows + step % perEpoch * batchRows)
  }

  /// The place of each point of a curve along the axis of samples.
  package func places(of curve: Curve) -> [Double] { curve.steps.map(count(after:)) }
}
