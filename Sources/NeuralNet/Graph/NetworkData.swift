public import TensorKernels

/// The rows a program trains on or is measured by.
public struct NetworkData: Sendable {
  /// What each row's output should be.
  public enum Targets: Sendable {
    /// The class of each row.
    case classes(SharedArray<Int32>)
    /// The numbers of each row, row-major.
    case values(SharedArray<Float>)
    /// Nothing to compare with.
    case none
  }

  /// Row-major, (rows, features).
  public let features: SharedArray<Float>
  /// What each row's output should be.
  public let targets: Targets
  /// How many rows there are.
  public let rows: Int

  /// Makes data of arrays that may be shared by many programs.
  public init(features: SharedArray<Float>, targets: Targets, rows: Int) {
    self.features = features
    self.targets = targets
    self.rows = rows
  }
}

/// The order in which rows are taken.
public final class RowOrder: @unchecked Sendable {
  package let storage: UnsafeMutableBufferPointer<Int32>

  /// The order in which `count` rows came.
  public init(count: Int) {
    storage = .allocate(capacity: count)
    reset()
  }

  deinit { storage.deallocate() }

  /// Back to the order in which the rows came.
  public func reset() {
    for index in storage.indices { storage[index] = Int32(index) }
  }

  /// The order numbered `draw` of a seed: the same whatever order was before.
  public func shuffle(seed: Int, draw: Int) {
    reset()
    CounterRandom(seed: seed, purpose: .shuffle).shuffle(storage, draw)
  }

  /// The row at a place.
  public subscript(place: Int) -> Int { Int(storage[place]) }

  /// How many rows there are.
  public var count: Int { storage.count }
}

extension NetworkData {
  /// At most so many rows at equal distances, so that every class of ordered rows has some.
  public func sample(_ count: Int) -> NetworkData {
    let taken = Swift.min(count, rows)
    return at((0..<taken).map { $0 * rows / Swift.max(1, taken) })
  }

  /// The rows at some places, in this order.
  public func at(_ places: [Int]) -> NetworkData {
    let sampled: Targets =
      switch targets {
      case .classes(let classes): .classes(SharedArray(places.map { classes[$0] }))
      case .values(let values): .values(Self.pick(places, from: values, rows))
      case .none: .none
      }
    return NetworkData(
      features: Self.pick(places, from: features, rows), targets: sampled, rows: places.count)
  }

  private static func pick(
    _ places: [Int], from array: SharedArray<Float>, _ rows: Int
  ) -> SharedArray<Float> {
    let width = array.count / Swift.max(1, rows)
    return SharedArray(places.flatMap { place in (0..<width).map { array[place * width + $0] } })
  }
}
