public import Foundation
public import Tracking

/// A run's state at one step, as a file keeps it: with a checksum, and with what the store needs to
/// know of it.
public struct Checkpoint: Sendable {
  /// Updates done.
  public let step: Int
  /// The epoch of the last point.
  public let epoch: Int
  /// Where the objective was best so far.
  public let best: (step: Int, epoch: Int)?
  /// Points recorded so far.
  public let points: Int
  /// What computed it, such as kernels and BLAS: another one would come to other bits.
  public let maker: String
  /// The state itself, which only the one who trains can read.
  public let state: Data

  /// Makes a checkpoint of its parts.
  public init(
    step: Int, epoch: Int, best: (step: Int, epoch: Int)?, points: Int, maker: String, state: Data
  ) {
    self.step = step
    self.epoch = epoch
    self.best = best
    self.points = points
    self.maker = maker
    self.state = state
  }

  /// The first bytes of every checkpoint; the number counts up where the rest changes.
  private static let magic = Data("LABBOOK-STATE-01".utf8)
  private static let digestCount = 64
  private static let numberCount = 6

  /// The file: its name, the SHA-256 of all that follows, six numbers, the maker, the state.
  public func encoded() -> Data {
    let maker = Data(maker.utf8)
    var body = Data(capacity: Self.numberCount * 8 + maker.count + state.count)
    for number in [step, epoch, best?.step ?? -1, best?.epoch ?? -1, points, maker.count] {
      withUnsafeBytes(of: Int64(number).littleEndian) { body.append(contentsOf: $0) }
    }
    body.append(maker)
    body.append(state)
    return Self.magic + Data(Self.digest(body).utf8) + body
  }

  /// Reads a file.
  ///
  /// - Throws: `LabbookError` that says what is wrong with it.
  public init(_ file: Data) throws(LabbookError) {
    let head = Self.magic.count + Self.digestCount
    guard file.count >= head + Self.numberCount * 8 else { throw .failure("it is cut short") }
    guard file.prefix(Self.magic.count) == Self.magic else {
      throw .failure("it is not a checkpoint of this version")
    }
    let body = file.dropFirst(head)
    guard Data(Self.digest(body).utf8) == file.dropFirst(Self.magic.count).prefix(Self.digestCount)
    else { throw .failure("its checksum is wrong") }
    let numbers = (0..<Self.numberCount).map { index in
      var number: Int64 = 0
      withUnsafeMutableBytes(of: &number) { bytes in
        _ = body.dropFirst(index * 8).prefix(8).copyBytes(to: bytes)
      }
      return Int(Int64(littleEndian: number))
    }
    let rest = body.dropFirst(Self.numberCount * 8)
    guard (0...rest.count).contains(numbers[5]) else { throw .failure("its lengths are wrong") }
    self.init(
      step: numbers[0], epoch: numbers[1],
      best: numbers[2] < 0 ? nil : (numbers[2], numbers[3]), points: numbers[4],
      maker: String(decoding: rest.prefix(numbers[5]), as: UTF8.self),
      state: Data(rest.dropFirst(numbers[5])))
  }

  private static func digest(_ body: Data) -> String {
    var digest = SHA256Digest()
    digest.update(body)
    return digest.hex()
  }
}
