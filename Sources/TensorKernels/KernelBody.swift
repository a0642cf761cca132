import CKernels
import Foundation
import Synchronization
public import Tracking

/// The kinds of processors that the kernels are compiled for, each beyond the one before it.
///
/// Bodies differ in the order of their sums and in fused products, so in the last bits; a run is
/// repeated bit for bit by the same body.
public enum KernelBody: String, CaseIterable, Codable, Sendable {
  /// Every processor: vectors of 16 bytes.
  case baseline
  /// Vectors of 32 bytes and fused products.
  case v3 = "x86-64-v3"
  /// Vectors of 64 bytes.
  case v4 = "x86-64-v4"

  /// The environment variable that names the body to run.
  public static let variable = "LABBOOK_KERNELS"

  /// Those that this processor can run, the least first.
  public static var available: [KernelBody] {
    allCases.filter { lb_kernels_float($0.place) != nil }
  }

  /// The body that the environment asks for, the greatest one where it asks for none.
  ///
  /// - Throws: where no body has that name, or the processor cannot run it.
  public static func chosen() throws(LabbookError) -> KernelBody {
    try chosen(ProcessInfo.processInfo.environment[variable], among: available)
  }

  /// The same for a word, on a processor that can run some bodies.
  package static func chosen(
    _ word: String?, among available: [KernelBody]
  ) throws(LabbookError) -> KernelBody {
    guard let word, !word.isEmpty else { return available.last ?? .baseline }
    let names = available.map(\.rawValue).joined(separator: ", ")
    guard let body = KernelBody(rawValue: word) else {
      throw .input(
        "\(variable) is '\(word)', which names no kernels",
        hint: "this processor runs \(names); without the variable the last of them")
    }
    guard available.contains(body) else {
      throw .input(
        "\(variable) is '\(word)', but this processor cannot run these kernels",
        hint: "it runs \(names); without the variable the last of them")
    }
    return body
  }

  /// What the kernels planned within a scope of a task are of; `nil` leaves it to the environment.
  @TaskLocal package static var pinned: KernelBody?

  /// The body whose kernels are planned from here on.
  public static var current: KernelBody { pinned ?? asked.withLock { $0 } ?? standard }

  private static let asked = Mutex<KernelBody?>(nil)

  /// Says for the whole process which kernels are planned from here on, whatever the environment says.
  ///
  /// - Throws: where the processor cannot run them.
  public static func use(_ body: KernelBody) throws(LabbookError) {
    guard available.contains(body) else {
      throw .input(
        "this processor cannot run the kernels \(body.rawValue)",
        hint: "it runs " + available.map(\.rawValue).joined(separator: ", "))
    }
    asked.withLock { $0 = body }
  }

  /// Read once; a wrong variable is told by whoever calls `chosen`.
  private static let standard = (try? chosen()) ?? available.last ?? .baseline

  /// The number CKernels knows it by.
  public var place: Int32 {
    switch self {
    case .baseline: 0
    case .v3: 1
    case .v4: 2
    }
  }

  /// The kernels in one precision; the processor must be able to run them.
  func table<Scalar: KernelScalar>(_ scalar: Scalar.Type) -> UnsafePointer<lb_kernels> {
    guard let table = Scalar.self == Float.self ? lb_kernels_float(place) : lb_kernels_double(place)
    else { preconditionFailure("this processor cannot run \(rawValue)") }
    return table
  }
}
